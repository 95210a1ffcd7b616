"""Does help reach whoever needs it, once, on every road and in every failure, and does nobody else see it?"""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from tests.beds.telegram import Call, Group, Shown, TelegramBed
from tests.beds.telegram.dialects import Api
from tests.e2e.content import labels, screen, sentences
from tests.e2e.product import SHORTEST_DELAY, Product
from tests.e2e.telegram_case import MARK, START, Case, Road, Way
from tests.e2e.telegram_failures import FAILURES, LIMITED
from tests.e2e.telegram_roads import PARTS, ROADS
from tests.e2e.telegram_walk import DEAF, DISTURBANCES, NO_DATABASE, REVEALING, Name, Walk

DEAF_APIS: tuple[Api, ...] = ("10.2", "10.0", "10.0-stealthy")


@dataclass
class Walked:
    """What is left after everything: who saw what, and what each bot left on the disk."""

    walks: list[Walk] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)
    leavings: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def walking(
    walked: Walked, folder: Path, api: Api, roads: Sequence[Road] = ROADS, **settings: object
) -> AsyncIterator[Walk]:
    """Start a bot in a folder for somebody to walk with, and keep what is left."""
    async with TelegramBed(api=api) as bed:
        async with Product(folder, telegram=bed, settings=settings) as product:
            walked.walks.append(walk := Walk(bed, api, roads))
            yield walk
            journal = product.leavings.get("quietline.db-wal")
            walked.leavings += [journal] if journal else []
        assert not bed.faults
    walked.logs.append(product.log)
    walked.leavings += product.leavings.values()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    walked = Walked()

    async def everything(roads: Sequence[Road]) -> None:
        async with walking(walked, tmp_path_factory.mktemp("telegram"), "10.3", roads) as walk:
            await walk.everything()

    await asyncio.gather(*map(everything, PARTS))
    return walked


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def deaf(tmp_path_factory: pytest.TempPathFactory) -> dict[Api, Walked]:
    deaf = {api: Walked() for api in DEAF_APIS}

    async def all_deaf(api: Api) -> None:
        async with walking(deaf[api], tmp_path_factory.mktemp("deaf"), api) as walk:
            await walk.all_deaf()

    await asyncio.gather(*map(all_deaf, DEAF_APIS))
    return deaf


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def crippled(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    crippled, folder = Walked(), tmp_path_factory.mktemp("crippled")
    (folder / "a folder").mkdir()
    storage = {"url": f"sqlite:///{folder}/a folder"}
    async with walking(crippled, folder, "10.3", storage=storage) as walk:
        await walk.without_database()
        (folder / "a folder").rmdir()
    return crippled


def is_note(shown: Shown) -> bool:
    """It says what it says to everybody, word for word, and points at nobody."""
    note = screen("note")
    return (
        (shown.text, shown.labels) == ("\n\n".join(sentences(note)), labels(note))
        and (shown.silent, shown.reply_to) == (True, None)
        and not shown.body.entities
    )


def leaked(case: Case) -> list[Shown]:
    """What others saw of the bot, the neutral note aside, and the harmless start that a deaf server shows."""
    start = START if case.api != "10.3" else None
    return [
        shown
        for shown in case.public
        if not is_note(shown) and (shown.text, shown.buttons, shown.reply_to) != (start, (), None)
    ]


def left_standing(case: Case) -> list[Shown]:
    """What others still see of the bot, the neutral note aside."""
    return [
        shown for shown in case.bed.seen_by(case.bystander, case.group, from_bot=True) if not is_note(shown)
    ]


def arrival(case: Case) -> tuple[Way, int, bool, int]:
    """How help came, how often the screen did, whether it is still there, and how many notes came."""
    return case.came_by, len(case.answers), case.visible, len(case.notes) - case.notes_before


def due(walk: Walk, name: Name) -> tuple[Way, int, bool, int]:
    way, answers = walk.expected[name], walk.answers[name]
    return way, answers, bool(answers), int(way is Way.NOTE)


def check(walked: Walked, failure: str) -> None:
    """Nobody else knows, and help came once, by the first way that was left."""
    walks = [(walk, name) for walk in walked.walks for name in walk.cases if name[1] == failure]
    assert {name[0]: leaked(walk.cases[name]) for walk, name in walks} == {name[0]: [] for _, name in walks}
    assert not [name for walk, name in walks if left_standing(walk.cases[name])]
    assert {name[0]: arrival(walk.cases[name]) for walk, name in walks} == {
        name[0]: due(walk, name) for walk, name in walks
    }
    for walk, name in walks:
        check_place_and_time(walk.cases[name])


def check_place_and_time(case: Case) -> None:
    """A note stands in the topic, and does not follow a trigger so soon that it points at its writer."""
    if case.came_by is not Way.NOTE:
        return
    assert case.notes[-1].thread_id == case.thread
    if case.road.unasked:
        posts = [call for call in case.bed.calls_to("sendMessage") if _is_into(call, case.group)]
        assert posts[-1].at - case.asked_at >= SHORTEST_DELAY


def _is_into(call: Call, group: Group) -> bool:
    return call.params.integer("chat_id") == group.id


@pytest.mark.parametrize("failure", [failure.name for failure in (*FAILURES, LIMITED)])
def test_in_every_failure_help_arrives_once_and_nobody_else_sees_it(walked: Walked, failure: str) -> None:
    check(walked, failure)


@pytest.mark.parametrize("disturbance", DISTURBANCES)
def test_so_it_does_while_the_connection_is_disturbed(walked: Walked, disturbance: str) -> None:
    check(walked, disturbance)


@pytest.mark.parametrize("failure", list(dict.fromkeys(failure.name for _, failure in (*REVEALING, *DEAF))))
@pytest.mark.parametrize("api", DEAF_APIS)
def test_a_server_that_would_show_it_to_all_is_given_nothing_to_show(
    deaf: dict[Api, Walked], api: Api, failure: str
) -> None:
    check(deaf[api], failure)


def test_without_a_database_who_asks_is_helped_and_nobody_else_is_written_to(crippled: Walked) -> None:
    check(crippled, NO_DATABASE)


def test_a_database_that_cannot_be_used_is_said_in_the_log(crippled: Walked) -> None:
    (line,) = [line for line in crippled.logs[0].splitlines() if '"level": "error"' in line]
    assert "help still answers" in line
    assert "a folder cannot be opened; " in line


def test_nothing_of_anybody_is_left_behind(walked: Walked, deaf: dict[Api, Walked], crippled: Walked) -> None:
    for after in (walked, crippled, *deaf.values()):
        known = {number for walk in after.walks for number in numbers(walk)}
        packed = {number.to_bytes(8, order) for number in known for order in ("big", "little")}
        secrets = {walk.bed.token.split(":")[1].encode() for walk in after.walks}
        assert after.leavings
        for left in after.leavings:
            assert not re.search(MARK, left)
            assert not [secret for secret in secrets if secret in left]
            assert not known & {int(digits) for digits in re.findall(rb"\d+", left)}
            assert not packed & {left[at : at + 8] for at in range(len(left))}


def numbers(walk: Walk) -> set[int]:
    """The ids of people, groups and buttons."""
    pressed = walk.bed.calls_to("answerCallbackQuery")
    people = {abs(place.id) for case in walk.cases.values() for place in case.places}
    return people | {int(call.params.text("callback_query_id")) for call in pressed}
