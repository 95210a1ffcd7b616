"""When is an update confirmed, so that it does not come again?  Once it was handled.  Over sockets."""

import asyncio

from structlog.testing import capture_logs

from bot.model import Message
from bot.ports import Adapter
from tests.adapters.recorder import Event, Recorder
from tests.adapters.telegram_setup import answered, make, running
from tests.beds.telegram import TelegramBed, User


class Hanging:
    """Reacts to everything at once, except to what says "slow" until it is `free`."""

    def __init__(self) -> None:
        self.free = asyncio.Event()

    async def __call__(self, _: Adapter, event: Event) -> str:
        text = event.text if isinstance(event, Message) else ""
        if text.startswith("slow"):
            await self.free.wait()
        return text


def unconfirmed(bed: TelegramBed) -> int:
    return bed._world.updates.waiting


def pair(bed: TelegramBed) -> tuple[User, User]:
    return bed.user("Kim", started=True), bed.user("Lee", started=True)


async def test_an_update_is_confirmed_when_it_and_all_before_it_were_handled(bed: TelegramBed) -> None:
    (kim, lee), hanging = pair(bed), Hanging()
    recorder = Recorder(hanging)
    async with running(bed, recorder):
        await bed.say(lee, lee, "before")
        await bed.wait_for(lambda: not unconfirmed(bed))
        await bed.say(kim, kim, "slow")
        for number in range(3):
            await bed.say(lee, lee, f"after {number}")
            await answered(bed, recorder, 2 + number)  # others are heard meanwhile
        assert unconfirmed(bed) == 4
        hanging.free.set()
        await bed.wait_for(lambda: not unconfirmed(bed))
    assert sorted(map(str, recorder.results)) == ["after 0", "after 1", "after 2", "before", "slow"]
    assert len(recorder.messages) == 5


async def test_waiting_for_one_does_not_ask_the_server_all_the_time(bed: TelegramBed) -> None:
    (kim, lee), hanging = pair(bed), Hanging()
    recorder = Recorder(hanging)
    async with running(bed, recorder):
        await bed.say(kim, kim, "slow")
        await bed.wait_for(lambda: recorder.messages)
        before, loop = len(bed.calls_to("getUpdates")), asyncio.get_running_loop()
        began = loop.time()
        await asyncio.sleep(2)
        # Every half a second, after a few quick ones.
        assert len(bed.calls_to("getUpdates")) - before <= 8 + 2 * (loop.time() - began)
        await bed.say(lee, lee, "hello")
        await answered(bed, recorder)
        hanging.free.set()


async def test_what_a_stop_interrupts_comes_again_and_what_was_handled_does_not(bed: TelegramBed) -> None:
    (kim, lee), first, second = pair(bed), Recorder(Hanging()), Recorder()
    await bed.say(lee, lee, "before")
    async with running(bed, first):
        await answered(bed, first)
        await bed.say(kim, kim, "slow")
        await bed.wait_for(lambda: len(first.messages) == 2)
    assert unconfirmed(bed) == 1
    async with running(bed, second):
        await bed.say(lee, lee, "then")
        await bed.wait_for(lambda: len(second.messages) == 2)
    assert [message.text for message in second.messages] == ["slow", "then"]


async def test_what_ends_while_the_bot_stops_is_confirmed(bed: TelegramBed) -> None:
    kim, begun = bed.user("Kim", started=True), asyncio.Event()

    async def take_a_moment(_: Adapter, __: Event) -> None:
        begun.set()
        await asyncio.sleep(0.3)

    async with running(bed, Recorder(take_a_moment)):
        await bed.say(kim, kim, "hello")
        await begun.wait()
        assert unconfirmed(bed) == 1
    assert unconfirmed(bed) == 0


async def test_one_that_hangs_holds_up_a_hundred_others_only_for_some_seconds(bed: TelegramBed) -> None:
    (kim, _), hanging, now = pair(bed), Hanging(), [0.0]
    recorder = Recorder(hanging)
    async with running(bed, recorder, adapter=make(bed, clock=lambda: now[0])):
        await bed.say(kim, kim, "slow")
        for number in range(150):
            other = bed.user(f"{number}", started=True)
            await bed.say(other, other, f"{number}")
        await answered(bed, recorder, 99)
        await asyncio.sleep(0.6)  # more than the longest pause
        assert (len(recorder.results), unconfirmed(bed)) == (99, 151)
        now[0] = 11.0
        await answered(bed, recorder, 150)
        await bed.wait_for(lambda: not unconfirmed(bed))
        hanging.free.set()
        await answered(bed, recorder, 151)


async def test_what_makes_no_sense_is_said_once_however_often_it_comes(bed: TelegramBed) -> None:
    (kim, lee), hanging = pair(bed), Hanging()
    recorder = Recorder(hanging)
    with capture_logs() as logs:
        async with running(bed, recorder):
            await bed.say(kim, kim, "slow")
            bed._world.updates.push("message", {"message_id": 1, "date": "soon"})
            for number in range(3):
                await bed.say(lee, lee, f"after {number}")
                await answered(bed, recorder, 1 + number)
            hanging.free.set()
    assert [line["event"] for line in logs].count("telegram_update_unreadable") == 1
