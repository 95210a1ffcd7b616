"""Does clearing a private chat take away what the bot has sent there, as far as it can?  Over sockets."""

import pytest

from adapters.telegram.sent import Sent
from bot.model import Button, Press, Receipt, Road, Screen
from bot.ports import Adapter
from tests.adapters.recorder import Event, Recorder
from tests.adapters.telegram_roads import SCREEN
from tests.adapters.telegram_setup import answered, running
from tests.beds.telegram import Shown, TelegramBed, User

WIPED = Screen("wiped", "Done.", actions=(Button("Again", "again"),), clears=True)


async def react(adapter: Adapter, event: Event) -> Receipt:
    cleared = isinstance(event, Press)
    return await adapter.send_private(event.origin, WIPED if cleared else SCREEN, Road.ANSWER)


async def three_answers(bed: TelegramBed, recorder: Recorder, kim: User) -> tuple[Shown, ...]:
    for number in range(3):
        await bed.say(kim, kim, f"hello {number}")
        await answered(bed, recorder, number + 1)
    return bed.seen_by(kim, kim, from_bot=True)


async def test_no_other_message_of_the_bot_is_left_and_all_of_the_persons(bed: TelegramBed) -> None:
    kim, lee, recorder = bed.user("Kim"), bed.user("Lee"), Recorder(react)
    async with running(bed, recorder):
        await bed.say(lee, lee, "hello")
        await answered(bed, recorder, 1)
        recorder.results.clear()
        shown = await three_answers(bed, recorder, kim)
        await bed.press(kim, shown[1], "Paid")
        await answered(bed, recorder, 4)
    left = [one for one in bed.seen_by(kim, kim) if one.text]
    assert [one.text for one in left] == ["hello 0", "hello 1", "Done.", "hello 2"]
    assert len(bed.seen_by(lee, lee, from_bot=True)) == 1


@pytest.mark.parametrize("fault", ["bad_request", "forbidden", "cut_before", "flood"])
async def test_what_cannot_be_taken_away_stays_and_the_answer_is_there(bed: TelegramBed, fault: str) -> None:
    kim, recorder = bed.user("Kim"), Recorder(react)
    async with running(bed, recorder):
        shown = await three_answers(bed, recorder, kim)
        bed.fail("deleteMessages", fault, times=None)  # type: ignore[arg-type]  # a parameter of the test
        await bed.press(kim, shown[2], "Paid")
        await answered(bed, recorder, 4)
    texts = [one.text for one in bed.seen_by(kim, kim, from_bot=True)]
    assert texts[2] == "Done."
    assert len([text for text in texts if text]) == 3


async def test_the_answer_is_sent_anew_where_the_pressed_message_has_gone(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim"), Recorder(react)
    async with running(bed, recorder):
        shown = await three_answers(bed, recorder, kim)
        bed.fail("editMessageText", "bad_request", reason="message to edit not found")
        await bed.press(kim, shown[0], "Paid")
        await answered(bed, recorder, 4)
    assert "Done." in [one.text for one in bed.seen_by(kim, kim, from_bot=True)]


def test_what_was_sent_is_remembered_48_hours_and_within_bounds() -> None:
    now = 0.0
    sent = Sent(lambda: now)
    for message in range(150):
        sent.add(1, message)
    assert sent.of(1) == list(range(50, 150))
    sent.forget(1, [50, 51])
    assert sent.of(1)[0] == 52
    now = 47 * 3600.0
    sent.add(2, 7)
    assert len(sent.of(1)) == 98
    now = 49 * 3600.0
    assert (sent.of(1), sent.of(2)) == ([], [7])
    for chat in range(10, 2_010):
        sent.add(chat, 1)
    assert (sent.of(2), sent.of(10)) == ([], [1])
