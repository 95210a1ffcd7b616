"""By which road does help reach somebody who did not ask?  Over sockets."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.model import Attempt, Origin, Outcome, Person, Place, Receipt, Road
from tests.adapters.recorder import Recorder
from tests.adapters.telegram_roads import (
    SCREEN,
    SECRET,
    VEILED,
    by,
    nobody_else_saw,
    only,
    readable,
)
from tests.adapters.telegram_setup import answered, make, running
from tests.beds.telegram import Group, TelegramBed, User


async def test_a_direct_message_is_silent_and_veiled(bed: TelegramBed) -> None:
    kim, lee, recorder = bed.user("Kim", started=True), bed.user("Lee"), Recorder(by(Road.DIRECT))
    group = bed.group("Guild", [kim, lee])
    async with running(bed, recorder):
        await bed.say(kim, group, "he has my pictures")
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.DELIVERED
    (shown,) = bed.seen_by(kim, kim, from_bot=True)
    assert shown.silent
    assert SECRET in shown.text
    assert SECRET not in shown.body.masked
    assert bed.ever_seen_by(lee, group, from_bot=True) == ()


@pytest.mark.parametrize("how", ["never started", "blocked", "deactivated"])
async def test_a_closed_private_chat_is_unreachable(bed: TelegramBed, how: str) -> None:
    kim, recorder = bed.user("Kim", started=how != "never started"), Recorder(by(Road.DIRECT))
    group = bed.group("Guild", [kim])
    async with running(bed, recorder):
        if how == "blocked":
            await bed.block(kim)
        await bed.say(kim, group, "he has my pictures")
        if how == "deactivated":
            bed.deactivate(kim)
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.UNREACHABLE


async def test_an_unasked_ephemeral_message_needs_an_administrator(bed: TelegramBed) -> None:
    kim, lee, recorder = bed.user("Kim"), bed.user("Lee"), Recorder(by(Road.EPHEMERAL))
    group = bed.group("Guild", [kim, lee])
    async with running(bed, recorder):
        await bed.say(kim, group, "he has my pictures")
        await answered(bed, recorder)
        await bed.promote(group, bed.me)
        await bed.say(kim, group, "he has my pictures")
        await answered(bed, recorder, 2)
        await bed.demote(group, bed.me)
        await bed.say(kim, group, "he has my pictures")
        await answered(bed, recorder, 3)
    outcomes = [receipt.outcome for receipt in recorder.results if isinstance(receipt, Receipt)]
    assert outcomes == [Outcome.UNREACHABLE, Outcome.DELIVERED, Outcome.UNREACHABLE]
    (shown,) = bed.seen_by(kim, group, from_bot=True)
    assert SECRET in shown.text
    assert SECRET not in shown.body.masked
    assert nobody_else_saw(bed, [lee], group)
    assert len(bed.calls_to("getChatMember")) == 1


async def test_whether_we_are_administrator_is_asked_again_after_some_minutes(bed: TelegramBed) -> None:
    kim, recorder, now = bed.user("Kim"), Recorder(by(Road.EPHEMERAL)), [0.0]
    group = bed.group("Guild", [kim], bot="administrator")
    async with running(bed, recorder, adapter=make(bed, clock=lambda: now[0])):
        for times in (1, 2, 3):
            await bed.say(kim, group, "he has my pictures")
            await answered(bed, recorder, times)
            now[0] += 200
    assert recorder.results == [Receipt(Outcome.DELIVERED)] * 3
    assert len(bed.calls_to("getChatMember")) == 2


async def test_an_ephemeral_message_follows_a_group_that_became_a_supergroup(bed: TelegramBed) -> None:
    kim, lee = bed.user("Kim"), bed.user("Lee")
    group = bed.group("Guild", [kim, lee], kind="group", bot="administrator")
    successor = await bed.migrate(group)
    async with running(bed, Recorder()) as adapter:
        receipt = await adapter.send_private(origin_of(kim, group), VEILED, Road.EPHEMERAL)
    assert receipt.outcome is Outcome.DELIVERED
    assert SECRET in readable(bed.seen_by(kim, successor, from_bot=True))
    assert nobody_else_saw(bed, [lee], successor)


async def test_where_we_are_no_longer_an_unasked_ephemeral_message_is_unreachable(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim], bot="kicked")
    async with running(bed, Recorder()) as adapter:
        receipt = await adapter.send_private(origin_of(kim, group), VEILED, Road.EPHEMERAL)
    assert receipt.outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("forbidden", Outcome.UNREACHABLE),
        ("bad_request", Outcome.UNREACHABLE),
        ("server_error", Outcome.FAILED),
        ("bad_gateway", Outcome.AMBIGUOUS),
        ("cut_before", Outcome.AMBIGUOUS),
        ("cut_after", Outcome.AMBIGUOUS),
    ],
)
async def test_each_failure_of_a_send_has_its_receipt_and_none_leaves_content(
    bed: TelegramBed, fault: str, expected: Outcome
) -> None:
    kim = bed.user("Kim", started=True)
    attempt = Attempt("k", datetime.now(UTC))
    async with running(bed, Recorder()) as adapter:
        bed.fail("sendMessage", fault)  # type: ignore[arg-type]  # a parameter of the test
        receipt = await adapter.send_private(origin_of(kim), VEILED, Road.DIRECT, attempt)
    assert receipt.outcome is expected
    assert SECRET not in readable(bed.ever_seen_by(kim, kim))


async def test_a_notification_of_a_direct_message_holds_nothing_but_the_first_line(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder(by(Road.DIRECT))
    group = bed.group("Guild", [kim])
    async with running(bed, recorder):
        await bed.say(kim, group, "he has my pictures")
        await answered(bed, recorder)
    notified, filled = bed.ever_seen_by(kim, kim, from_bot=True)
    assert (notified.words, notified.silent) == (VEILED.preview, True)
    assert filled.text == f"{VEILED.preview}\n\n{SECRET}"


@pytest.mark.parametrize("fault", ["flood", "server_error", "bad_request", "cut_before", "cut_after"])
async def test_a_first_line_that_cannot_be_filled_is_taken_away(bed: TelegramBed, fault: str) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder(by(Road.DIRECT))
    group = bed.group("Guild", [kim])
    async with running(bed, recorder):
        bed.fail("editMessageText", fault, times=3)  # type: ignore[arg-type]  # a parameter of the test
        await bed.say(kim, group, "he has my pictures")
        await answered(bed, recorder)
    assert only(recorder).outcome in (Outcome.THROTTLED, Outcome.FAILED, Outcome.UNREACHABLE)
    assert bed.seen_by(kim, kim, from_bot=True) == ()


async def test_a_flooded_chat_says_when_to_come_back(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder(by(Road.DIRECT))
    group = bed.group("Guild", [kim])
    async with running(bed, recorder):
        bed.fail("sendMessage", "flood", seconds=17)
        await bed.say(kim, group, "he has my pictures")
        await answered(bed, recorder)
    assert only(recorder) == Receipt(Outcome.THROTTLED, timedelta(seconds=17))


async def test_a_server_that_is_down_is_surely_not_sent(bed: TelegramBed) -> None:
    kim = bed.user("Kim", started=True)
    async with running(bed, Recorder()) as adapter:
        await bed.go_down()
        receipt = await adapter.send_private(origin_of(kim), SCREEN, Road.DIRECT)
        await bed.come_up()
        await bed.ready()
    assert receipt.outcome is Outcome.FAILED


def origin_of(kim: User, group: Group | None = None) -> Origin:

    where = str(group.id if group else kim.id)
    return Origin(
        Person("telegram", str(kim.id)), Place("telegram", where, group is None, where if group else None)
    )


@pytest.mark.parametrize("road", list(Road))
async def test_no_road_raises_before_there_is_a_connection(bed: TelegramBed, road: Road) -> None:
    kim = bed.user("Kim", started=True)
    group = bed.group("Guild", [kim], bot="administrator")
    adapter = make(bed)
    receipt = await adapter.send_private(origin_of(kim, group), SCREEN, road)
    assert (receipt.outcome is Outcome.DELIVERED) == (road is Road.DIRECT)
    assert bed.ever_seen_by(kim, group) == ()
    async with running(bed, Recorder(), adapter=adapter):  # and the connection can still be made, and closed
        pass
