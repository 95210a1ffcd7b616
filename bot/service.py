"""What happens when something arrives?"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.busy import Busy
from bot.config import Defaults
from bot.content.counting import topic
from bot.content.taps import TAKE_BACK, UNSAFE
from bot.delivery.notes import Notes
from bot.delivery.roads import Roads
from bot.guard import Floods
from bot.guide import NOTHING, Chosen, Erase, Go, Guide, Pressed, Stop, TakeBack, Wipe, parse
from bot.memberships import Memberships
from bot.memory import Recent
from bot.model import Command, Message, Origin, Outcome, Person, Press, Road
from bot.offers import Offers
from bot.ops.metrics import Metrics
from bot.policy import Mode, roads_for_asker, roads_for_press, too_late
from bot.ports import CommandInfo

log = structlog.get_logger()

WIPED = "wiped"


@dataclass(frozen=True, slots=True)
class Service:
    """The `Handler` of one adapter. What people ask for needs no database, and waits for none."""

    platform: str
    guide: Guide
    roads: Roads
    notes: Notes
    offers: Offers
    floods: Floods
    memberships: Memberships
    metrics: Metrics
    defaults: Defaults
    now: Callable[[], datetime]
    # Each version of a message is taken once: platforms repeat events, and send edits for link previews.
    taken: Recent = field(default_factory=lambda: Recent(10_000))
    busy: Busy = field(default_factory=Busy)

    @property
    def menu(self) -> Sequence[CommandInfo]:
        """The commands to register with the platform."""
        return self.guide.menu()

    def countries(self, typed: str, locale: str | None) -> Sequence[tuple[str, str]]:
        """Return the countries that fit what was typed so far."""
        return self.guide.countries(typed, locale, self.defaults.country)

    def hears(self, person: Person) -> bool:
        """Tell whether they are to be heard; not while they flood the bot."""
        heard = self.floods.hears(person, self.now())
        if not heard:
            self.metrics.flood(self.platform)
        return heard

    async def tend(self) -> None:
        """Save what could not be saved yet, and let go of what is too old."""
        self.floods.sweep(self.now())
        await self.offers.tend()

    def report(self) -> None:
        """Log the sums since the last report."""
        self.offers.report()
        self.roads.report()

    async def on_command(self, command: Command) -> None:
        """Answer a command."""
        if too_late(command.sent_at, self.now()):
            return
        with self._guarded("command"):
            wanted = await self._wanted_by_command(command)
            await self._answer(command.origin, wanted, roads_for_asker(command.origin), "command")

    async def on_press(self, press: Press) -> None:
        """Answer a button."""
        with self._guarded("button"):
            pressed = parse(press.button)
            wanted = await self._wanted_by_press(press.origin, pressed)
            ticket = pressed.ticket if isinstance(pressed, TakeBack) and not pressed.sure else ""
            await self._answer(press.origin, wanted, roads_for_press(), "button", ticket)

    async def on_message(self, message: Message) -> None:
        """Judge a message, or answer it when it was said to the bot."""
        if not self.taken.add((message.key, hash(message.text))):
            return
        self.metrics.message(self.platform)
        with self._guarded("message"):
            if message.addressed:
                await self._reply(message)
            elif self.defaults.triggers is not Mode.OFF:
                await self.offers.consider(message)

    async def on_membership(self, communities: Sequence[str], *, inside: bool) -> None:
        """Note where the bot was removed, so that what is kept of it goes; or that it is back."""
        with self._guarded("membership"):
            await self.memberships.hear(communities, inside=inside)

    async def _wanted_by_command(self, command: Command) -> Go:
        locale = command.origin.person.locale
        match command.name:
            case "help":
                found = self.guide.find(command.argument, locale)
                return Go(found, self.guide.country(command.country, locale))
            case "start":
                return self.guide.start(command.argument)
            case "stop":
                return await self._stop(command.origin)
            case "privacy":
                return Go("privacy")
            case "forget":
                return Go("forget")
        return Go("index")

    async def _wanted_by_press(self, origin: Origin, pressed: Pressed | None) -> Go:
        match pressed:
            case Go() as go:
                return go
            case Stop(chosen):
                return await self._stop(origin, chosen)
            case Erase(everything, chosen):
                return await self._erase(origin, everything, chosen)
            case TakeBack(ticket, sure=True):
                gone = await self.offers.tickets.redeem(origin.person, ticket)
                return Go("taken-back" if gone else "not-taken-back")
            case TakeBack():
                return Go(TAKE_BACK)
            case Wipe(chosen):
                return Go(WIPED, chosen)
        return Go("index")

    async def _reply(self, message: Message) -> None:
        if too_late(message.sent_at, self.now()):
            return
        if self.guide.is_stop(message.text, message.origin.person.locale):
            wanted = await self._stop(message.origin)
        else:
            wanted = Go(self._screen_for(message))
        ticket = self.offers.tickets.ticket(message)
        await self._answer(message.origin, wanted, roads_for_asker(message.origin), "message", ticket)

    def _screen_for(self, message: Message) -> str:
        found = self.guide.find(message.text, message.origin.person.locale)
        # Where others see it too, it is for the moderators to take it away.
        refused = message.picture and message.origin.place.private and found != UNSAFE
        return "no-pictures" if refused else found

    async def _stop(self, origin: Origin, chosen: Chosen = NOTHING) -> Go:
        return Go("stopped" if await self.offers.optouts.add(origin.person) else "stop-failed", chosen)

    async def _erase(self, origin: Origin, everything: bool, chosen: Chosen) -> Go:
        if not await self.offers.forget(origin.person, keep_opt_out=not everything):
            return Go("not-erased", chosen)
        return Go("erased" if everything else "erased-but-stop", chosen)

    async def _answer(
        self, origin: Origin, wanted: Go, roads: Sequence[Road], surface: str, ticket: str = ""
    ) -> None:
        locale, country = origin.person.locale, self.defaults.country
        screen = self.guide.screen(wanted.screen, locale, country, wanted.chosen)
        screen = self.guide.with_take_back(screen, ticket, locale)
        screen = replace(screen, clears=screen.id == WIPED)
        self.metrics.help_request(self.platform, topic(screen.id), surface)
        outcome = await self.roads.walk(origin, screen, roads)
        if outcome is Outcome.UNREACHABLE and Road.NOTE in roads:
            note = self.guide.screen("note", self.defaults.language, country)
            await self.notes.at_once(origin.place, note)

    @contextmanager
    def _guarded(self, what: str) -> Iterator[None]:
        """Keep one person's trouble from stopping the others' help."""
        with self.busy:
            try:
                yield
            except Exception as error:
                # The class alone: the text of an exception may hold what somebody wrote.
                log.error("not answered", platform=self.platform, what=what, error=type(error).__name__)
