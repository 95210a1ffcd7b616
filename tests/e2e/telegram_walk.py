"""How are all roads walked at once, with one running bot?"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from itertools import cycle

from tests.beds.telegram import TelegramBed
from tests.beds.telegram.dialects import Api
from tests.beds.telegram.faults import FaultKind
from tests.e2e.telegram_case import Case, Road, Way
from tests.e2e.telegram_failures import DROPPED, FAILURES, LEAKS, LIMITED, NOTHING, Failure
from tests.e2e.telegram_roads import ROADS

CROWD = 64
PATIENCE = 60.0  # two tries in doubt, by two roads, take twice `schedule.IN_DOUBT`
# Longer than the delay of any note: what would come too much has come.
SETTLING = 1.0
NO_DATABASE = "no database"

Name = tuple[str, str]
Disturbance = Callable[[TelegramBed], Coroutine[None, None, None]]


class Walk:
    """People who ask, each by one road and with one failure; all is kept by their names.

    `expected` is the way by which help should come, and `answers` how often the wanted screen should.
    A server is deaf when it ignores what makes a message ephemeral: each but 10.3.
    """

    def __init__(self, bed: TelegramBed, api: Api, roads: Sequence[Road] = ROADS) -> None:
        self.bed = bed
        self.api = api
        self.roads = roads
        self.cases: dict[Name, Case] = {}
        self.expected: dict[Name, Way] = {}
        self.answers: dict[Name, int] = {}

    async def everything(self) -> None:
        """Every road with every failure, then every road with each disturbance of the connection."""
        await self._commands()
        room = asyncio.Semaphore(CROWD)
        mine = [(road, failure) for road, failure in COMBINATIONS if road in self.roads]
        await asyncio.gather(*(self._walk(road, failure, room) for road, failure in mine))
        for name, disturb in DISTURBANCES.items():
            await self._disturbed(name, disturb)
        await self._together([(road, LIMITED) for road in self.roads])
        await self._calm()

    async def all_deaf(self) -> None:
        """First those who would get an ephemeral message, all at once; then every road and failure."""
        await self._commands()
        await self._together(REVEALING)
        room = asyncio.Semaphore(CROWD)
        await asyncio.gather(*(self._walk(road, failure, room) for road, failure in DEAF))
        await self._calm()

    async def without_database(self) -> None:
        """Every road, while triggers have to stay silent."""
        await self._commands()
        await self._together([(road, Failure(NO_DATABASE)) for road in self.roads])
        await self._calm()

    async def _walk(self, road: Road, failure: Failure, room: asyncio.Semaphore) -> None:
        async with room:
            case = self._case(road, failure.name)
            await case.prepare()
            self._befall(case, failure)
            await case.ask()
            await self._arrival(case, failure)

    async def _together(self, combinations: Iterable[tuple[Road, Failure]]) -> None:
        cases = [(self._case(road, failure.name), failure) for road, failure in combinations]
        await asyncio.gather(*(case.prepare() for case, _ in cases))
        for case, failure in cases:
            self._befall(case, failure)
        await asyncio.gather(*(case.ask() for case, _ in cases))
        await asyncio.gather(*(self._arrival(case, failure) for case, failure in cases))

    async def _disturbed(self, name: str, disturb: Disturbance) -> None:
        """Everybody asks by one road each while the connection is disturbed."""
        cases = [(self._case(road, name), Failure(name)) for road in self.roads]
        await asyncio.gather(*(case.prepare() for case, _ in cases))
        for case, failure in cases:
            self._befall(case, failure)
        disturbing = asyncio.create_task(disturb(self.bed))
        await asyncio.gather(*(case.ask() for case, _ in cases))
        await disturbing
        await asyncio.gather(*(self._arrival(case, failure) for case, failure in cases))

    def _case(self, road: Road, failure: str) -> Case:
        mark = f"zq{len(self.cases)}qz"
        case = self.cases[road.name, failure] = Case(self.bed, road, mark, self.api)
        return case

    def _befall(self, case: Case, failure: Failure) -> None:
        way = failure.befall(case)
        if failure.name == NO_DATABASE and case.road.unasked:
            way = Way.NOTHING
        name = case.road.name, failure.name
        arrives = way in (Way.CHAT, Way.EPHEMERAL) or (way is Way.LINK and failure.keeps_chat)
        self.expected[name], self.answers[name] = way, int(arrives)

    async def _arrival(self, case: Case, failure: Failure) -> None:
        name = case.road.name, failure.name
        if self.expected[name] is Way.NOTHING:
            return
        try:
            await self.bed.wait_for(lambda: case.came_by is not Way.NOTHING, PATIENCE)
            if case.links and self.answers[name]:
                await self.bed.follow(case.asker, case.links[0])
                await self.bed.wait_for(lambda: case.answers, PATIENCE)
        except TimeoutError:
            return  # the test of this case says so

    async def _commands(self) -> None:
        """Until they are declared, no command is ephemeral."""
        await self.bed.wait_for(lambda: ("all_group_chats", "") in self.bed.commands, PATIENCE)

    async def _calm(self) -> None:
        await asyncio.sleep(SETTLING)
        await self.bed.settle(timeout=PATIENCE)


async def _twice(bed: TelegramBed) -> None:
    await bed.settle(timeout=PATIENCE)
    bed.redeliver(100)


async def _down(bed: TelegramBed) -> None:
    await bed.go_down()
    await bed.come_up()


def _polling(kind: FaultKind) -> Disturbance:
    async def disturb(bed: TelegramBed) -> None:
        bed.fail("getUpdates", kind)

    return disturb


DISTURBANCES: dict[str, Disturbance] = {
    "updates come twice": _twice,
    "updates, 502": _polling("bad_gateway"),
    "updates limited": _polling("flood"),
    "updates dropped before": _polling("cut_before"),
    "updates dropped after": _polling("cut_after"),
    "server down": _down,
}
COMBINATIONS = tuple(
    (road, failure)
    for road in ROADS
    for failure in ((NOTHING,) if road.variant else FAILURES)
    if failure.concerns(road)
)
# Without ephemeral messages there are none to press a button of.
_DEAF_ROADS = tuple(road for road in ROADS if not road.name.startswith("button of an answer"))
DEAF = tuple(
    (road, failure)
    for road, failure in COMBINATIONS
    if road in _DEAF_ROADS and failure in (NOTHING, *DROPPED)
)
_EPHEMERAL_ROADS = (road for road in _DEAF_ROADS if Way.EPHEMERAL in road.ways and Way.CHAT not in road.ways)
REVEALING = tuple(zip(_EPHEMERAL_ROADS, cycle(LEAKS)))
