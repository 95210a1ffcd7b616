"""Does help reach whoever needs it, once, on every road and in every failure, and does nobody else see it?"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.model import Paragraph, Screen
from tests.beds.discord import DiscordBed, Seen
from tests.beds.discord.clock import created_at
from tests.e2e.content import GUIDE, usual
from tests.e2e.discord_failures import FAILURES, PAUSING
from tests.e2e.discord_roads import ROADS, Case, Way
from tests.e2e.discord_walk import DISTURBANCES, NO_DATABASE, Walk, combinations
from tests.e2e.product import SHORTEST_DELAY, Product

CASES = [(road.name, failure.name) for road, failure in combinations(FAILURES + PAUSING)]
DISTURBED = [(road.name, name) for name in DISTURBANCES for road in ROADS]
WITHOUT = [(road.name, NO_DATABASE) for road in ROADS]


@dataclass
class Walked:
    """What is left after everything: who saw what, and what the bot left on the disk."""

    walk: Walk
    log: str
    leavings: dict[str, bytes]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walked(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walked]:
    async with DiscordBed() as bed:
        walk = Walk(bed)
        async with Product(tmp_path_factory.mktemp("discord"), discord=bed) as product:
            await walk.everything()
        yield Walked(walk, product.log, product.leavings)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def crippled(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walked]:
    folder = tmp_path_factory.mktemp("crippled")
    (folder / "a folder").mkdir()
    async with DiscordBed() as bed:
        walk = Walk(bed)
        settings = {"storage": {"url": f"sqlite:///{folder}/a folder"}}
        async with Product(folder, discord=bed, settings=settings) as product:
            await walk.without_database()
        (folder / "a folder").rmdir()
        yield Walked(walk, product.log, product.leavings)


def screen(screen_id: str) -> Screen:
    return GUIDE.screen(screen_id, "en", "GB")


def check_note(seen: Seen) -> None:
    """It says what it says to everybody, word for word, and points at nobody."""
    note = screen("note")
    words = [note.preview, *(block.text for block in note.blocks if isinstance(block, Paragraph))]
    assert seen.text == "\n".join(words)
    assert seen.labels == tuple(action.label for action in note.actions)
    assert (seen.notice, seen.pinged, seen.silent) == ("", False, True)
    assert seen.message.reply_to is None
    assert not seen.message.pings


def check_nobody_else_knows(case: Case) -> None:
    for seen in case.public:
        check_note(seen)
    for person in case.people:
        assert all(seen.message.channel is case.channel for seen in case.bed.ever_seen_by(person))
    assert not case.bed.typing


def check_arrival(case: Case, way: Way) -> None:
    """It came once and by this way, and is the screen that was asked for, whole."""
    assert case.came_by is way
    assert len(case.arrived) == (way is not Way.NOTHING)
    if way is Way.NOTE:
        check_note(case.arrived[0])
        check_delay(case, case.arrived[0])
    elif way is not Way.NOTHING:
        check_screen(case.arrived[0], screen(case.road.screen))


def check_screen(seen: Seen, wanted: Screen) -> None:
    assert seen.text.startswith(wanted.preview)
    assert usual(seen.labels) == tuple(action.label for action in wanted.actions)
    assert (seen.text == wanted.preview) is wanted.veiled


def check_delay(case: Case, note: Seen) -> None:
    """A note for a trigger does not follow it so soon that it points at its writer."""
    if case.road.unasked and case.asked is not None:
        assert created_at(note.message.id) - created_at(case.asked.id) >= SHORTEST_DELAY


@pytest.mark.parametrize(("road", "failure"), CASES + DISTURBED)
def test_nobody_else_sees_anything_but_a_neutral_note(walked: Walked, road: str, failure: str) -> None:
    check_nobody_else_knows(walked.walk.cases[road, failure])


@pytest.mark.parametrize(("road", "failure"), CASES)
def test_help_arrives_once_by_the_first_way_left(walked: Walked, road: str, failure: str) -> None:
    check_arrival(walked.walk.cases[road, failure], walked.walk.expected[road, failure])


@pytest.mark.parametrize(("road", "failure"), DISTURBED)
def test_help_arrives_once_while_the_gateway_is_disturbed(walked: Walked, road: str, failure: str) -> None:
    case = walked.walk.cases[road, failure]
    # After a reconnect a command may be too old to be answered where it was given.
    assert case.came_by in case.road.ways
    check_arrival(case, case.came_by)


@pytest.mark.parametrize(("road", "failure"), WITHOUT)
def test_without_a_database_who_asks_is_helped_and_nobody_else_is_written_to(
    crippled: Walked, road: str, failure: str
) -> None:
    case = crippled.walk.cases[road, failure]
    check_nobody_else_knows(case)
    check_arrival(case, Way.NOTHING if case.road.unasked else case.road.ways[0])


def test_a_database_that_cannot_be_used_is_said_in_the_log(crippled: Walked) -> None:
    (line,) = [line for line in crippled.log.splitlines() if '"level": "error"' in line]
    assert "help still answers" in line
    assert "a folder cannot be opened; " in line


@pytest.mark.parametrize("name", ["walked", "crippled"])
def test_nothing_of_anybody_is_left_behind(name: str, request: pytest.FixtureRequest) -> None:
    after: Walked = request.getfixturevalue(name)
    assert after.log
    for trace in traces(after.walk):
        for file, left in after.leavings.items():
            assert trace not in left, f"{file} holds {trace!r}"


def traces(walk: Walk) -> Iterator[bytes]:
    """All that would tell about people: their words and names (each has the mark in it), ids, and secrets."""
    world, token = walk.bed.world, walk.bed.token
    yield from (part.encode() for part in (token, token.split(".", 1)[1], *world.interactions))
    yield from (case.mark.encode() for case in walk.cases.values())
    for number in (*world.users, *world.guilds, *world.channels):
        yield from (str(number).encode(), number.to_bytes(8, "big"), number.to_bytes(8, "little"))
