"""With how many people may the bot begin a conversation unasked?"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b

import structlog

from adapters.discord.config import Section
from adapters.discord.window import Window
from bot.model import Outcome, Receipt

log = structlog.get_logger()

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
_REMEMBERED = 10_000


class Budget:
    """Discord quarantines apps that begin many in a short time, over all servers together.

    It documents no number; reports begin at a few dozen. Whoever was written to costs nothing the next time.
    `clock` gives seconds that only grow.
    """

    def __init__(self, section: Section, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._minute = Window(section.unasked_per_minute, MINUTE)
        self._hour = Window(section.unasked_per_hour, HOUR)
        self._day = Window(section.unasked_per_day, DAY)
        self._none = not (section.unasked_per_minute and section.unasked_per_hour and section.unasked_per_day)
        # Not their numbers: no list of people is to lie in memory. The key goes with the process.
        self._key = secrets.token_bytes(16)
        self._people: OrderedDict[bytes, None] = OrderedDict()
        self._refused = 0

    def refusal(self, person: str) -> Receipt | None:
        """Why they may not be written to now; None when they may, which counts.

        THROTTLED when waiting a minute at most is enough, else UNREACHABLE.
        """
        now, who = self._clock(), self._code(person)
        if who in self._people:
            self._people.move_to_end(who)
            return None
        if self._none or self._hour.wait(now) or self._day.wait(now):
            self._refused += 1
            return Receipt(Outcome.UNREACHABLE)
        if wait := self._minute.wait(now):
            self._refused += 1
            return Receipt(Outcome.THROTTLED, timedelta(seconds=wait))
        for window in (self._minute, self._hour, self._day):
            window.add(now)
        self._people[who] = None
        if len(self._people) > _REMEMBERED:
            self._people.popitem(last=False)
        return None

    def _code(self, person: str) -> bytes:
        return blake2b(person.encode(), key=self._key, digest_size=16).digest()

    def report(self) -> None:
        """Log the sums, if there are any.

        Not to be called when somebody is written to: the line's time would tell of that person.
        """
        now = self._clock()
        begun, refused = self._day.count(now), self._refused
        if begun or refused:
            log.info(
                "discord_begun_unasked", last_hour=self._hour.count(now), last_day=begun, refused=refused
            )
        self._refused = 0
