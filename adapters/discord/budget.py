"""With how many people may the bot begin a conversation unasked?"""

from collections import OrderedDict

from aiolimiter import AsyncLimiter

from adapters.discord.config import Section

_REMEMBERED = 10_000


class Budget:
    """Discord quarantines apps that begin many in a short time, over all servers together.

    It documents no number; reports begin at a few dozen. Whoever was written to costs nothing the next time.
    """

    def __init__(self, section: Section) -> None:
        limits = (
            (section.unasked_per_minute, 60.0),
            (section.unasked_per_hour, 3600.0),
            (section.unasked_per_day, 86400.0),
        )
        self._limits = [AsyncLimiter(many, seconds) for many, seconds in limits if many]
        self._none = not all(many for many, _ in limits)
        self._people: OrderedDict[str, None] = OrderedDict()

    async def allows(self, person: str) -> bool:
        """Tell whether they may be written to now, and count them if so."""
        if person in self._people:
            self._people.move_to_end(person)
            return True
        if self._none or not all(limit.has_capacity() for limit in self._limits):
            return False
        for limit in self._limits:
            await limit.acquire()
        self._people[person] = None
        if len(self._people) > _REMEMBERED:
            self._people.popitem(last=False)
        return True
