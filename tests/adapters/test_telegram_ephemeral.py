"""What does one member of a group see, and does nobody else?  Over sockets."""

import pytest
from structlog.testing import capture_logs

from adapters.telegram.adapter import Telegram
from bot.model import Button, Outcome, Paragraph, Place, Press, Receipt, Road, Screen
from bot.ports import Adapter
from tests.adapters.recorder import Event, Recorder
from tests.adapters.telegram_roads import (
    NOTE,
    SCREEN,
    SECRET,
    answer,
    by,
    nobody_else_saw,
    old_bed,
    only,
    readable,
)
from tests.adapters.telegram_setup import answered, running
from tests.beds.telegram import Group, Shown, TelegramBed, User


async def test_an_ephemeral_command_is_answered_for_its_writer_alone(bed: TelegramBed) -> None:
    kim, lee, recorder = bed.user("Kim"), bed.user("Lee"), Recorder(answer)
    group = bed.group("Guild", [kim, lee])
    async with running(bed, recorder):
        await bed.wait_for(lambda: ("all_group_chats", "") in bed.commands)
        await bed.command(kim, group, "/help sextortion")
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.DELIVERED
    (shown,) = bed.seen_by(kim, group, from_bot=True)
    assert shown.ephemeral_id is not None
    assert (shown.text, shown.labels) == (f"Only you see this\n\n{SECRET}", ("Paid",))
    assert bed.ever_seen_by(lee, group) == ()


async def test_an_ephemeral_message_starts_harmless(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim])
    recorder = Recorder(answer)
    async with running(bed, recorder):
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
    (sent,) = bed.calls_to("sendMessage")
    assert sent.params.text("text") == "…"
    assert SECRET in str(bed.calls_to("editEphemeralMessageText")[0].params.text("text"))


async def test_a_long_answer_comes_in_several_ephemeral_messages(bed: TelegramBed) -> None:
    kim, lee = bed.user("Kim"), bed.user("Lee")
    group = bed.group("Guild", [kim, lee])
    paragraphs = tuple(Paragraph(f"{number} {SECRET} " + "x" * 900) for number in range(3))
    screen = Screen("report", "Only you see this", paragraphs, (Button("Paid", "paid"),))
    recorder = Recorder(by(Road.ANSWER, screen))
    async with running(bed, recorder):
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
        await bed.press(kim, bed.seen_by(kim, group, from_bot=True)[-1], "Paid")
        await answered(bed, recorder, 2)
    assert recorder.results == [Receipt(Outcome.DELIVERED)] * 2
    seen = bed.seen_by(kim, group, from_bot=True)
    assert [shown.text[0] for shown in seen] == ["O", "1", "2"]  # the first screen's pages have gone
    assert [shown.labels for shown in seen] == [(), (), ("Paid",)]
    assert bed.ever_seen_by(lee, group) == ()


async def test_the_next_screen_takes_the_place_of_all_pages_of_the_one_before(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim])
    paragraphs = tuple(Paragraph(f"{number} {SECRET} " + "x" * 900) for number in range(3))
    long = Screen("report", "Only you see this", paragraphs, (Button("Clear", "wipe"),))

    async def react(adapter: Adapter, event: Event) -> Receipt:
        screen = Screen("wiped", "All clear") if isinstance(event, Press) else long
        return await adapter.send_private(event.origin, screen, Road.ANSWER)

    recorder = Recorder(react)
    async with running(bed, recorder):
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
        await bed.press(kim, bed.seen_by(kim, group, from_bot=True)[-1], "Clear")
        await answered(bed, recorder, 2)
    assert [shown.text for shown in bed.seen_by(kim, group, from_bot=True)] == ["All clear"]


async def test_two_quick_presses_on_one_message_leave_no_page_behind(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim])
    paragraphs = tuple(Paragraph(f"{number} {SECRET} " + "x" * 900) for number in range(3))
    buttons = (Button("Long", "long"), Button("Clear", "wipe"))
    long = Screen("report", "Only you see this", paragraphs, buttons)

    async def react(adapter: Adapter, event: Event) -> Receipt:
        clear = isinstance(event, Press) and event.button == "wipe"
        screen = Screen("wiped", "All clear") if clear else long
        return await adapter.send_private(event.origin, screen, Road.ANSWER)

    recorder = Recorder(react)
    async with running(bed, recorder):
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
        last = bed.seen_by(kim, group, from_bot=True)[-1]
        await bed.press(kim, last, "Long")
        await bed.press(kim, last, "Clear")
        await answered(bed, recorder, 3)
    assert [shown.text for shown in bed.seen_by(kim, group, from_bot=True)] == ["All clear"]


