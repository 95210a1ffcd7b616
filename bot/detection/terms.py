"""How is a term of a pack written, and what does it match?

As in Discord's AutoMod, `cat` is a whole word, `cat*` its beginning, `*cat` its end and `*cat*` any
part. A phrase is words in a row. Braces stand for a choice and are written out when the pack is
compiled: `{his,her} pics`, `my {,private} pics`; `{media}` is every word of the pack's list `media`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from bot.detection.fold import plain

# One term may not grow without end: a slip in the lists would eat the memory.
MOST_FORMS = 5_000

_BRACES = re.compile(r"\{([^{}]*)\}")
# As a part of a word, two letters would match one message in three.
_SHORTEST_OPEN = 3

Lists = Mapping[str, Sequence[str]]


class TermError(ValueError):
    """A term that cannot be compiled; says what to mend."""


@dataclass(frozen=True, slots=True)
class Form:
    """One written-out form of a term: folded words, and whether it is open at either end."""

    words: str
    open_start: bool
    open_end: bool

    def __str__(self) -> str:
        return f"{'*' if self.open_start else ''}{self.words}{'*' if self.open_end else ''}"

    @property
    def pattern(self) -> bytes:
        """The bytes to look for in a folded text; the word boundaries are in it, as spaces."""
        return f"{'' if self.open_start else ' '}{self.words}{'' if self.open_end else ' '}".encode()


def forms(term: str, lists: Lists) -> Iterator[Form]:
    """Yield every written-out form of the term; raises TermError at the first that cannot be."""
    parts = list(_parts(term, lists))
    if prod(map(len, parts)) > MOST_FORMS:
        raise TermError(f'"{term}" stands for more than {MOST_FORMS:,} forms; split it or shorten its lists')
    for choice in product(*parts):
        yield _form(term, "".join(choice))


def _parts(term: str, lists: Lists) -> Iterator[list[str]]:
    """The term cut at its braces: what stands between, and the choices, all folded but for stars."""
    for number, part in enumerate(_BRACES.split(term)):
        if number % 2 == 0 and ("{" in part or "}" in part):
            raise TermError(f'"{term}" has a brace without its partner, or one brace in another')
        choices = _choices(part, lists) if number % 2 else [part]
        yield ["*".join(map(plain, choice.split("*"))) for choice in choices]


def _choices(inside: str, lists: Lists) -> Sequence[str]:
    if "," in inside:
        return [choice.strip() for choice in inside.split(",")]
    if inside.strip() not in lists:
        raise TermError(f'"{{{inside}}}" names no list of this pack; write a choice as {{this,that}}')
    return lists[inside.strip()]


def _form(term: str, form: str) -> Form:
    open_start, open_end = form.startswith("*"), form.endswith("*")
    inner = form.strip("*")
    words = " ".join(inner.split())
    if "*" in inner:
        raise TermError(
            f'"{term}" has a star inside; a star stands only at the ends, use braces for a choice'
        )
    if not words:
        raise TermError(f'"{term}" has no letter or digit to look for')
    if (open_start or open_end) and len(words) < _SHORTEST_OPEN:
        raise TermError(
            f'"{term}" would match too many words; write at least {_SHORTEST_OPEN} letters beside a star'
        )
    return Form(words, open_start, open_end)
