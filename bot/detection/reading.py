"""What do rules see of a text?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.detection.fold import spans
from bot.detection.lexicon import UNKNOWN
from bot.detection.matcher import Hit, Match
from bot.detection.restore import Restored

# Between two messages: no term reaches across, and a rule's window is a little shorter.
_GAP = UNKNOWN * 8


class Seen(NamedTuple):
    """One character a word, the places of those worth a closer look, hits of a community's own phrases.

    The character is the same for all words of no pack: whoever holds it does not hold what was written.
    """

    symbols: str
    suspects: tuple[int, ...] = ()
    own: tuple[Hit, ...] = ()

    def after(self, earlier: "Sequence[Seen]") -> "Seen":
        """Return this as the last of several messages by one person."""
        symbols = ""
        suspects: list[int] = []
        own: list[Hit] = []
        for seen in (*earlier, self):
            before = len(symbols)
            suspects += [before + at for at in seen.suspects]
            own += [replace(hit, first=hit.first + before, last=hit.last + before) for hit in seen.own]
            symbols += seen.symbols + _GAP
        return Seen(symbols[: -len(_GAP)], tuple(suspects), tuple(own))


class Passage(NamedTuple):
    """The symbols of a message, UNKNOWN where no uncommon term is near.

    `rare` are those terms, `rare_concepts` by language their concepts as a bitset, `own` as in Seen. `whole`
    has all symbols, as far as they are known.
    """

    symbols: str
    rare: Sequence[Match]
    rare_concepts: Mapping[int, int]
    own: tuple[Hit, ...]
    whole: str

    def stretches(self, reach: int) -> Iterator[tuple[str, Sequence[Match]]]:
        """Yield the symbols up to `reach` words around neighbouring uncommon terms, with those terms."""
        if len(self.symbols) <= reach or self.own:
            yield self.symbols, self.rare
            return
        done = -1
        for _, first, _ in sorted(self.rare, key=lambda match: match[1]):
            if first > done:
                done = first + reach
                start, end = max(first - reach, 0), done + reach
                yield self.symbols[start:end], [match for match in self.rare if start <= match[1] < end]


class Reading(NamedTuple):
    """A text as it was read; what was written is not in its `repr`."""

    seen: Seen
    text: str
    restored: Restored | None

    def __repr__(self) -> str:
        return f"Reading({len(self.seen.symbols)} words)"

    def places(self) -> list[tuple[int, int]]:
        """Return where every word begins and ends in the text."""
        if self.restored is None:
            return spans(self.text)
        origins = self.restored.origins()
        return [(origins[start], origins[end - 1] + 1) for start, end in spans(self.restored.text)]
