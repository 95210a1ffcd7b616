"""Do so many different people set off triggers in a community that it is no cry for help any more?"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

MOST_COMMUNITIES = 5_000


class Standing(Enum):
    """How a community stands."""

    CALM = auto()
    BEGINS = auto()  # with this trigger a raid begins; told once
    RAIDED = auto()


@dataclass(slots=True)
class _Lately:
    writers: OrderedDict[str, datetime] = field(default_factory=OrderedDict)
    shadow_until: datetime | None = None


class Raids:
    """Counts the different people whose messages set off triggers, by community.

    More than `writers` of them `within` that time are a raid. It lasts for `lasting`, and on from each
    trigger that finds so many again.
    """

    def __init__(self, writers: int, within: timedelta, lasting: timedelta) -> None:
        self._writers = writers
        self._within = within
        self._lasting = lasting
        self._lately: OrderedDict[str, _Lately] = OrderedDict()

    def add(self, community: str, writer: str, now: datetime) -> Standing:
        """Count a trigger and say how the community stands after it."""
        lately = self._lately.setdefault(community, _Lately())
        self._lately.move_to_end(community)
        if len(self._lately) > MOST_COMMUNITIES:
            self._lately.popitem(last=False)
        lately.writers.pop(writer, None)
        lately.writers[writer] = now
        if len(lately.writers) > self._writers + 1:
            lately.writers.popitem(last=False)
        was_on = lately.shadow_until is not None and now < lately.shadow_until
        if sum(now - at < self._within for at in lately.writers.values()) > self._writers:
            lately.shadow_until = now + self._lasting
            return Standing.RAIDED if was_on else Standing.BEGINS
        return Standing.RAIDED if was_on else Standing.CALM

    def sweep(self, now: datetime) -> None:
        """Drop what says nothing any more."""
        for community, lately in list(self._lately.items()):
            for writer, at in list(lately.writers.items()):
                if now - at >= self._within:
                    del lately.writers[writer]
            if not lately.writers and (lately.shadow_until is None or now >= lately.shadow_until):
                del self._lately[community]
