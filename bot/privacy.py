"""How are people and places kept unrecognisable?  Pseudonyms and sealed addresses, from root secrets."""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# What a person has a pseudonym for; and a place.
OPTOUT, COOLDOWN, OUTBOX = "optout", "cooldown", "outbox"
_OF_A_PERSON = (OPTOUT, COOLDOWN, OUTBOX)
NOTE_PLACE, PHRASES = "note", "phrases"
_OF_A_COMMUNITY = (NOTE_PLACE, PHRASES)


def _derive(secret: bytes, purpose: str) -> bytes:
    info = f"quietline/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)


class Pseudonyms:
    """Names that only this installation can work out, for people and places.

    The same person has an unrelated pseudonym for every `purpose`, so that tables cannot be joined. Each
    is BLAKE2b (RFC 7693) in keyed mode with 16 bytes of output, under a key derived by HKDF (RFC 5869).
    Keyed, because platform ids are few enough to try them all: about 10^10 take two hours on one core
    without a key.

    Of several secrets the first is the newest: what is written is named by it, the others find what was
    written before it was made.
    """

    def __init__(self, newest: bytes, *older: bytes) -> None:
        self._secrets = (newest, *older)
        self._keys: dict[tuple[bytes, str], bytes] = {}

    def key(self, purpose: str, platform: str, id: str, community: str | None = None) -> str:
        """Return the pseudonym of a person or place on a platform: 32 hex digits.

        With `community` it is theirs in that community alone: the 32 digits and 32 more. So a person's
        rows can be found, and erased, without knowing the communities they are in.
        """
        return next(self._each(purpose, platform, id, community))

    def keys(self, purpose: str, platform: str, id: str, community: str | None = None) -> tuple[str, ...]:
        """Return the pseudonym under each secret, the newest first, to look up what may be older."""
        return tuple(self._each(purpose, platform, id, community))

    def of_person(self, platform: str, id: str, *, keep_opt_out: bool) -> list[str]:
        """Return the pseudonyms by which a person is erased, with or without those for opting out."""
        purposes = (purpose for purpose in _OF_A_PERSON if not (keep_opt_out and purpose == OPTOUT))
        return [key for purpose in purposes for key in self.keys(purpose, platform, id)]

    def of_community(self, platform: str, id: str) -> list[str]:
        """Return the pseudonyms by which a community is erased."""
        return [key for purpose in _OF_A_COMMUNITY for key in self.keys(purpose, platform, id)]

    def _each(self, purpose: str, platform: str, id: str, community: str | None) -> Iterator[str]:
        for secret in self._secrets:
            whole = self._digest(secret, purpose, platform, id)
            inside = "" if community is None else self._digest(secret, purpose, platform, id, community)
            yield whole + inside

    def _digest(self, secret: bytes, purpose: str, *parts: str) -> str:
        key = self._keys.get((secret, purpose)) or self._keys.setdefault(
            (secret, purpose), _derive(secret, f"pseudonym/{purpose}")
        )
        # JSON, because joining with a separator would let two different lists of parts look the same.
        return hashlib.blake2b(json.dumps(parts).encode(), key=key, digest_size=16).hexdigest()


class Sealer:
    """Encrypts the addresses that must be used again later, with keys derived from the secrets.

    Fernet: AES-128-CBC with HMAC-SHA256. The newest secret comes first and the older ones
    after it: all of them open, the first one seals.
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
