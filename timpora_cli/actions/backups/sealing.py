"""Backups that only the holder of a key can read, in the format of age (age-encryption.org).

They are sealed and opened in memory. Opening a cut file with the library's own function for files would leave clear
text behind.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from timpora_cli.errors import NotFound, Refused, WrongUsage
from timpora_cli.model.names import excerpt

HEAD = b"age-encryption.org/v1"
KEY = "AGE-SECRET-KEY-"

Seal = Callable[[bytes], bytes]


class NoEncryption(Refused):
    """Sealed backups need one more package. Install it with: pip install "timpora[encrypt]" """  # noqa: D210 as typed


class NotARecipient(WrongUsage):
    """--encrypt-to "{recipient}" is no recipient of age. It begins with age1, and age-keygen prints it."""


class NoIdentityFile(NotFound):
    """The file of the key, {path}, cannot be read: {reason}."""


class NotAnIdentity(WrongUsage):
    """{path} holds no key of age.
    Name the file that age-keygen has made; one of its lines begins with AGE-SECRET-KEY-.
    """


class WrongIdentity(Refused):
    """{file} cannot be opened with the key in {path}: it is sealed to another, or the file is damaged."""


class NoIdentity(WrongUsage):
    """{file} is sealed. Name the file of the key that opens it with --identity FILE."""


def sealing_to(recipients: list[str]) -> Seal:
    """Return what seals bytes so that each of these recipients can open them. Raises NoEncryption, NotARecipient."""
    age = _library()
    known = []
    for text in recipients:
        try:
            known.append(age.x25519.Recipient.from_str(text.strip()))
        except age.RecipientError as error:
            raise NotARecipient(recipient=excerpt(text)) from error
    return lambda plain: bytes(age.encrypt(plain, known))


def is_sealed(path: Path) -> bool:
    """Return whether a file is sealed, by what it begins with. Raises OSError as it is."""
    with path.open("rb") as stream:
        return stream.read(len(HEAD)) == HEAD


def unsealed(path: Path, identity: Path | None) -> bytes:
    """Return what is in a sealed file, opened with the key in the file `identity`.

    Raises NoIdentity, NoIdentityFile, NotAnIdentity, WrongIdentity, NoEncryption; OSError where `path` cannot be read.
    """
    if identity is None:
        raise NoIdentity(file=path)
    age = _library()
    keys = _keys(identity)
    try:
        return bytes(age.decrypt(path.read_bytes(), keys))
    except age.DecryptError as error:
        raise WrongIdentity(file=path, path=identity) from error


def _keys(path: Path) -> list[Any]:
    age = _library()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NoIdentityFile(path=path, reason=error.strerror or error) from error
    except UnicodeDecodeError:
        raise NotAnIdentity(path=path) from None
    try:
        keys = [age.x25519.Identity.from_str(line.strip()) for line in lines if line.strip().startswith(KEY)]
    except age.IdentityError:
        raise NotAnIdentity(path=path) from None
    if not keys:
        raise NotAnIdentity(path=path)
    return keys


def _library() -> Any:
    try:
        import pyrage
    except ImportError as error:
        raise NoEncryption from error
    return pyrage
