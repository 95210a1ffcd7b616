"""How are people and places kept unrecognisable?  Pseudonyms and sealed addresses, from one secret."""

import base64
import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import ConfigError

SECRET_BYTES = 32
# What a person has a pseudonym for; and a place.
OPTOUT, COOLDOWN, OUTBOX = "optout", "cooldown", "outbox"
_OF_A_PERSON = (OPTOUT, COOLDOWN, OUTBOX)
NOTE_PLACE = "note"


def load_secret(path: Path) -> bytes:
    """Return the 32 bytes in `path` (64 hex digits); on the first run make the file, readable by us alone.

    A file that is there is never written to. Raises ConfigError when it cannot be read, made or understood.
    """
    try:
        if not path.exists():
            _create(path)
        text = path.read_text(encoding="ascii")
    except UnicodeDecodeError:
        raise _damaged(path, "is not text") from None
    except OSError as error:
        raise ConfigError(
            f"secret_file: {path}: {error.strerror}; let the bot's user read it and write to its folder, "
            "or name another file"
        ) from None
    return _parse(path, text.strip())


def _create(path: Path) -> None:
    # Written aside and then linked: nobody ever reads half a secret, and of two first runs one wins,
    # because a link, unlike a rename, never replaces a file.
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SECRET_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
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


def _parse(path: Path, text: str) -> bytes:
    if not text:
        raise _damaged(path, "is empty")
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        raise _damaged(path, "is not written in hex digits") from None
    if len(secret) != SECRET_BYTES:
        raise _damaged(path, f"holds {len(secret)} bytes instead of {SECRET_BYTES}")
    return secret


def _damaged(path: Path, what: str) -> ConfigError:
    return ConfigError(
        f"secret_file: {path} {what}; restore it from your backup, or delete it to start anew "
        "(the bot then forgets who has opted out)"
    )


def _derive(secret: bytes, purpose: str) -> bytes:
    info = f"quietline/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)


class Pseudonyms:
    """Names that only this installation can work out, for people and places.

    The same person has an unrelated pseudonym for every `purpose`, so that tables cannot be joined. Each
    is BLAKE2b (RFC 7693) in keyed mode with 16 bytes of output, under a key derived by HKDF (RFC 5869).
    Keyed, because platform ids are few enough to try them all: about 10^10 take two hours on one core
    without a key.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._keys: dict[str, bytes] = {}

    def key(self, purpose: str, platform: str, id: str, community: str | None = None) -> str:
        """Return the pseudonym of a person or place on a platform: 32 hex digits.

        With `community` it is theirs in that community alone: the 32 digits and 32 more. So a person's
        rows can be found, and erased, without knowing the communities they are in.
        """
        whole = self._digest(purpose, platform, id)
        return whole if community is None else whole + self._digest(purpose, platform, id, community)

    def of_person(self, platform: str, id: str, *, keep_opt_out: bool) -> list[str]:
        """Return the pseudonyms by which a person is erased, with or without the one for opting out."""
        purposes = (purpose for purpose in _OF_A_PERSON if not (keep_opt_out and purpose == OPTOUT))
        return [self.key(purpose, platform, id) for purpose in purposes]

    def _digest(self, purpose: str, *parts: str) -> str:
        key = self._keys.get(purpose) or self._keys.setdefault(
            purpose, _derive(self._secret, f"pseudonym/{purpose}")
        )
        # JSON, because joining with a separator would let two different lists of parts look the same.
        return hashlib.blake2b(json.dumps(parts).encode(), key=key, digest_size=16).hexdigest()


class Sealer:
    """Encrypts the addresses that must be used again later, with keys derived from the secret.

    Fernet: AES-128-CBC with HMAC-SHA256. After a change of the secret, give the new one first and the
    old ones after it: all of them open, the first one seals.
    """

    def __init__(self, *secrets: bytes) -> None:
        keys = [base64.urlsafe_b64encode(_derive(secret, "seal")) for secret in secrets]
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, address: Sequence[str]) -> bytes:
        """Encrypt an address; two calls never give the same bytes."""
        return self._fernet.encrypt(json.dumps(list(address)).encode())

    def open(self, sealed: bytes) -> tuple[str, ...] | None:
        """Decrypt; None when it was sealed under a secret we do not have, or was changed since."""
        try:
            return tuple(json.loads(self._fernet.decrypt(sealed)))
        except InvalidToken:
            return None
