"""How do people meet the bot in a terminal?  Every line is said in one group."""

import asyncio
import contextlib
import itertools
import sys
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console as Terminal

from adapters.console import inbound, outbound
from adapters.console.config import Section
from bot.model import (
    Attempt,
    Button,
    Command,
    Link,
    Message,
    Origin,
    Outcome,
    Person,
    Place,
    Press,
    Receipt,
    Road,
    Screen,
)
from bot.ports import Handler

NAME = "console"
GROUP = Place(NAME, "group", private=False, community="group")
ROADS = (Road.ANSWER, Road.DIRECT, Road.EPHEMERAL)

WELCOME = """This is a group chat with the bot in it. You are a member.
  /help sextortion       ask for help; only you see the answer
  any text               say it to the group; try: someone is threatening to leak my nudes
  !press LABEL           press a button of the newest message that has it
  !as NAME               become another member
Ctrl-D ends it."""
USAGE = "known are: !press LABEL-or-ID, !as NAME"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was printed, and for whom; None is everyone."""

    screen: Screen
    reader: str | None


class Console:
    """The adapter. Feeds one line at a time, so that what is printed stays in order.

    `lines` and `out` are standard input and output unless something else is given.
    """

    name = NAME

    def __init__(
        self, section: Section, lines: AsyncIterator[str] | None = None, out: Terminal | None = None
    ) -> None:
        self._section = section
        self._lines = lines
        self._out = out or Terminal(highlight=False)
        self._err = Terminal(stderr=True, highlight=False)
        self._member = "you"
        self._sent: list[Sent] = []
        self._keys = itertools.count(1)

    async def run(self, handler: Handler) -> None:
        """Read lines until the input ends."""
        interactive = sys.stdin.isatty() and not self._section.as_json
        if interactive:
            self._out.print(WELCOME, style="dim")
        typed = self._lines or _typed(lambda: f"{self._member}> " if interactive else "")
        async for line in typed:
            await self._feed(handler, line)

    async def send_private(
        self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
    ) -> Receipt:
        """Print it as seen by the member alone."""
        if road not in ROADS:
            return Receipt(Outcome.UNREACHABLE)
        self._print(screen, road, origin.person.id)
        return Receipt(Outcome.DELIVERED)

    async def send_note(self, place: Place, screen: Screen, attempt: Attempt | None = None) -> Receipt:
        """Print it as seen by everyone."""
        self._print(screen, Road.NOTE, None)
        return Receipt(Outcome.DELIVERED, note=str(len(self._sent)))

    async def remove(self, place: Place, posted: str) -> bool:
        """Leave it: what is printed stays printed, and nobody else reads it."""
        return True

    async def _feed(self, handler: Handler, line: str) -> None:
        origin = Origin(Person(NAME, self._member, self._section.locale), GROUP)
        match inbound.parse(line):
            case inbound.Say(text):
                await handler.on_message(Message(origin, str(next(self._keys)), text, datetime.now(UTC)))
            case inbound.Slash(name, argument):
                await handler.on_command(Command(origin, name, datetime.now(UTC), argument))
            case inbound.Push(target):
                await self._press(handler, origin, target)
            case inbound.Become(name):
                self._member = name
            case inbound.Unclear():
                self._err.print(USAGE)

    async def _press(self, handler: Handler, origin: Origin, target: str) -> None:
        wanted = target.casefold()
        for sent in reversed(self._sent):
            if sent.reader not in (None, self._member):
                continue
            for action in sent.screen.buttons:
                if isinstance(action, Button) and wanted in (action.label.casefold(), action.id):
                    return await handler.on_press(Press(origin, action.id))
                if isinstance(action, Link) and wanted == action.label.casefold():
                    return self._err.print(f"opens {action.url}")
        self._err.print(f"no message here has the button {target!r}", markup=False)

    def _print(self, screen: Screen, road: Road, reader: str | None) -> None:
        self._sent.append(Sent(screen, reader))
        if self._section.as_json:
            self._out.out(outbound.as_json(screen, road))
            return
        who = "everyone sees this" if reader is None else f"only {reader} can see this"
        self._out.print(outbound.as_panel(screen, road, who))


async def _typed(prompt: Callable[[], str]) -> AsyncIterator[str]:
    # A daemon thread, because a blocked read cannot be cancelled and would hold up the exit.
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    ready = threading.Semaphore(0)

    def read() -> None:
        while ready.acquire():
            sys.stdout.write(prompt())
            sys.stdout.flush()
            try:
                line = sys.stdin.readline()
            except (OSError, ValueError):
                line = ""
            with contextlib.suppress(RuntimeError):  # the loop is gone: the program is ending
                loop.call_soon_threadsafe(lines.put_nowait, line or None)
            if not line:
                return

    threading.Thread(target=read, daemon=True).start()
    while True:
        ready.release()
        if (line := await lines.get()) is None:
            return
        yield line
