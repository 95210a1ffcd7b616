"""What do rules see of a text?"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.detection.fold import spans
from bot.detection.lexicon import UNKNOWN
from bot.detection.matcher import Hit
from bot.detection.restore import Restored

# Between two messages: no term reaches across, and a rule's window is a little shorter.
_GAP = UNKNOWN * 8


class Seen(NamedTuple):
    """One character a word, the same for all words of no pack, and the hits of a community's own phrases.

    Whoever holds it does not hold what was written.
    """

    symbols: str
    own: tuple[Hit, ...] = ()

    def after(self, earlier: "Sequence[Seen]") -> "Seen":
        """Return this as the last of several messages by one person."""
        symbols, own = "", []
        for seen in (*earlier, self):
            own += [
                replace(hit, first=hit.first + len(symbols), last=hit.last + len(symbols)) for hit in seen.own
            ]
            symbols += seen.symbols + _GAP
        return Seen(symbols[: -len(_GAP)], tuple(own))


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
