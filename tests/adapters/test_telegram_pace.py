"""How fast do requests go out, and whom does a refusal hold back?  Over sockets, or pretended ones."""

import asyncio
from datetime import timedelta

import pytest
from telegram.error import RetryAfter

from adapters.telegram.adapter import Telegram
from adapters.telegram.config import Section
from adapters.telegram.pace import Answer, Pace
from bot.model import Outcome, Place, Receipt, Road
from bot.ports import Adapter
from tests.adapters.recorder import Event, Recorder
from tests.adapters.telegram_roads import NOTE, SCREEN, answer
from tests.adapters.telegram_setup import answered, running
from tests.beds.telegram import TelegramBed

PRIVATE, GROUP = 5, -100


class Pretended:
    """Requests through a pace with a time of its own; `asked` holds the ones that went out."""

    def __init__(self, per_second: int = 1_000, parallel: int = 8) -> None:
        self.now = 0.0
        self.naps: list[float] = []
        self.asked: list[object] = []
        self.pace = Pace(self._sleep, lambda: self.now, per_second, parallel)

    async def request(self, chat: int | None, method: str = "sendMessage", **more: object) -> None:
        data = {"chat_id": chat, **more}
        await self.pace.process_request(self._answered, (method, chat), {}, method, data, None)

    async def refused(self, chat: int, seconds: int, method: str = "sendMessage", **more: object) -> None:
        async def refuse(*_: object) -> Answer:
            raise RetryAfter(seconds)

        with pytest.raises(RetryAfter):
            await self.pace.process_request(refuse, (), {}, method, {"chat_id": chat, **more}, None)

    async def _answered(self, *what: object) -> Answer:
        self.asked.append(what)
        return True

    async def _sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds


async def test_a_refusal_holds_back_its_chat_alone() -> None:
    pretended = Pretended()
    await pretended.refused(PRIVATE, 2)
    for chat in (PRIVATE + 1, GROUP, None):
        await pretended.request(chat)
    assert pretended.naps == []
    await pretended.request(PRIVATE)
    await pretended.request(PRIVATE)
    assert pretended.naps == [2.0]


async def test_what_one_member_cannot_be_shown_holds_back_nobody_else_in_the_group() -> None:
    pretended = Pretended()
    await pretended.refused(GROUP, 40, "editEphemeralMessageText", receiver_user_id=PRIVATE)
    await pretended.request(GROUP)
    await pretended.request(GROUP, ephemeral_message_parameters={"receiver_user_id": PRIVATE + 1})
    with pytest.raises(RetryAfter):
        await pretended.request(GROUP, ephemeral_message_parameters={"receiver_user_id": PRIVATE})


async def test_a_long_wait_is_not_slept_but_told() -> None:
    pretended = Pretended()
    await pretended.refused(PRIVATE, 40)
    pretended.now += 10
    with pytest.raises(RetryAfter) as told:
        await pretended.request(PRIVATE)
    assert told.value.retry_after == timedelta(seconds=30)
    assert (pretended.naps, pretended.asked) == ([], [])
    pretended.now += 30
    await pretended.request(PRIVATE)
    assert len(pretended.asked) == 1


async def test_what_stands_in_a_closed_chat_can_be_deleted() -> None:
    pretended = Pretended()
    await pretended.refused(PRIVATE, 40)
    for method in ("deleteMessage", "deleteMessages", "deleteEphemeralMessage", "getChatMember"):
        await pretended.request(PRIVATE, method)
    assert len(pretended.asked) == 4
    with pytest.raises(RetryAfter):
        await pretended.request(PRIVATE, "editMessageText")


