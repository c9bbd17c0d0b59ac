"""What a change answers besides what it did: facts that it accepted, and that an officer should know of."""

from typing import NamedTuple


class Notice(NamedTuple):
    """One fact that was accepted and is said: its kind (a code), and the sentence, in the language in force."""

    kind: str
    text: str


class Done(NamedTuple):
    """What a change did: its number in the log, None where nothing was changed; whose it is, and of which permit."""

    change: int | None
    resident_id: int
    name: str
    permit_id: int | None = None
    notices: tuple[Notice, ...] = ()

    def __repr__(self) -> str:
        return f"<Done of resident {self.resident_id}>"
