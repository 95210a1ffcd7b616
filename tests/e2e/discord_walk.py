"""How are all roads walked at once, with one running bot?"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence

from tests.beds.discord import DiscordBed, Drop
from tests.e2e.discord_failures import FAILURES, PAUSING, Failure
from tests.e2e.discord_roads import ROADS, Case, Road, Way

# So many people at a time: a slow machine must still answer each within Discord's three seconds.
CROWD = 40
PATIENCE = 30.0
# Longer than the delay of any note: what would come too much has come.
SETTLING = 1.0
NO_DATABASE = "no database"

Disturbance = Callable[[DiscordBed], Awaitable[None]]


class Walk:
    """People who ask, each by one road and with one failure; `cases` and `expected` are by their names."""

    def __init__(self, bed: DiscordBed) -> None:
        self.bed = bed
        self.cases: dict[tuple[str, str], Case] = {}
        self.expected: dict[tuple[str, str], Way] = {}
        bed.limits.enabled = False

    async def everything(self) -> None:
        """Every road with every failure, and with each disturbance of the gateway."""
        await self._each(FAILURES)
        for name, disturb in DISTURBANCES.items():
            await self.disturbed(name, disturb)
        await self._each(PAUSING)
        await asyncio.sleep(SETTLING)

    async def without_database(self) -> None:
        """Every road, while triggers have to stay silent."""
        cases = [self._case(road, Failure(NO_DATABASE)) for road in ROADS]
        await asyncio.gather(*(case.prepare() for case in cases))
        await asyncio.gather(*(case.ask() for case in cases))
        await asyncio.gather(*(self._arrival(case) for case in cases if not case.road.unasked))
        await asyncio.sleep(SETTLING)

    async def _each(self, failures: Sequence[Failure]) -> None:
        room = asyncio.Semaphore(CROWD)
        await asyncio.gather(*(self._walk(*each, room) for each in combinations(failures)))

    async def _walk(self, road: Road, failure: Failure, room: asyncio.Semaphore) -> None:
        async with room:
            case = self._case(road, failure)
            await case.prepare()
            way = self.expected[road.name, failure.name] = failure.befall(case)
            await case.ask()
            if way is not Way.NOTHING:
                await self._arrival(case)

    async def disturbed(self, name: str, disturb: Disturbance) -> None:
        """Everybody asks by one road each while the gateway is disturbed."""
        cases = [self._case(road, Failure(name)) for road in ROADS]
        await asyncio.gather(*(case.prepare() for case in cases))
        await disturb(self.bed)
        await asyncio.gather(*(case.ask() for case in cases))
        await asyncio.gather(*(self._arrival(case) for case in cases))

    def _case(self, road: Road, failure: Failure) -> Case:
        mark = f"zq{len(self.cases)}qz"
        case = self.cases[road.name, failure.name] = Case(self.bed, road, mark, failure.bot_can_send)
        return case

    async def _arrival(self, case: Case) -> None:
        try:
            await self.bed.wait_for(lambda: case.arrived, PATIENCE, every=0.05)
        except TimeoutError:
            return  # the test of this case says so


async def _refused_once(bed: DiscordBed) -> None:
    bed.fail("GET", "/resume", Drop(), times=2)  # of one alone discord.py hears nothing: aiohttp asks again
    await bed.drop_connection(None)


async def _invalidated(bed: DiscordBed) -> None:
    await bed.invalidate()
    await bed.wait_for(lambda: not bed.sessions, PATIENCE)
    await bed.bot_ready(PATIENCE)


DISTURBANCES: dict[str, Disturbance] = {
    "gateway asks to reconnect": DiscordBed.reconnect,
    "gateway closes": DiscordBed.drop_connection,
    "gateway breaks": lambda bed: bed.drop_connection(None),
    "gateway breaks and refuses once": _refused_once,
    "session is over": _invalidated,
}


def combinations(failures: Sequence[Failure]) -> Iterator[tuple[Road, Failure]]:
    """Return what can be walked; where the bot may not write, there is no note to press."""
    for road in ROADS:
        for failure in failures:
            if failure.bot_can_send or road.name != "button of a note":
                yield road, failure
