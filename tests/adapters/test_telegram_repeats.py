"""How often may one thing arrive when the connection breaks?  Over sockets."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.delivery.roads import ASKED, persist
from bot.model import Attempt, Origin, Outcome, Person, Place, Receipt, Road
from bot.ports import Adapter
from tests.adapters.recorder import Event, Recorder
from tests.adapters.telegram_roads import (
    NOTE,
    SCREEN,
    SECRET,
    VEILED,
    answer,
    nobody_else_saw,
    only,
    readable,
)
from tests.adapters.telegram_setup import answered, running
from tests.beds.telegram import Group, TelegramBed, User

UNKNOWN = ["cut_before", "cut_after", "bad_gateway"]


def attempt(doubts: int = 0) -> Attempt:
    return Attempt("key", datetime.now(UTC), doubts)


def origin(kim: User, group: Group) -> Origin:
    """Where an offer comes from once it has been in the database."""
    return Origin(Person("telegram", str(kim.id)), Place("telegram", str(group.id), False, str(group.id)))


async def persistently(adapter: Adapter, event: Event) -> list[Outcome]:
    """Answer as the core does: by one road after the other, each with patience."""
    outcomes = list[Outcome]()
    for road in (Road.ANSWER, Road.DIRECT):

        async def send(road: Road = road) -> Receipt:
            return await adapter.send_private(event.origin, SCREEN, road)

        receipt = await persist(send, ASKED, lambda _: asyncio.sleep(0))
        outcomes.append(receipt.outcome)
    return outcomes


@pytest.mark.parametrize("road", [Road.DIRECT, Road.EPHEMERAL])
@pytest.mark.parametrize("fault", UNKNOWN)
async def test_what_nobody_asked_for_is_tried_once_more_and_never_a_third_time(
    bed: TelegramBed, road: Road, fault: str
) -> None:
    kim = bed.user("Kim", started=True)
    group = bed.group("Guild", [kim], bot="administrator")
    async with running(bed, Recorder()) as adapter:
        bed.fail("sendMessage", fault, times=2)  # type: ignore[arg-type]  # a parameter of the test
        receipts = [
            await adapter.send_private(origin(kim, group), VEILED, road, attempt(doubts))
            for doubts in (0, 1, 2, 3)
        ]
    assert [receipt.outcome for receipt in receipts] == [Outcome.AMBIGUOUS] * 4
    assert len(bed.calls_to("sendMessage")) == 2


@pytest.mark.parametrize("road", [Road.DIRECT, Road.EPHEMERAL])
async def test_the_one_more_try_delivers(bed: TelegramBed, road: Road) -> None:
    kim = bed.user("Kim", started=True)
    group = bed.group("Guild", [kim], bot="administrator")
    async with running(bed, Recorder()) as adapter:
        receipt = await adapter.send_private(origin(kim, group), VEILED, road, attempt(1))
    assert receipt.outcome is Outcome.DELIVERED
    assert SECRET in readable(bed.seen_by(kim, kim if road is Road.DIRECT else group))


@pytest.mark.parametrize("fault", UNKNOWN)
async def test_an_answer_whose_first_line_is_in_doubt_is_begun_once_more(
    bed: TelegramBed, fault: str
) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder(answer)
    async with running(bed, recorder):
        bed.fail("sendMessage", fault)  # type: ignore[arg-type]  # a parameter of the test
        await bed.command(kim, kim, "/help")
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.DELIVERED
    texts = [shown.text for shown in bed.seen_by(kim, kim, from_bot=True)]
    assert texts == [SCREEN.preview] * (fault == "cut_after") + [f"{SCREEN.preview}\n\n{SECRET}"]


@pytest.mark.parametrize("asking", ["command", "words", "group command"])
async def test_nobody_gets_an_answer_three_times_however_often_the_core_tries(
    bed: TelegramBed, asking: str
) -> None:
    kim, recorder = bed.user("Kim", started=True, modern=False), Recorder(persistently)
    group = bed.group("Guild", [kim])
    async with running(bed, recorder):
        bed.fail("sendMessage", "cut_after")
        bed.fail("sendMessage", "server_error", times=2)
        bed.fail("sendMessage", "cut_after", times=None)
        if asking == "words":
            await bed.say(kim, kim, "im being blackmailed")
        else:
            await bed.command(kim, kim if asking == "command" else group, "/help")
        await answered(bed, recorder)
        bed.heal()
    first = Outcome.UNREACHABLE if asking == "group command" else Outcome.AMBIGUOUS
    assert recorder.results == [[first, Outcome.AMBIGUOUS]]
    assert [shown.text for shown in bed.seen_by(kim, kim, from_bot=True)] == [SCREEN.preview] * 2


async def test_the_next_question_is_answered_whatever_became_of_the_last(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder(answer)
    async with running(bed, recorder):
        bed.fail("sendMessage", "cut_before", times=2)
        await bed.command(kim, kim, "/help")
        await answered(bed, recorder)
        await bed.command(kim, kim, "/help")
        await answered(bed, recorder, 2)
    assert recorder.results == [Receipt(Outcome.AMBIGUOUS), Receipt(Outcome.DELIVERED)]


@pytest.mark.parametrize("edit", ["server_error", "cut_before", "cut_after"])
@pytest.mark.parametrize(
    ("deletion", "expected"),
    [("server_error", Outcome.AMBIGUOUS), ("cut_before", Outcome.AMBIGUOUS), ("cut_after", Outcome.FAILED)],
)
async def test_a_first_line_that_may_stand_is_in_doubt(
    bed: TelegramBed, edit: str, deletion: str, expected: Outcome
) -> None:
    kim = bed.user("Kim", started=True)
    group = bed.group("Guild", [kim])
    async with running(bed, Recorder()) as adapter:
        bed.fail("editMessageText", edit, times=None)  # type: ignore[arg-type]  # a parameter of the test
        lasting = 1 if deletion == "cut_after" else None
        bed.fail("deleteMessage", deletion, lasting)  # type: ignore[arg-type]  # a parameter of the test
        receipt = await adapter.send_private(origin(kim, group), VEILED, Road.DIRECT, attempt())
        bed.heal()
    # Deleted with the answer lost, it is "not found" the next time: gone.
    deleted = bed.seen_by(kim, kim, from_bot=True) == ()
    assert (receipt.outcome, deleted) == (expected, expected is Outcome.FAILED)


async def test_no_more_than_two_starts_are_left_in_doubt_and_help_comes_by_another_road(
    bed: TelegramBed,
) -> None:
    kim, lee, recorder = bed.user("Kim", started=True), bed.user("Lee"), Recorder(persistently)
    group = bed.group("Guild", [kim, lee])
    async with running(bed, recorder):
        bed.fail("sendMessage", "cut_after", times=None, chat=group)
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
        bed.heal()
    assert recorder.results == [[Outcome.UNREACHABLE, Outcome.DELIVERED]]
    assert [shown.text for shown in bed.seen_by(kim, group, from_bot=True)] == ["…"] * 2
    assert nobody_else_saw(bed, [kim, lee], group)


async def test_a_start_in_doubt_is_begun_once_more(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim"), Recorder(answer)
    group = bed.group("Guild", [kim])
    async with running(bed, recorder):
        bed.fail("sendMessage", "cut_before")
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.DELIVERED


async def test_a_note_that_may_stand_already_is_not_posted(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim])
    place = origin(kim, group).place
    async with running(bed, Recorder()) as adapter:
        in_doubt = await adapter.send_note(place, NOTE, attempt(1))
        assert not bed.calls_to("sendMessage")
        first = await adapter.send_note(place, NOTE, attempt())
    assert (in_doubt, first.outcome) == (Receipt(Outcome.AMBIGUOUS), Outcome.DELIVERED)
