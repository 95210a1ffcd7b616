"""What did an adapter bring in?  A handler that keeps everything and answers only when told how."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from bot.model import Command, Message, Person, Press
from bot.ports import Adapter, CommandInfo

Event: TypeAlias = Command | Press | Message
Reaction: TypeAlias = Callable[[Adapter, Event], Awaitable[object]]

MENU = (
    CommandInfo(
        "help", "sextortion", {"en": "Someone threatens to share your pictures", "de": "Jemand droht"}
    ),
    CommandInfo("help", "friend", {"en": "Help somebody you know"}),
)


class Recorder:
    """Implements `bot.ports.Handler`. `react` is awaited after each event, if there is an adapter."""

    def __init__(self, react: Reaction | None = None, menu: Sequence[CommandInfo] = MENU) -> None:
        self.adapter: Adapter | None = None
        self.menu: Sequence[CommandInfo] = menu
        self.commands: list[Command] = []
        self.presses: list[Press] = []
        self.messages: list[Message] = []
        self.memberships: list[tuple[str, bool]] = []
        self.results: list[object] = []
        self.react = react
        self.deaf_to: set[str] = set()

    def countries(self, typed: str, locale: str | None) -> Sequence[tuple[str, str]]:
        return [(f"{typed} in {locale}", "gb")]

    def hears(self, person: Person) -> bool:
        return person.id not in self.deaf_to

    async def on_command(self, command: Command) -> None:
        self.commands.append(command)
        await self._reacted(command)

    async def on_press(self, press: Press) -> None:
        self.presses.append(press)
        await self._reacted(press)

    async def on_message(self, message: Message) -> None:
        self.messages.append(message)
        await self._reacted(message)

    async def on_membership(self, communities: Sequence[str], *, inside: bool) -> None:
        self.memberships += [(community, inside) for community in communities]

    async def _reacted(self, event: Event) -> None:
        if self.react is not None and self.adapter is not None:
            self.results.append(await self.react(self.adapter, event))
