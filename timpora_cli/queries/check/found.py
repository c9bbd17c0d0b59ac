"""What is found: one record of it, with the digest of its facts, and what an officer has accepted before."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from timpora_cli.model.log import Concern

ACCEPTED = "SELECT key, facts, reason FROM accepted_finding"

Facts = Iterable[str | int | None]


class Who(NamedTuple):
    """The resident whom a finding is about, if it is about one."""

    id: int | None = None
    name: str | None = None

    def __repr__(self) -> str:
        return f"<Who {self.id}>"


NOBODY = Who()


class Accepted:
    """The findings that were accepted, by key, each with the facts of then and the reason."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._known: Mapping[str, tuple[str, str]] = {
            key: (facts, reason) for key, facts, reason in connection.execute(ACCEPTED)
        }

    def concern(self, kind: str, about: tuple[int, ...], who: Who, what: str, mend: str, *, facts: Facts) -> Concern:
        """Return a finding, with the reason where it was accepted with these very facts."""
        digest = hashlib.sha256(json.dumps([kind, *about, *facts], ensure_ascii=False).encode()).hexdigest()
        found = Concern(kind, about, who.id, who.name, what, mend, digest)
        then, reason = self._known.get(found.key, (None, None))
        return found if then != digest else Concern(kind, about, who.id, who.name, what, mend, digest, reason)
