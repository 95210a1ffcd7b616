"""What do the packs see in a text?"""

from dataclasses import dataclass, field

from bot.detection.fold import spans
from bot.detection.restore import Restored


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as `symbols`, one character a word; words of no pack all have the same, so that whoever
    holds the symbols does not hold what was written."""

    symbols: str
    text: str = field(repr=False)
    restored: Restored | None = field(default=None, repr=False)

    def places(self) -> list[tuple[int, int]]:
        """Return where every word begins and ends in the text."""
        if self.restored is None:
            return spans(self.text)
        origins = self.restored.origins
        return [(origins[start], origins[end - 1] + 1) for start, end in spans(self.restored.text)]
