"""Does somebody press or type faster than anybody reads?"""

from datetime import datetime, timedelta

from bot.guard.windows import Windows
from bot.model import Person
from bot.privacy import Pseudonyms

TIME = timedelta(seconds=10)
MOST_PEOPLE = 10_000


class Floods:
    """Tells those who ask from those who flood, by person.

    `most` tries within ten seconds are heard. Those that are not heard count too, so that a flood ends
    when it ends, and whoever tries more slowly than that is always heard.
    """

    def __init__(self, pseudonyms: Pseudonyms, most: int) -> None:
        self._pseudonyms = pseudonyms
        self._tries = Windows(most, TIME, MOST_PEOPLE)

    def hears(self, person: Person, now: datetime) -> bool:
        """Count a try and tell whether it is to be heard."""
        key = self._pseudonyms.key("floods", person.platform, person.id)
        flooded = self._tries.is_full(key, now)
        self._tries.add(key, now)
        return not flooded

    def sweep(self, now: datetime) -> None:
        """Drop what is too old."""
        self._tries.sweep(now)
