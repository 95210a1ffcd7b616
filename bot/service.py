"""What happens when something arrives?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.config import Defaults
from bot.delivery.notes import Notes
from bot.delivery.roads import ASKED, Roads
from bot.guide import Go, Guide, Stop, Wipe, parse
from bot.memory import Recent
from bot.model import Command, Message, Origin, Outcome, Press, Road
from bot.offers import Offers
from bot.ops.metrics import Metrics
from bot.policy import Mode, roads_for_asker, roads_for_press, too_late
from bot.ports import CommandInfo

log = structlog.get_logger()

# What people type to be left alone; the buttons say the same.
STOP_WORDS = frozenset({"stop", "unsubscribe"})


@dataclass(frozen=True, slots=True)
class Service:
    """The `Handler` of one adapter. What people ask for needs no database, and waits for none."""

    platform: str
    guide: Guide
    roads: Roads
    notes: Notes
    offers: Offers
    metrics: Metrics
    defaults: Defaults
    now: Callable[[], datetime]
    # Each version of a message is taken once: platforms repeat events, and send edits for link previews.
    taken: Recent = field(default_factory=lambda: Recent(10_000))

    @property
    def menu(self) -> Sequence[CommandInfo]:
        """The commands to register with the platform."""
        return self.guide.menu()

    async def on_command(self, command: Command) -> None:
        """Answer a command."""
        if too_late(command.sent_at, self.now()):
            return
        try:
            screen = await self._screen_of(command)
            await self._answer(command.origin, screen, roads_for_asker(command.origin), "command")
        except Exception as error:  # one person's trouble must not stop the others' help
            self._failed("command", error)

    async def on_press(self, press: Press) -> None:
        """Answer a button."""
        try:
            screen = await self._screen_behind(press)
            await self._answer(press.origin, screen, roads_for_press(), "button")
        except Exception as error:
            self._failed("button", error)

    async def on_message(self, message: Message) -> None:
        """Judge a message, or answer it when it was said to the bot."""
        if not self.taken.add((message.key, hash(message.text))):
            return
        self.metrics.message(self.platform)
        try:
            if message.addressed:
                await self._reply(message)
            elif self.defaults.triggers is not Mode.OFF:
                await self.offers.consider(message)
        except Exception as error:
            self._failed("message", error)

    async def _screen_of(self, command: Command) -> str:
        match command.name:
            case "help":
                return self.guide.find(command.argument, command.origin.person.locale)
            case "start":
                return self.guide.start(command.argument)
            case "stop":
                return await self._stop(command.origin)
            case "privacy":
                return "privacy"
        return "index"

    async def _screen_behind(self, press: Press) -> str:
        match parse(press.button):
            case Go(screen):
                return screen
            case Stop():
                return await self._stop(press.origin)
            case Wipe():
                return "wiped"
        return "index"

    async def _reply(self, message: Message) -> None:
        if too_late(message.sent_at, self.now()):
            return
        if message.text.strip(" .!/").casefold() in STOP_WORDS:
            screen = await self._stop(message.origin)
        else:
            screen = self.guide.find(message.text, message.origin.person.locale)
        await self._answer(message.origin, screen, roads_for_asker(message.origin), "message")

    async def _stop(self, origin: Origin) -> str:
        return "stopped" if await self.offers.opt_out(origin.person) else "stop-failed"

    async def _answer(self, origin: Origin, screen_id: str, roads: Sequence[Road], surface: str) -> None:
        screen = self.guide.screen(screen_id, origin.person.locale, self.defaults.country)
        self.metrics.help_request(self.platform, screen.id, surface)
        outcome = await self.roads.walk(origin, screen, roads, ASKED)
        if outcome is Outcome.UNREACHABLE and Road.NOTE in roads:
            note = self.guide.screen("note", self.defaults.language, self.defaults.country)
            await self.notes.at_once(origin.place, note)

    def _failed(self, what: str, error: Exception) -> None:
        # The class alone: the text of an exception may hold what somebody wrote.
        log.error("not answered", platform=self.platform, what=what, error=type(error).__name__)
