"""How is a term of a pack written, and what does it match?

As in Discord's AutoMod, `cat` is a whole word, `cat*` its beginning, `*cat` its end and `*cat*` any
part; in a phrase every word may have its star. A phrase is words in a row. Braces stand for a choice:
`{his,her} pics`, `my {,private} pics`; `{media}` is every word of the pack's list `media`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import TypeAlias

from bot.detection.fold import words as words_of

# One term may not grow without end: a slip in the lists would eat the memory.
MOST_FORMS = 20_000

_BRACES = re.compile(r"\{([^{}]*)\}")
_SEGMENT = re.compile(r"(?:\{[^{}]*\}|[^\s{}])+")
# As a part of a word, two letters would match one message in three.
SHORTEST_OPEN = 3

Lists = Mapping[str, Sequence[str]]
# Folded words in a row, those with open ends with their stars.
Words: TypeAlias = tuple[str, ...]
# What may stand in one place of a term.
Choice: TypeAlias = frozenset[Words]


class TermError(ValueError):
    """A term that cannot be compiled; says what to mend."""


def choices(term: str, lists: Lists, known: dict[str, Choice] | None = None) -> tuple[Choice, ...]:
    """Return what may stand in each place of the term; raises TermError when it cannot be compiled.

    `known` remembers, for the same lists, what a place says, as many terms have places in common.
    """
    if _SEGMENT.sub("", term).strip():
        raise TermError(f'"{term}" has a brace without its partner, or one brace in another')
    known = {} if known is None else known
    segments = _SEGMENT.findall(term)
    for segment in segments:
        if segment not in known:
            known[segment] = frozenset(_written_out(term, segment, lists))
    found = tuple(known[segment] for segment in segments)
    if prod(map(len, found)) > MOST_FORMS:
        raise _too_many(term)
    if all(() in choice for choice in found):
        raise TermError(f'"{term}" has no letter or digit to look for')
    return found


def forget() -> None:
    """Let go of what is remembered of the terms so far; worth it after thousands."""
    _folded.cache_clear()


def forms(term: str, lists: Lists) -> Iterator[Words]:
    """Yield every written-out form of the term; raises TermError when it cannot be compiled."""
    for form in product(*map(sorted, choices(term, lists))):
        if any(form):
            yield tuple(word for words in form for word in words)


def _written_out(term: str, segment: str, lists: Lists) -> Iterator[Words]:
    parts = [
        _inside(term, part, lists) if number % 2 else [part]
        for number, part in enumerate(_BRACES.split(segment))
    ]
    if prod(map(len, parts)) > MOST_FORMS:
        raise _too_many(term)
    for choice in product(*parts):
        words, fault = _folded("".join(choice))
        if fault:
            raise TermError(f'"{term}" {fault}')
        yield words


def _inside(term: str, inside: str, lists: Lists) -> Sequence[str]:
    """The choices between two braces."""
    named = [inside] if "," not in inside else []
    found = [choice.strip() for choice in inside.split(",")] if not named else lists.get(inside.strip(), [])
    if not found:
        raise TermError(f'"{term}" names no list "{inside}" of this pack; write a choice as {{this,that}}')
    return found


@lru_cache(maxsize=1 << 14)  # lists stand in many terms
def _folded(text: str) -> tuple[Words, str]:
    """The words of a form, folded, and what is wrong with it."""
    if "*" not in text:  # nearly all
        return tuple(words_of(text)), ""
    found: list[str] = []
    for word in text.split():
        start, end = "*" * word.startswith("*"), "*" * word.endswith("*")
        inner = word.strip("*")
        if "*" in inner:
            return (), "has a star inside a word; a star stands only at its ends, use braces for a choice"
        folded = words_of(inner)
        if folded and (start or end) and len("".join(folded)) < SHORTEST_OPEN:
            return (), f"would match too many words; write at least {SHORTEST_OPEN} letters beside a star"
        if folded:
            folded[0] = start + folded[0]
            folded[-1] += end
        found += folded
    return tuple(found), ""


def _too_many(term: str) -> TermError:
    return TermError(f'"{term}" stands for more than {MOST_FORMS:,} forms; split it or shorten its lists')