async def test_a_group_is_posted_to_20_times_a_minute_and_another_as_well() -> None:
    pretended = Pretended()
    for _ in range(20):
        await pretended.request(GROUP)
    crowd = [asyncio.create_task(pretended.request(GROUP)) for _ in range(2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    # The first would wait for three seconds, the second for six.
    assert [task.done() for task in crowd] == [False, True]
    assert isinstance(crowd[1].exception(), RetryAfter)
    crowd[0].cancel()
    for method in ("editMessageText", "deleteMessage"):
        await pretended.request(GROUP, method)
    await pretended.request(GROUP, ephemeral_message_parameters={"receiver_user_id": PRIVATE})
    await pretended.request(GROUP - 1)
    async with asyncio.timeout(2):  # no waiting for a private chat
        for _ in range(30):
            await pretended.request(PRIVATE)
    assert len(pretended.asked) == 20 + 2 + 1 + 1 + 30


async def test_so_many_a_second_in_all_and_what_is_begun_may_always_be_filled() -> None:
    pretended = Pretended(per_second=2)
    crowd = [asyncio.create_task(pretended.request(chat)) for chat in range(1, 12)]
    edits = [asyncio.create_task(pretended.request(chat, "editMessageText")) for chat in range(1, 4)]
    await asyncio.sleep(0.01)
    # Two at once, six within three seconds; the others are to come again.
    assert len(pretended.asked) == 2
    told = [task.exception() for task in crowd[8:]]
    assert all(isinstance(error, RetryAfter) for error in told)
    assert not any(task.done() for task in (*crowd[2:8], *edits))
    polled = asyncio.create_task(pretended.request(None, "getupdates"))
    await asyncio.sleep(0.01)
    assert polled.done()
    for task in (*crowd, *edits):
        task.cancel()


async def test_a_message_whose_turn_does_not_come_is_put_off_and_an_edit_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("adapters.telegram.pace._TURN_SECONDS", 0.02)
    pretended, free = Pretended(parallel=1), asyncio.Event()

    async def hang(*_: object) -> Answer:
        return await free.wait()

    hanging = asyncio.create_task(
        pretended.pace.process_request(hang, (), {}, "getMe", {}, None)  # the only one at once
    )
    await asyncio.sleep(0)
    edit = asyncio.create_task(pretended.request(PRIVATE, "editMessageText"))
    with pytest.raises(RetryAfter):
        await pretended.request(PRIVATE)
    assert pretended.asked == []
    free.set()
    await asyncio.gather(hanging, edit)
    assert len(pretended.asked) == 1


async def test_what_is_remembered_of_chats_is_bounded() -> None:
    pretended = Pretended(per_second=100_000)
    for chat in range(1, 3_000):
        await pretended.request(-chat)
        await pretended.refused(chat, 1)
    assert len(pretended.pace._groups) <= 1_000
    assert len(pretended.pace._held) <= 1_000


def paced(bed: TelegramBed, per_second: int = 25) -> Telegram:
    """An adapter that really sleeps."""
    section = {"token": bed.token, "api_base_url": bed.url, "requests_per_second": per_second}
    return Telegram(Section.model_validate(section))


async def test_who_asks_elsewhere_does_not_wait_for_a_flooded_chat(bed: TelegramBed) -> None:
    kim, lee, recorder = bed.user("Kim", started=True), bed.user("Lee", started=True), Recorder(answer_twice)
    async with running(bed, recorder, adapter=paced(bed)):
        bed.fail("sendMessage", "flood", seconds=2, chat=kim)
        await bed.command(kim, kim, "/help")
        await bed.wait_for(lambda: bed.calls_to("sendMessage"))
        await bed.command(lee, lee, "/help")
        await answered(bed, recorder, 2)
    # Kim's second try goes out when Telegram lets it; Lee's answer was there before.
    posts = [call.params.integer("chat_id") for call in bed.calls_to("sendMessage")]
    assert posts == [kim.id, lee.id, lee.id, kim.id]
    first, _, _, second = (call.at for call in bed.calls_to("sendMessage"))
    assert second - first >= 2
    assert [len(bed.seen_by(one, one, from_bot=True)) for one in (kim, lee)] == [1, 2]


async def answer_twice(adapter: Adapter, event: Event) -> Receipt:
    await adapter.send_private(event.origin, SCREEN, Road.ANSWER)
    return await adapter.send_private(event.origin, SCREEN, Road.ANSWER)


async def test_a_chat_closed_for_long_is_not_asked_again(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder(answer)
    async with running(bed, recorder, adapter=paced(bed)):
        bed.fail("sendMessage", "flood", seconds=30)
        for times in (1, 2):
            await bed.command(kim, kim, "/help")
            await answered(bed, recorder, times)
    outcomes = [receipt.outcome for receipt in recorder.results if isinstance(receipt, Receipt)]
    assert outcomes == [Outcome.THROTTLED] * 2
    assert len(bed.calls_to("sendMessage")) == 1


async def test_a_crowd_is_answered_no_faster_than_so_many_requests_a_second(bed: TelegramBed) -> None:
    people = [bed.user("Kim", started=True) for _ in range(12)]
    recorder = Recorder(answer)
    async with running(bed, recorder, adapter=paced(bed, per_second=10)):
        await bed.settle()
        began = len(bed.calls)
        for person in people:
            await bed.command(person, person, "/help")
        await answered(bed, recorder, len(people))
        work = [call for call in bed.calls[began:] if call.method != "getUpdates"]
        polls = [call for call in bed.calls[began:] if call.method == "getUpdates"]
    assert recorder.results == [Receipt(Outcome.DELIVERED)] * len(people)
    assert len(work) == 2 * len(people)
    # A bucket of ten is full at first, so that of 24 requests the last comes after 1.4 s.
    assert work[-1].at - work[0].at >= (len(work) - 10) / 10 * 0.9
    assert len(polls) > 2  # it listened all the while


async def test_a_note_that_would_be_too_many_for_its_group_is_put_off(bed: TelegramBed) -> None:
    group = bed.group("Guild")
    place = Place("telegram", str(group.id), False, str(group.id))
    async with running(bed, Recorder(), adapter=paced(bed, per_second=1_000)) as adapter:
        receipts = await asyncio.gather(*(adapter.send_note(place, NOTE) for _ in range(24)))
    put_off = [receipt for receipt in receipts if receipt.outcome is Outcome.THROTTLED]
    assert len(put_off) == 3
    assert all(receipt.retry_after for receipt in put_off)