@pytest.mark.parametrize("failing", [1, 2])
async def test_pages_come_all_or_none(bed: TelegramBed, failing: int) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim])
    paragraphs = tuple(Paragraph(f"{number} {SECRET} " + "x" * 900) for number in range(3))
    recorder = Recorder(by(Road.ANSWER, Screen("report", "Only you see this", paragraphs)))
    async with running(bed, recorder):
        bed.fail(
            "editEphemeralMessageText",
            "server_error",
            where=lambda params: params.text("text").startswith(str(failing)),
        )
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.FAILED
    assert bed.seen_by(kim, group, from_bot=True) == ()


async def test_a_press_on_a_message_that_has_disappeared_gets_a_new_one(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim"), Recorder(answer)
    group = bed.group("Guild", [kim])
    async with running(bed, recorder):
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
        bed.fail("editEphemeralMessageText", "bad_request", reason="message to edit not found")
        await bed.press(kim, bed.seen_by(kim, group, from_bot=True)[0], "Paid")
        await answered(bed, recorder, 2)
    assert recorder.results == [Receipt(Outcome.DELIVERED)] * 2
    assert len(bed.seen_by(kim, group, from_bot=True)) == 2


async def test_a_press_may_be_answered_again_after_a_failure(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim])

    async def twice(adapter: Adapter, event: Event) -> list[Outcome]:
        receipts = [await adapter.send_private(event.origin, SCREEN, Road.ANSWER) for _ in range(2)]
        return [receipt.outcome for receipt in receipts]

    recorder = Recorder(twice)
    async with running(bed, recorder) as adapter:
        note = await note_in(adapter, bed, kim, group)
        bed.fail("sendMessage", "server_error")
        await bed.press(kim, note, "Open")
        await answered(bed, recorder)
    assert recorder.results == [[Outcome.FAILED, Outcome.DELIVERED]]
    assert SECRET in readable(bed.seen_by(kim, group))


async def test_a_press_on_an_ephemeral_message_changes_it_in_place(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim])
    other = Screen("paid", "Next", (Paragraph("ring your bank"),))

    async def react(adapter: Adapter, event: Event) -> Receipt:
        screen = other if isinstance(event, Press) else SCREEN
        return await adapter.send_private(event.origin, screen, Road.ANSWER)

    recorder = Recorder(react)
    async with running(bed, recorder):
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
        query = await bed.press(kim, bed.seen_by(kim, group, from_bot=True)[0], "Paid")
        await answered(bed, recorder, 2)
    (shown,) = bed.seen_by(kim, group, from_bot=True)
    assert shown.text == "Next\n\nring your bank"
    assert query.answer is not None


async def note_in(adapter: Telegram, bed: TelegramBed, kim: User, group: Group) -> Shown:
    posted = await adapter.send_note(Place("telegram", str(group.id), False, str(group.id)), NOTE)
    assert posted.note is not None
    return next(shown for shown in bed.seen_by(kim, group) if str(shown.message_id) == posted.note)


async def test_a_press_on_the_note_is_answered_for_the_presser_alone(bed: TelegramBed) -> None:
    kim, lee, recorder = bed.user("Kim"), bed.user("Lee"), Recorder(answer)
    group = bed.group("Guild", [kim, lee])
    async with running(bed, recorder) as adapter:
        query = await bed.press(kim, await note_in(adapter, bed, kim, group), "Open")
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.DELIVERED
    assert SECRET in readable(bed.seen_by(kim, group))
    assert nobody_else_saw(bed, [lee], group)
    assert query.answer is not None
    order = [call.method for call in bed.calls if call.method in ("sendMessage", "answerCallbackQuery")]
    assert order == ["sendMessage", "sendMessage", "answerCallbackQuery"]


async def test_a_press_answered_too_late_opens_the_private_chat(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim])

    async def slowly(adapter: Adapter, event: Event) -> Receipt:
        bed.clock.advance(20)
        return await adapter.send_private(event.origin, SCREEN, Road.ANSWER)

    recorder = Recorder(slowly)
    async with running(bed, recorder) as adapter:
        query = await bed.press(kim, await note_in(adapter, bed, kim, group), "Open")
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.DELIVERED
    assert query.answer is not None
    assert query.answer.url.endswith("?start=sextortion_sent-more")


