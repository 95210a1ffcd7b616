"""What does a person see in the private chat, and what of a command that everybody saw?  Over sockets."""

import pytest

from bot.model import Button, Outcome, Paragraph, Place, Press, Receipt, Road, Screen
from bot.ports import Adapter
from tests.adapters.recorder import Event, Recorder
from tests.adapters.telegram_roads import (
    NOTE,
    SCREEN,
    SECRET,
    answer,
    by,
    only,
)
from tests.adapters.telegram_setup import Naps, answered, running
from tests.beds.telegram import TelegramBed


async def test_a_private_message_and_command_are_answered_there(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim"), Recorder(answer)
    async with running(bed, recorder):
        await bed.start(kim, "sextortion_paid")
        await bed.say(kim, kim, "im being blackmailed")
        await answered(bed, recorder, 2)
    assert [(c.name, c.argument) for c in recorder.commands] == [("start", "sextortion_paid")]
    assert [(m.text, m.addressed) for m in recorder.messages] == [("im being blackmailed", True)]
    answers = bed.seen_by(kim, kim, from_bot=True)
    assert [shown.text for shown in answers] == [f"Only you see this\n\n{SECRET}"] * 2
    assert not answers[0].silent
    assert not answers[0].link_preview


async def test_a_press_in_the_private_chat_changes_the_message_in_place(bed: TelegramBed) -> None:
    kim = bed.user("Kim", started=True)

    async def react(adapter: Adapter, event: Event) -> Receipt:
        other = Screen("paid", "Next", (Paragraph("ring your bank"),), (Button("Back", "back"),))
        return await adapter.send_private(
            event.origin, other if isinstance(event, Press) else SCREEN, Road.ANSWER
        )

    recorder = Recorder(react)
    async with running(bed, recorder):
        await bed.command(kim, kim, "/help")
        await answered(bed, recorder)
        query = await bed.press(kim, bed.seen_by(kim, kim, from_bot=True)[0], "Paid")
        await answered(bed, recorder, 2)
    (shown,) = bed.seen_by(kim, kim, from_bot=True)
    assert (shown.text, shown.labels) == ("Next\n\nring your bank", ("Back",))
    assert query.answer is not None


async def test_a_press_on_a_message_that_cannot_be_edited_gets_a_new_one(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder(answer)
    async with running(bed, recorder):
        await bed.command(kim, kim, "/help")
        await answered(bed, recorder)
        bed.fail("editMessageText", "bad_request", reason="message can't be edited")
        await bed.press(kim, bed.seen_by(kim, kim, from_bot=True)[0], "Paid")
        await answered(bed, recorder, 2)
    assert len(bed.seen_by(kim, kim, from_bot=True)) == 2


async def test_pressing_the_same_button_twice_is_no_failure(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder(answer)
    async with running(bed, recorder):
        await bed.command(kim, kim, "/help")
        await answered(bed, recorder)
        await bed.press(kim, bed.seen_by(kim, kim, from_bot=True)[0], "Paid")
        await answered(bed, recorder, 2)
    assert recorder.results == [Receipt(Outcome.DELIVERED)] * 2
    assert len(bed.seen_by(kim, kim, from_bot=True)) == 1


async def test_a_press_that_nobody_answers_stops_spinning(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder()
    async with running(bed, recorder) as adapter:
        place = Place("telegram", str(kim.id), private=True)
        await adapter.send_note(place, NOTE)
        query = await bed.press(kim, bed.seen_by(kim, kim, from_bot=True)[0], "Open")
        await bed.wait_for(lambda: query.answer is not None)
    assert query.answer is not None


@pytest.mark.parametrize("may_delete", [True, False])
async def test_a_public_command_is_deleted_if_we_may_and_not_answered_there(
    bed: TelegramBed, may_delete: bool
) -> None:
    kim, lee, recorder = bed.user("Kim", modern=False), bed.user("Lee"), Recorder(answer)
    rights = ["can_delete_messages"] if may_delete else []
    group = bed.group("Guild", [kim, lee], bot="administrator", rights=rights)
    async with running(bed, recorder):
        await bed.command(kim, group, "/help sextortion")
        await answered(bed, recorder)
        await bed.wait_for(lambda: any(call.status for call in bed.calls_to("deleteMessage")))
    assert only(recorder).outcome is Outcome.UNREACHABLE
    assert len(bed.seen_by(lee, group)) == (0 if may_delete else 1)
    assert bed.ever_seen_by(lee, group, from_bot=True) == ()


async def test_the_answer_does_not_wait_for_the_deletion(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True, modern=False), Recorder(by(Road.DIRECT))
    group = bed.group("Guild", [kim], bot="administrator", rights=["can_delete_messages"])
    async with running(bed, recorder):
        bed.fail("deleteMessage", "slow", seconds=30)
        await bed.command(kim, group, "/help")
        await bed.wait_for(lambda: bed.seen_by(kim, kim, from_bot=True))
        assert all(call.status is None for call in bed.calls_to("deleteMessage"))


async def test_an_anonymous_administrator_is_left_alone(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim"), Recorder(answer)
    group = bed.group("Guild", [kim], bot="administrator", rights=["can_delete_messages"])
    async with running(bed, recorder):
        await bed.say(kim, group, "/help", sender_chat=group)
        await bed.say(kim, group, "hello")
        await answered(bed, recorder)
    assert [message.text for message in recorder.messages] == ["hello"]
    assert not recorder.commands
    assert not bed.calls_to("deleteMessage")


async def test_a_note_is_silent_in_its_topic_and_goes_away(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim"), Recorder()
    group = bed.group("Forum", [kim], forum=True)
    bed.topic(group, "Rules")
    topic = bed.topic(group, "Chat")
    async with running(bed, recorder) as adapter:
        await bed.say(kim, group, "hello", thread=topic)
        await bed.wait_for(lambda: recorder.messages)
        place = recorder.messages[0].origin.place
        posted = await adapter.send_note(place, NOTE)
        assert posted.note is not None
        (shown,) = bed.seen_by(kim, group, from_bot=True)
        await adapter.remove(place, posted.note)
        await adapter.remove(place, posted.note)
    assert (shown.thread_id, shown.silent, shown.reply_to, shown.labels) == (topic, True, None, ("Open",))
    assert bed.seen_by(kim, group, from_bot=True) == ()


async def test_a_note_is_taken_down_in_spite_of_network_trouble(bed: TelegramBed) -> None:
    kim, naps = bed.user("Kim"), Naps()
    group = bed.group("Guild", [kim])
    async with running(bed, Recorder(), naps) as adapter:
        place = Place("telegram", str(group.id), False, str(group.id))
        posted = await adapter.send_note(place, NOTE)
        bed.fail("deleteMessage", "flood", seconds=9)
        bed.fail("deleteMessage", "cut_before")
        assert posted.note is not None
        await adapter.remove(place, posted.note)
    assert bed.seen_by(kim, group, from_bot=True) == ()
    assert naps == [9.0, 4.0]


async def test_a_note_follows_a_group_that_became_a_supergroup(bed: TelegramBed) -> None:
    kim = bed.user("Kim")
    group = bed.group("Guild", [kim], kind="group")
    successor = await bed.migrate(group)
    async with running(bed, Recorder()) as adapter:
        posted = await adapter.send_note(Place("telegram", str(group.id), False, str(group.id)), NOTE)
    assert posted.outcome is Outcome.DELIVERED
    assert [shown.text for shown in bed.seen_by(kim, successor, from_bot=True)] == [NOTE.preview]


async def test_a_note_where_we_are_no_longer_is_unreachable(bed: TelegramBed) -> None:
    group = bed.group("Guild", bot="kicked")
    async with running(bed, Recorder()) as adapter:
        posted = await adapter.send_note(Place("telegram", str(group.id), False, str(group.id)), NOTE)
    assert posted == Receipt(Outcome.UNREACHABLE)
