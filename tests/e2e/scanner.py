"""Does anything of anybody stand in what was left, in whatever encoding?"""

import itertools
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from ahocorasick_rs import BytesAhoCorasick

_LEAST = 10**9  # a smaller number may stand anywhere by chance
_ALPHABET = "бгджзлфцшщ"


def _base64(raw: bytes) -> Iterator[bytes]:
    """However many bytes stand before it; without the ends that its neighbours decide."""
    for before in range(3):
        coded = b64encode(bytes(before) + raw)
        whole = coded[(0, 2, 3)[before] : len(coded) // 4 * 4 - (4 if (before + len(raw)) % 3 else 0)]
        yield whole
        yield whole.replace(b"+", b"-").replace(b"/", b"_")


def forms_of_text(text: str) -> Iterator[bytes]:
    """Every way in which a program may have written a text down."""
    raw = text.encode()
    escaped = json.dumps(text)[1:-1]
    yield raw
    yield from (text.encode(code) for code in ("utf-16-le", "utf-16-be", "utf-32-le"))
    yield from (escaped.encode(), json.dumps(escaped)[1:-1].encode(), repr(raw)[2:-1].encode())
    yield from (quote(text, safe="").encode(), quote(text, safe="").lower().encode())
    yield from (raw.hex().encode(), raw.hex().upper().encode())
    yield from _base64(raw)


def forms_of_number(number: int) -> Iterator[bytes]:
    """As text, in hex digits, and as databases pack it (SQLite: 6 or 8 bytes, the high ones first)."""
    yield from forms_of_text(str(abs(number)))
    yield from (f"{abs(number):x}".encode(), f"{abs(number):X}".encode())
    yield from (number.to_bytes(8, order, signed=True) for order in ("big", "little"))
    if abs(number) < 1 << 47:
        yield number.to_bytes(6, "big", signed=True)


@dataclass
class Markers:
    """What was planted: `texts` in messages and names, `numbers` of people and places.

    `words` are too short to be looked for in every encoding. Half of each text is plain, so that it outlives
    folding; half is not, so that escaping changes it.
    """

    texts: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    _count: Iterator[int] = field(default_factory=itertools.count)

    def text(self) -> str:
        """Make one that stands nowhere else."""
        number = f"{next(self._count):04}"
        plain, other = f"zq{number}qz", "".join(_ALPHABET[int(digit)] for digit in number) + "ъыщ"
        self.texts |= {plain, other}
        return f"{plain} {other}"

    def number(self, *numbers: int) -> None:
        """These may stand nowhere."""
        self.numbers |= {number for number in numbers if abs(number) >= _LEAST}

    def found_in(self, left: Mapping[str, bytes]) -> list[str]:
        """Tell what stands where."""
        needles = {word.encode(): word for word in self.words}
        needles |= {form: text for text in self.texts for form in forms_of_text(text)}
        needles |= {form: str(number) for number in self.numbers for form in forms_of_number(number)}
        forms = list(needles)
        search = BytesAhoCorasick(forms)
        return [
            f"{name} holds {needles[forms[which]]}: {forms[which]!r}"
            for name, content in left.items()
            for which in sorted({match[0] for match in search.find_matches_as_indexes(content)})
        ]


def joined(parts: Iterable[str | bytes]) -> bytes:
    """Put texts together to be looked through."""
    return b"\n".join(part.encode() if isinstance(part, str) else part for part in parts)