async def test_an_expired_press_is_unreachable_and_raises_nothing(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim])

    async def far_too_late(adapter: Adapter, event: Event) -> Receipt:
        bed.clock.advance(3600)
        return await adapter.send_private(event.origin, SCREEN, Road.ANSWER)

    recorder = Recorder(far_too_late)
    async with running(bed, recorder) as adapter:
        await bed.press(kim, await note_in(adapter, bed, kim, group), "Open")
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize("fault", ["flood", "server_error", "bad_request", "cut_before", "cut_after"])
async def test_a_start_that_cannot_be_filled_is_taken_away(bed: TelegramBed, fault: str) -> None:
    kim, lee, recorder = bed.user("Kim"), bed.user("Lee"), Recorder(answer)
    group = bed.group("Guild", [kim, lee])
    async with running(bed, recorder):
        bed.fail("editEphemeralMessageText", fault, times=3)  # type: ignore[arg-type]  # a parameter
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
    assert only(recorder).outcome is not Outcome.DELIVERED
    assert bed.seen_by(kim, group, from_bot=True) == ()
    assert nobody_else_saw(bed, [lee], group)


async def test_a_fill_whose_answer_is_lost_is_repeated_and_delivered(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim"), Recorder(answer)
    group = bed.group("Guild", [kim])
    async with running(bed, recorder):
        bed.fail("editEphemeralMessageText", "cut_after")
        await bed.command(kim, group, "/help", ephemeral=True)
        await answered(bed, recorder)
    assert only(recorder).outcome is Outcome.DELIVERED
    assert SECRET in readable(bed.seen_by(kim, group))


@pytest.mark.parametrize("api", ["10.0", "10.0-stealthy", "10.2"])
async def test_where_ephemeral_messages_are_ignored_a_press_opens_the_private_chat(api: str) -> None:
    async with old_bed(api) as bed:
        kim, lee, recorder = bed.user("Kim"), bed.user("Lee"), Recorder(answer)
        group = bed.group("Guild", [kim, lee], bot="administrator")
        async with running(bed, recorder) as adapter:
            note = await note_in(adapter, bed, kim, group)
            queries = [await bed.press(kim, note, "Open") for _ in range(2)]
            await answered(bed, recorder, 2)
        assert recorder.results == [Receipt(Outcome.DELIVERED)] * 2
        assert [query.answer.url for query in queries if query.answer] == [
            "https://t.me/quietline_bot?start=sextortion_sent-more"
        ] * 2
        assert nobody_else_saw(bed, [kim, lee], group)
        assert [shown.text for shown in bed.seen_by(lee, group)] == [NOTE.preview]


async def test_one_leaked_start_closes_the_road_for_the_process() -> None:
    async with old_bed("10.0-stealthy") as bed:
        kim, lee, recorder = bed.user("Kim"), bed.user("Lee"), Recorder(by(Road.EPHEMERAL))
        group = bed.group("Guild", [kim, lee], bot="administrator")
        with capture_logs() as logs:
            async with running(bed, recorder):
                for times in (1, 2, 3):
                    await bed.say(kim, group, "he has my pictures")
                    await answered(bed, recorder, times)
    assert recorder.results == [Receipt(Outcome.UNREACHABLE)] * 3
    assert len(bed.calls_to("sendMessage")) == 1
    assert bed.seen_by(lee, group, from_bot=True) == ()
    assert {shown.words for shown in bed.ever_seen_by(lee, group, from_bot=True)} == {"…"}
    assert [line["event"] for line in logs].count("telegram_ephemeral_ignored") == 1


async def test_an_ephemeral_command_on_a_stripping_server_leaks_no_help() -> None:
    async with old_bed("10.0-stealthy") as bed:
        kim, lee, recorder = bed.user("Kim"), bed.user("Lee"), Recorder(answer)
        group = bed.group("Guild", [kim, lee])
        async with running(bed, recorder):
            await bed.command(kim, group, "/help", ephemeral=True)
            await answered(bed, recorder)
        assert only(recorder).outcome is Outcome.UNREACHABLE
        assert nobody_else_saw(bed, [kim, lee], group)
