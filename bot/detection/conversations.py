"""What did the same person say a moment ago?

People tell a thing over two or three lines. What rules see of them, and no text, is held in memory for
a minute and written nowhere.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.detection.reading import Seen

LASTING = timedelta(seconds=60)
MOST_PEOPLE = 5_000
MOST_MESSAGES = 4
# Who tells a thing in several lines writes short ones; a longer message is a story of its own.
MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class _Line:
    key: Hashable
    at: datetime
    seen: Seen


class Conversations:
    """The last lines of people, by whatever names a person in a place."""

    def __init__(self) -> None:
        self._lines: OrderedDict[Hashable, tuple[_Line, ...]] = OrderedDict()

    def add(self, who: Hashable, message: Hashable, seen: Seen, at: datetime) -> Sequence[Seen]:
        """Hold what was seen in a message, or in its newest edit; return what was seen before it."""
        earlier = tuple(
            line
            for line in self._lines.pop(who, ())
            if line.key != message and timedelta() <= at - line.at <= LASTING
        )
        lines = earlier
        if len(seen.symbols) <= MOST_WORDS:
            lines = (*earlier, _Line(message, at, seen))[-MOST_MESSAGES:]
        if lines:
            self._lines[who] = lines
        while len(self._lines) > MOST_PEOPLE:
            self._lines.popitem(last=False)
        return [line.seen for line in earlier]

    def forget(self, who: Hashable) -> None:
        """Hold nothing of this person any more."""
        self._lines.pop(who, None)

    def forget_all(self, whose: Callable[[Hashable], bool]) -> None:
        """Hold nothing of whoever has such a name any more."""
        for who in [who for who in self._lines if whose(who)]:
            del self._lines[who]

    def sweep(self, now: datetime) -> None:
        """Drop what is too old."""
        for who, lines in list(self._lines.items()):
            if now - lines[-1].at > LASTING:
                del self._lines[who]
