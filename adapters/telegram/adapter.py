"""How does the bot stay connected to Telegram, and speak there?"""

import asyncio
import random
import time
from collections.abc import Coroutine
from functools import partial

import structlog
from telegram import Update

from adapters.telegram import attempts, commands, inbound
from adapters.telegram.backoff import Backoff, Random, Sleep
from adapters.telegram.client import PARALLEL_SENDS, make_bot
from adapters.telegram.config import Section
from adapters.telegram.ephemeral import Ephemeral
from adapters.telegram.handles import PublicCommand
from adapters.telegram.lanes import Lanes
from adapters.telegram.pace import Pace
from adapters.telegram.place import chat_of, topic_of
from adapters.telegram.polling import Poller
from adapters.telegram.removal import remove
from adapters.telegram.rights import Clock, Rights
from adapters.telegram.roads import Roads, send_note
from adapters.telegram.sent import Sent
from adapters.telegram.unfinished import Unfinished
from bot.model import Attempt, Command, Message, Origin, Outcome, Place, Press, Receipt, Road, Screen
from bot.ports import Handler

log = structlog.get_logger()

_OPEN_OF_ONE = 20
_OPEN_UPDATES = 256
_GRACE_SECONDS = 3.0
_MOST_DOUBTS = 2


class Telegram:
    """Telegram, by long polling. `sleep`, `random` (0 to 1) and `clock` (seconds) are for tests."""

    def __init__(
        self,
        section: Section,
        *,
        sleep: Sleep = asyncio.sleep,
        random: Random = random.random,
        clock: Clock = time.monotonic,
    ) -> None:
        pace = Pace(sleep, clock, section.requests_per_second, PARALLEL_SENDS)
        self._bot = make_bot(section, pace)
        self._backoff = partial(Backoff, sleep, random)
        self._clock = clock
        self._rights = Rights(self._bot, clock)
        self._ephemeral = Ephemeral(self._bot, self._take_down)
        self._roads = Roads(self._bot, self._ephemeral, self._rights, Sent(clock))
        self._background: set[asyncio.Task[None]] = set()

    @property
    def name(self) -> str:
        """The folder's name, equal to `Person.platform` of all it brings in."""
        return inbound.PLATFORM

    async def run(self, handler: Handler) -> None:
        """Connect and feed the handler until cancelled.

        Retries network trouble for ever. Raises StartError for a wrong or withdrawn token. When
        cancelled, what is being answered has three seconds to end.
        """
        lanes = Lanes(_OPEN_UPDATES)
        poller = Poller(self._bot, self._backoff(), Unfinished(self._clock))
        try:
            await poller.connect()
            log.info("telegram_connected", ephemeral=await self._ephemeral.supported())
            self._in_background(commands.register(self._bot, handler.menu, self._backoff()))
            await poller.run(partial(self._take, lanes, handler))
        finally:
            await lanes.drain(_GRACE_SECONDS)
            await poller.confirm()
            await self._stop_background()
            await self._bot.shutdown()

    async def send_private(
        self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
    ) -> Receipt:
        """Show the screen to this person alone, by this road (any but NOTE); never raises for a refusal.

        Telegram has no key by which it would know a message again: what may have arrived twice is not
        sent a third time.
        """
        if attempt is not None and attempt.doubts >= _MOST_DOUBTS:
            return attempts.IN_DOUBT
        match road:
            case Road.ANSWER:
                return await self._roads.answer(origin, screen)
            case Road.DIRECT:
                return await self._roads.direct(origin, screen, attempt)
            case Road.EPHEMERAL:
                return await self._roads.ephemeral(origin, screen, attempt)
            case Road.NOTE:
                return attempts.UNREACHABLE

    async def send_note(self, place: Place, screen: Screen, attempt: Attempt | None = None) -> Receipt:
        """Post a neutral note, as a reply to nothing and without a notification sound.

        Never a second time: of a first one in doubt nobody knows the id, so that it would stand for ever.
        """
        if attempt is not None and attempt.doubts:
            return attempts.IN_DOUBT
        send = partial(send_note, self._bot, topic_of(place), screen)
        sent = await attempts.attempt(send, chat_of(place))
        return sent if isinstance(sent, Receipt) else Receipt(Outcome.DELIVERED, note=str(sent.message_id))

    async def remove(self, place: Place, posted: str) -> bool:
        """Delete a message; network trouble is waited out."""
        delete = partial(self._bot.delete_message, chat_of(place), int(posted))
        return await remove(delete, self._backoff())

    async def _take(self, lanes: Lanes, handler: Handler, update: Update) -> asyncio.Task[None] | None:
        event = self._understood(update)
        if event is None:
            return None
        if isinstance(event, inbound.Membership):
            told = partial(handler.on_membership, [str(event.chat)], inside=event.inside)
            return await lanes.submit(event.chat, told)
        # Whoever asks does not wait for what they were to get unasked.
        unasked = isinstance(event, Message) and not event.addressed
        lane = event.origin.person.id, unasked
        # Before it takes a place in the queue: those are for everybody. What is said in a group always does.
        if not unasked and not (handler.hears(event.origin.person) and lanes.waiting(lane) < _OPEN_OF_ONE):
            return None
        return await lanes.submit(lane, partial(self._handle, handler, event))

    def _understood(self, update: Update) -> inbound.Event | inbound.Membership | None:
        """Return what was done; None for all else, and for an update in which something is missing."""
        try:
            if update.my_chat_member is not None:
                self._rights.learn(update.my_chat_member.chat.id, update.my_chat_member.new_chat_member)
                return inbound.membership(update.my_chat_member)
            return inbound.read(update, self._bot.bot)
        except Exception as error:
            # python-telegram-bot checks no types, and what is raised here would come again after a restart.
            log.error("telegram_update_unreadable", error=type(error).__name__)
            return None

    async def _handle(self, handler: Handler, event: inbound.Event) -> None:
        match event:
            case Command():
                if isinstance(event.origin.handle, PublicCommand):
                    # It tells the group who asked for help. The answer does not wait for its removal.
                    self._take_down(chat_of(event.origin.place), event.origin.handle.message)
                await handler.on_command(event)
            case Press():
                await handler.on_press(event)
                await self._roads.settle(event.origin)
            case _:
                await handler.on_message(event)

    def _take_down(self, chat: int, message: int) -> None:
        self._in_background(self._taken_down(chat, message))

    async def _taken_down(self, chat: int, message: int) -> None:
        if not await remove(partial(self._bot.delete_message, chat, message), self._backoff()):
            log.warning("telegram_not_removed")

    def _in_background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _stop_background(self) -> None:
        tasks = list(self._background)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
