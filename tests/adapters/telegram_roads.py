"""What do the tests of Telegram's roads send, and how do they look at who sees it?"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot.model import Button, Paragraph, Receipt, Road, Screen
from bot.ports import Adapter
from tests.adapters.recorder import Event, Recorder
from tests.beds.telegram import Group, Shown, TelegramBed, User

SECRET = "do not pay"
SCREEN = Screen(
    "sextortion/sent-more",
    "Only you see this",
    (Paragraph(SECRET),),
    (Button("Paid", "paid"),),
    link="sextortion_sent-more",
)
VEILED = Screen("offer", "A private note", (Paragraph(SECRET),), (Button("Stop", "stop"),), veiled=True)
NOTE = Screen("note", "We are here for everyone.", actions=(Button("Open", "sextortion"),))


async def answer(adapter: Adapter, event: Event) -> Receipt:
    return await adapter.send_private(event.origin, SCREEN, Road.ANSWER)


def by(road: Road, screen: Screen = VEILED) -> Callable[[Adapter, Event], Awaitable[Receipt]]:
    async def react(adapter: Adapter, event: Event) -> Receipt:
        return await adapter.send_private(event.origin, screen, road)

    return react


@asynccontextmanager
async def old_bed(api: str) -> AsyncIterator[TelegramBed]:
    async with TelegramBed(privacy=False, api=api) as bed:  # type: ignore[arg-type]  # a parameter of the tests
        yield bed


def readable(seen: tuple[Shown, ...]) -> str:
    return "\n".join(shown.words for shown in seen)


def only(recorder: Recorder) -> Receipt:
    (receipt,) = recorder.results
    assert isinstance(receipt, Receipt)
    return receipt


def nobody_else_saw(bed: TelegramBed, others: list[User], group: Group) -> bool:
    return all(SECRET not in readable(bed.ever_seen_by(user, group)) for user in others)
