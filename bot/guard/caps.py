"""Has this person, their community or the whole platform been offered help too often?"""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.config import Raid
from bot.guard.raids import Raids, Standing
from bot.guard.windows import Windows
from bot.model import Origin, Person, Place
from bot.policy import Reason
from bot.privacy import Pseudonyms

DAY = timedelta(hours=24)
# Their cool-down is for each community; whoever cries in three in a day has the help in their inbox.
PER_PERSON = 3
# The busiest server sees a few a week. Raiders who take their time must not use up what a platform lets
# the bot begin in a day: Discord's 500 are a dozen such communities.
PER_RAID = 4  # times the writers of a raid in 24 hours: 40 by default
# 100,000 communities are reckoned to see one or two a second at their busiest.
OVERALL, OVERALL_TIME = 1_000, timedelta(minutes=10)
MOST_PEOPLE, MOST_COMMUNITIES = 20_000, 5_000
_ALL = ""


class Caps:
    """What speaks against an offer that somebody's message asks for, on one platform.

    `raided` is called with the place when a raid begins there.
    """

    def __init__(self, pseudonyms: Pseudonyms, raid: Raid, raided: Callable[[Place], None]) -> None:
        self._pseudonyms = pseudonyms
        self._raided = raided
        within, lasting = timedelta(minutes=raid.minutes), timedelta(minutes=raid.shadow_minutes)
        self._raids = Raids(raid.writers, within, lasting)
        self._people = Windows(PER_PERSON, DAY, MOST_PEOPLE)
        self._communities = Windows(PER_RAID * raid.writers, DAY, MOST_COMMUNITIES)
        self._overall = Windows(OVERALL, OVERALL_TIME, 1)

    def refusal(self, origin: Origin, now: datetime) -> Reason | None:
        """Say what speaks against it; if nothing does, it counts until it is taken back."""
        person, community = self._keys(origin)
        standing = self._raids.add(community, person, now)
        if standing is Standing.BEGINS:
            self._raided(origin.place)
        if standing is not Standing.CALM:
            return Reason.RAID
        counted = ((self._people, person), (self._communities, community), (self._overall, _ALL))
        if any(windows.is_full(key, now) for windows, key in counted):
            return Reason.CAPPED
        for windows, key in counted:
            windows.add(key, now)
        return None

    def take_back(self, origin: Origin, moment: datetime) -> None:
        """Uncount one that counted at that moment: it is not made."""
        person, community = self._keys(origin)
        self._people.take_back(person, moment)
        self._communities.take_back(community, moment)
        self._overall.take_back(_ALL, moment)

    def forget(self, person: Person) -> None:
        """Hold nothing of how often they were offered help."""
        self._people.forget(self._key(person.platform, person.id))

    def sweep(self, now: datetime) -> None:
        """Drop what is too old."""
        for each in (self._raids, self._people, self._communities, self._overall):
            each.sweep(now)

    def _keys(self, origin: Origin) -> tuple[str, str]:
        person, place = origin.person, origin.place
        return self._key(person.platform, person.id), self._key(place.platform, place.community or place.id)

    def _key(self, platform: str, id: str) -> str:
        return self._pseudonyms.key("caps", platform, id)
