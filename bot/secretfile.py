"""Where is the root secret, and how does a new one take its place?

`secret_file` holds a secret a line, the newest first: 64 hex digits, and maybe the day it was made. What is
written anew is written under the newest; the others find what was written before.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TextIO

from bot.errors import ConfigError

SECRET_BYTES = 32
DRAFT = ".new"  # appended to the name while a rotation is under way
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Secret:
    """A root secret, and the day it was made if that is known."""

    value: bytes = field(repr=False)
    made: date | None = None


def load_secrets(path: Path) -> tuple[bytes, ...]:
    """Return the secrets in `path`, the newest first; on the first run make the file, readable by us alone.

    A file that is there is never written to. Raises ConfigError when it cannot be read, made or understood.
    """
    with _told(path):
        if not path.exists():
            _create(path)
    return tuple(secret.value for secret in read_secrets(path))


def read_secrets(path: Path) -> tuple[Secret, ...]:
    """Return the secrets in `path`, the newest first. Raises ConfigError, also when it is not there."""
    try:
        with _told(path):
            lines = path.read_text(encoding="ascii").splitlines()
    except UnicodeDecodeError:
        raise _damaged(f"{path} is not text") from None
    filled = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not filled:
        raise _damaged(f"{path} is empty")
    alone = len(filled) == 1
    return tuple(_parse(line, f"{path}" if alone else f"{path}: line {number}") for number, line in filled)


def is_private(path: Path) -> bool:
    """Tell whether nobody but its owner can read or change the file. True where files have no modes."""
    return os.name == "nt" or not path.stat().st_mode & 0o077


def rotate(path: Path, today: date) -> int:
    """Put a new secret before those in `path`; return how many there are now. Raises ConfigError.

    Whenever it is broken off, the file is whole and holds every old secret.
    """
    return _change(path, lambda held: (Secret(secrets.token_bytes(SECRET_BYTES), today), *held))


def drop_oldest(path: Path) -> int:
    """Take the oldest secret out of `path`, never the last; return how many stay. Raises ConfigError."""

    def without_last(held: Sequence[Secret]) -> Sequence[Secret]:
        if len(held) == 1:
            raise only_one(path)
        return held[:-1]

    return _change(path, without_last)


def only_one(path: Path) -> ConfigError:
    """Make the refusal to drop the last secret."""
    return ConfigError(f"secret_file: {path} holds one secret, and it is in use; make a new one first")


def _create(path: Path) -> None:
    # Written aside and then linked: nobody ever reads half a secret, and of two first runs one wins,
    # because a link, unlike a rename, never replaces a file.
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            _write(file, [Secret(secrets.token_bytes(SECRET_BYTES))])
        _put(Path(draft), path)
    finally:
        Path(draft).unlink(missing_ok=True)


def _put(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links, such as exFAT; there two first runs must not be at once
        if not path.exists():
            draft.rename(path)


def _change(named: Path, change: Callable[[Sequence[Secret]], Sequence[Secret]]) -> int:
    path = named.resolve()  # what a symbolic link leads to, not the link
    draft = path.with_name(path.name + DRAFT)
    with _told(named):
        before = path.stat()
        try:
            # It is the lock as well: of two rotations at once one would lose the other's secret.
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise ConfigError(
                f"secret_file: {draft} is there: another rotate-key is at work; "
                "if not, one was killed, and you can delete that file"
            ) from None
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                # Typed by root, the bot's user must still be able to read it.
                if hasattr(os, "fchown") and before.st_uid != os.geteuid():
                    os.fchown(descriptor, before.st_uid, before.st_gid)
                kept = change(read_secrets(named))
                _write(file, kept)
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    return len(kept)


def _write(file: TextIO, kept: Sequence[Secret]) -> None:
    file.writelines(f"{one.value.hex()} {one.made or ''}".rstrip() + "\n" for one in kept)
    file.flush()
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _parse(line: str, where: str) -> Secret:
    digits, *rest = line.split()
    try:
        value = bytes.fromhex(digits)
    except ValueError:
        raise _damaged(f"{where} is not written in hex digits") from None
    if len(value) != SECRET_BYTES:
        raise _damaged(f"{where} holds {len(value)} bytes instead of {SECRET_BYTES}")
    return Secret(value, _day(rest, where))


def _day(rest: Sequence[str], where: str) -> date | None:
    if not rest:
        return None
    with suppress(ValueError):
        if len(rest) == 1 and _DAY.fullmatch(rest[0]):
            return date.fromisoformat(rest[0])
    raise _damaged(f"{where} has more after the secret than a day such as 2026-11-25")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConfigError(
            f"secret_file: {path}: {error.strerror}; let the bot's user read it and write to its folder, "
            "or name another file"
        ) from None


def _damaged(what: str) -> ConfigError:
    return ConfigError(
        f"secret_file: {what}; restore it from your backup, or delete it to start anew "
        "(the bot then forgets who has opted out)"
    )
