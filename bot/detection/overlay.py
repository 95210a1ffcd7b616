"""Which phrases of a community's own stand in a message?

Small, made in about a millisecond, and apart from the packs: phrases count for the concepts they were
added to, in every language.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, islice

import re2  # type: ignore[import-untyped]

from bot.detection.automaton import build_automaton
from bot.detection.matcher import MOST_HITS, Hit
from bot.detection.terms import TermError, forms

# As in Discord's AutoMod, from where phrases may be pasted.
MOST_PHRASES = 1_000
LONGEST_REGEX = 260
_MEMORY = 1 << 20


class Overlay:
    """Finds phrases; `concepts` are their numbers by name. Raises TermError for a phrase that cannot be.

    A phrase is written like a term; between slashes it is a regular expression over the folded text,
    run by RE2, whose time grows with the text alone.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]], concepts: Mapping[str, int]) -> None:
        self._owners: list[tuple[int, str]] = []
        self._regexes: list[tuple[re2._Regexp, int, str]] = []
        patterns: list[str] = []
        for name, terms in phrases.items():
            for term in terms:
                if regex := _regex_of(term):
                    self._regexes.append((regex, concepts[name], term))
                    continue
                for form in forms(term, {}):
                    patterns.append(_pattern(" ".join(form)))
                    self._owners.append((concepts[name], term))
        self._automaton = build_automaton(patterns)

    def hits(self, words: Sequence[str]) -> tuple[Hit, ...]:
        """Return at most MOST_HITS hits in the words of a message."""
        text = f" {' '.join(words)} "
        found = [(*self._owners[pattern], start, end) for pattern, start, end in self._found(text)]
        for regex, concept, term in self._regexes:
            matches = islice(regex.finditer(text), MOST_HITS)
            found += [(concept, term, *match.span()) for match in matches if match[0].strip()]
        if not found:
            return ()
        ends = list(accumulate(1 + len(word) for word in words))
        return tuple(_in_words(found[:MOST_HITS], ends))

    def _found(self, text: str) -> list[tuple[int, int, int]]:
        return self._automaton.find_matches_as_indexes(text, overlapping=True)


def _pattern(form: str) -> str:
    """The characters to look for; word boundaries are in them, as spaces."""
    start, end = "" if form[0] == "*" else " ", "" if form[-1] == "*" else " "
    return f"{start}{form.strip('*')}{end}"


def _in_words(found: list[tuple[int, str, int, int]], ends: list[int]) -> Iterator[Hit]:
    """The hits with the words they stand in; a word ends in the text where `ends` says."""
    word = 0
    for concept, term, start, end in sorted(found, key=lambda hit: hit[2]):
        while word < len(ends) - 1 and ends[word] <= start:
            word += 1
        last = word
        while last < len(ends) - 1 and ends[last] < end - 1:
            last += 1
        yield Hit(concept, term, word, last)


def _regex_of(term: str) -> "re2._Regexp | None":
    if len(term) < 3 or term[0] != "/" or term[-1] != "/":
        return None
    if len(term) > LONGEST_REGEX:
        raise TermError(f'"{term[:20]}..." is longer than {LONGEST_REGEX} characters; shorten it')
    options = re2.Options()
    options.max_mem, options.log_errors, options.case_sensitive = _MEMORY, False, False
    try:
        return re2.compile(term[1:-1], options)
    except UnicodeEncodeError:
        raise TermError(f"{term!a} holds half a character; write it anew") from None
    except re2.error as fault:
        raise TermError(f'"{term}" is no regular expression of RE2: {_plain(fault)}; correct it') from None


def _plain(fault: Exception) -> str:
    said = fault.args[0] if fault.args else "it cannot be read"
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
