"""How does a test act in Discord, and look at it?"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from types import TracebackType
from typing import Self, TypeVar

from tests.beds.discord import view
from tests.beds.discord.answers import has_answered
from tests.beds.discord.http import Call
from tests.beds.discord.refusals import Unavailable
from tests.beds.discord.session import Session
from tests.beds.discord.stage import YEAR
from tests.beds.discord.trouble import Trouble
from tests.beds.discord.view import Seen, View
from tests.beds.discord.wire import Json
from tests.beds.discord.world import Attachment, Channel, Interaction, Message, User, Version

T = TypeVar("T")


class DiscordBed(Trouble):
    """A Discord on 127.0.0.1, for one bot: `async with DiscordBed() as bed`.

    Leaving it raises AssertionError if the bot asked for something that Discord does not have or does
    not allow by its schema (`faults`). Start the bot with `token`, `api_base_url` and `gateway_url`.
    """

    async def __aenter__(self) -> Self:
        await self._server.start(self._account.routes() + self._channels.routes() + self._answers.routes())
        self.gateway.url = self.gateway_url
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.stop()
        if kind is None and self.faults:
            raise AssertionError("the bot did what Discord does not take:\n" + "\n".join(self.faults))

    # What went on.

    @property
    def faults(self) -> list[str]:
        """What the bot did wrong; clear it in a test that provokes this."""
        return self._server.faults

    @property
    def calls(self) -> list[Call]:
        """Every REST request, oldest first."""
        return self._server.calls

    def calls_to(self, method: str, path: str) -> list[Call]:
        """Return the requests whose path below the base fits a glob."""
        return [call for call in self.calls if call.method == method and fnmatchcase(call.path, path)]

    @property
    def invalid_requests(self) -> int:
        """How many answers counted towards Discord's ban for 10,000 in 10 minutes."""
        return sum(call.status in {401, 403, 429} and not call.shared for call in self.calls)

    @property
    def typing(self) -> list[Channel]:
        """Where the bot showed everybody that it was typing, each time it did."""
        return self._channels.typing

    @property
    def sessions(self) -> list[Session]:
        """The gateway sessions that are connected now."""
        return [session for session in self.gateway.sessions.values() if session.connected]

    # What people do. Each waits until the bot was told; nobody is told while the bot is away.

    async def say(
        self,
        person: User,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | Seen | None = None,
        attachments: Sequence[str] = (),
        webhook: str | None = None,
        age: float = 0.0,
    ) -> Message:
        """Write a message; `person.mention` in the text mentions. `webhook`: one of that name writes it.

        `age` makes it as many seconds old when the bot hears of it.
        """
        if not channel.open_to(person):
            raise Unavailable(f"{person.name} cannot open this channel")
        files = tuple(Attachment(self.ids.make(), name, 1000) for name in attachments)
        message = self.mail.draft(channel, person, Version(text, attachments=files), age)
        if webhook is not None:
            message.webhook_id = self.ids.make(YEAR)
            message.author = User(message.webhook_id, webhook, bot=True)
        message.reply_to = _message(reply_to) if reply_to is not None else None
        message.pings = self.mail.mentioned(text)
        if message.reply_to is not None and message.reply_to.author not in message.pings:
            message.pings += (message.reply_to.author,)
        self.mail.send(message)
        await self.gateway.flush()
        return message

    async def dm(self, person: User, text: str, *, age: float = 0.0) -> Message:
        """Write to the bot in direct messages; raises Unavailable without a shared guild or installation."""
        if not self.world.reachable(person):
            raise Unavailable(f"{person.name} shares no guild with the bot")
        return await self.say(person, self.dm_channel(person), text, age=age)

    async def edit(self, message: Message | Seen, text: str) -> None:
        """Change what a message says."""
        target = _message(message)
        target.pings = self.mail.mentioned(text)
        self.mail.revise(target, replace(target.now, content=text))
        await self.gateway.flush()

    async def delete(self, message: Message | Seen) -> None:
        """Delete a message."""
        self.mail.remove(_message(message))
        await self.gateway.flush()

    async def slash(self, person: User, channel: Channel, text: str, *, age: float = 0.0) -> Interaction:
        """Give a command: `help sextortion`, options as `name:value`.

        Raises Unavailable where Discord would not offer it: not registered, not for this context, not
        installed here nor by the person. With an `age` of over 3 seconds the bot is too late to answer.
        """
        asked = self._asking.command(person, channel, text, age)
        await self.gateway.flush()
        return asked

    async def complete(self, person: User, channel: Channel, text: str) -> Interaction:
        """Type a command that far, `help sextortion country:ger`; the suggestions become its `choices`.

        Raises Unavailable where Discord would not offer the command, or completes nothing there.
        """
        asked = self._asking.complete(person, channel, text)
        await self.gateway.flush()
        await self.wait_for(lambda: asked.acknowledged)
        return asked

    async def press(
        self,
        person: User,
        message: Message | Seen,
        button: str,
        *,
        values: Sequence[str] = (),
        age: float = 0.0,
        forged: bool = False,
    ) -> Interaction:
        """Press a button by its label or custom id, or pick from a list by an option's label or value.

        `values` choose several at once, in a list named by its custom id. Raises Unavailable if the person
        does not see the message, or it has no such button; `forged` sends that id all the same.
        """
        chosen: list[Json] = list(values)
        asked = self._asking.press(person, _message(message), button, chosen, age, forged=forged)
        await self.gateway.flush()
        return asked

    # What they see.

    def seen_by(self, person: User, channel: Channel) -> View:
        """Return what is on the person's screen in a channel now; nothing if they cannot open it."""
        return view.present(self.world, person, channel)

    def inbox(self, person: User) -> View:
        """Return what the person sees in their direct messages with the bot."""
        channel = self.world.dm(person)
        return View(()) if channel is None else self.seen_by(person, channel)

    def ever_seen_by(self, person: User, channel: Channel | None = None) -> View:
        """Return all the person could ever see, in one channel or everywhere.

        Deleted messages and every version of edited ones are in it: what was on a screen was seen.
        """
        channels = list(self.world.channels.values()) if channel is None else [channel]
        return view.ever(self.world, person, channels)

    def witnesses(self, message: Message | Seen) -> list[User]:
        """Return the people on whose screen a message is."""
        return [user for user in self.world.users.values() if view.sees(user, _message(message))]

    async def answered(self, asked: Interaction, timeout: float = 5.0) -> Seen:
        """Wait for an answer that is not just "thinking"; return the newest as the asker sees it."""
        await self.wait_for(lambda: has_answered(asked), timeout)
        shown = self.seen_by(asked.user, asked.channel)
        return next(seen for seen in shown if seen.message is asked.answers[-1])

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 5.0, every: float = 0.01) -> T:
        """Look every so many seconds until the predicate is true, and return what it returned.

        Raises TimeoutError with the last requests and the faults.
        """
        deadline = asyncio.get_running_loop().time() + timeout
        while not (result := predicate()):
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(self._report(timeout))
            await asyncio.sleep(every)
        return result

    def _report(self, timeout: float) -> str:
        last = [str(call) for call in self.calls[-8:]]
        heard = self.gateway.received[-8:]
        return (
            f"nothing within {timeout} s; last requests {last}, last from the gateway {heard}, {self.faults=}"
        )

    async def bot_ready(self, timeout: float = 15.0) -> None:
        """Wait until every shard is connected and the commands are registered."""

        def ready() -> bool:
            there = {session.shard for session in self.sessions}
            wanted = max((session.shards for session in self.sessions), default=1)
            return self.world.commands is not None and len(there) == wanted

        await self.wait_for(ready, timeout)
        await self.gateway.flush()


def _message(handle: Message | Seen) -> Message:
    return handle.message if isinstance(handle, Seen) else handle
