"""How does the bot stay connected to Discord, and speak there?"""

import asyncio
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime

import discord
import structlog

from adapters.discord import inbound
from adapters.discord.attempts import Sleep, heard
from adapters.discord.budget import HOUR, Budget
from adapters.discord.client import Client, aim
from adapters.discord.config import Section
from adapters.discord.invalid import Invalid
from adapters.discord.outbound import named
from adapters.discord.roads import Roads
from bot.errors import StartError
from bot.model import Attempt, Origin, Outcome, Place, Receipt, Road, Screen
from bot.ports import Handler

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0  # Discord allows 1,000 IDENTIFYs a day
AUTHENTICATION_FAILED = 4004  # gateway close code

LOGIN_REFUSED = (
    "discord: the token is refused; copy a new one from the Developer Portal (Bot > Reset Token) "
    "into discord.token or the file that discord.token_file names"
)
CONTENT_REFUSED = (
    "running without: what members write goes unnoticed; /help, buttons, direct messages and mentions work. "
    "To notice messages, switch on 'Message Content Intent' in the Developer Portal (Bot) and restart"
)


def _now() -> datetime:
    return datetime.now(UTC)


class Discord:
    """The adapter. `sleep` takes seconds; `chance` gives a number from 0 to 1.

    `clock` gives seconds that only grow.
    """

    name = inbound.NAME

    def __init__(
        self,
        section: Section,
        *,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        now: Callable[[], datetime] = _now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._section = section
        self._sleep = sleep
        self._chance = chance
        self._now = now
        self._clock = clock
        self._client: Client | None = None
        self._message_content = True
        self._registered: object = None
        self._budget = Budget(section, clock)
        self._invalid = Invalid(clock)

    async def run(self, handler: Handler) -> None:
        """Stay connected until cancelled. Raises StartError when Discord refuses the token."""
        reporting = asyncio.create_task(self._report())
        reporting.add_done_callback(heard)
        try:
            await self._stay(handler)
        finally:
            reporting.cancel()

    async def _report(self) -> None:
        """By the clock, so that no line tells when somebody was written to."""
        while True:
            await self._sleep(HOUR)
            self._budget.report()

    async def _stay(self, handler: Handler) -> None:
        failures = 0
        while True:
            client = self.attach(handler)
            error = await self._session(client, handler)
            if isinstance(error, discord.PrivilegedIntentsRequired) and self._message_content:
                log.warning("discord_message_content_refused", mend=CONTENT_REFUSED)
                self._message_content = False
                continue
            failures = 1 if client.was_ready else failures + 1
            pause = self._pause(failures)
            log.warning("discord_unreachable", error=named(error), retry_in=round(pause, 1))
            await self._sleep(pause)

    def attach(self, handler: Handler) -> Client:
        """Speak through a new client, which is not connected yet."""
        self._client = Client(handler, self._invalid, message_content=self._message_content)
        return self._client

    async def send_private(
        self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
    ) -> Receipt:
        """Answer where they asked if that is private or can be made so, or write to them directly."""
        roads, interaction = self._roads, origin.handle
        if roads is None:
            return Receipt(Outcome.FAILED)
        if road is Road.ANSWER and isinstance(interaction, discord.Interaction):
            return await roads.answer(interaction, screen)
        if road is Road.DIRECT and (refusal := self._unasked(origin, screen, attempt)) is not None:
            return refusal
        if road is Road.DIRECT or (road is Road.ANSWER and origin.place.private):
            return await roads.direct(origin, screen, road, attempt)
        # Discord shows nothing to one person alone unless they asked or pressed.
        return Receipt(Outcome.UNREACHABLE)

    async def send_note(self, place: Place, screen: Screen, attempt: Attempt | None = None) -> Receipt:
        """Post it in the channel, silently."""
        roads = self._roads
        if roads is None:
            return Receipt(Outcome.FAILED)
        return self._invalid.refusal() or await roads.note(place, screen, attempt)

    async def remove(self, place: Place, posted: str) -> bool:
        """Delete it, however long Discord cannot be reached: a note must not stand for ever."""
        failures = 0
        while (roads := self._roads) is None or (gone := await roads.removed(place, posted)) is None:
            failures += 1
            await self._sleep(self._pause(failures))
        return gone

    @property
    def _roads(self) -> Roads | None:
        client = self._client
        if client is None or not client.can_speak:
            return None
        return Roads(client, self._sleep, self._now, self._clock)

    def _unasked(self, origin: Origin, screen: Screen, attempt: Attempt | None) -> Receipt | None:
        """What forbids to write to somebody who did not ask; None when nothing does, or they asked."""
        if attempt is None and not screen.veiled:
            return None
        if (refusal := self._invalid.refusal()) is not None:
            return refusal
        # Of whom there is doubt, the conversation was begun, maybe by an earlier process.
        return None if attempt is not None and attempt.doubts else self._budget.refusal(origin.person.id)

    async def _session(self, client: Client, handler: Handler) -> Exception | None:
        """Be connected once, and return what ended it. Raises StartError when a retry cannot help."""
        aim(self._section)
        try:
            await client.login(self._section.token.get_secret_value())
            await self._register(client, handler)
            await client.run_until_lost(self._section.gateway_url)
        except discord.LoginFailure:
            raise StartError(LOGIN_REFUSED) from None
        except discord.ConnectionClosed as error:
            if error.code == AUTHENTICATION_FAILED:
                raise StartError(LOGIN_REFUSED) from None
            return error
        except Exception as error:
            # Broad on purpose: a proxy's sign-in page makes discord.py raise KeyError and TypeError.
            return error
        finally:
            await client.shut()
        return None

    async def _register(self, client: Client, handler: Handler) -> None:
        """Register the menu once in this process's life, and again only when it has changed.

        Simpler than comparing it with what Discord has, and as cheap: replacing a command by itself
        counts towards no limit.
        """
        menu = list(handler.menu)
        if menu != self._registered and await client.tree.register():
            self._registered = menu

    def _pause(self, failures: int) -> float:
        longest = min(FIRST_PAUSE * 2.0 ** min(failures, 20), LONGEST_PAUSE)
        return longest * (1 + self._chance()) / 2
