"""How does a test use the local Telegram?"""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

from tests.beds.telegram.acting import Acting
from tests.beds.telegram.dialects import Api
from tests.beds.telegram.faults import Fault, FaultKind, Faults, Where
from tests.beds.telegram.params import Params
from tests.beds.telegram.server import Call, Server
from tests.beds.telegram.values import Group, Json, Place, Shown, User

T = TypeVar("T")

_BOT_ID = 123456
_STEP, _LONGEST_STEP = 0.01, 0.1


class TelegramBed(Acting):
    """A Bot API server on 127.0.0.1 with one bot, for a client in this process or another.

    Used as `async with TelegramBed() as bed`. Give the client `bed.url` and `bed.token`. What people do
    is told to the bot as updates; what the bot sends is looked at with `seen_by` and `ever_seen_by`.

    `api` says which server it plays, `privacy` is the bot's privacy mode, `prefix` a path before /bot.
    `longest_ephemeral_edit` is in characters: the real server takes no more than 1024, although it
    documents 4096 (tdlib/telegram-bot-api issue 881, open in August 2026).
    """

    def __init__(
        self,
        *,
        api: Api = "10.3",
        privacy: bool = True,
        token: str = f"{_BOT_ID}:TEST-token_of-the-local-bed",
        username: str = "quietline_bot",
        prefix: str = "",
        longest_ephemeral_edit: int = 1024,
    ) -> None:
        super().__init__(
            api=api,
            privacy=privacy,
            username=username,
            bot_id=_BOT_ID,
            longest_edit=longest_ephemeral_edit,
        )
        self.token = token
        self._prefix = prefix
        self._planned = Faults()
        self._server = Server(self._world, token, self._planned)

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._server.stop()

    @property
    def url(self) -> str:
        """The address before `/bot<token>/<method>`."""
        return f"http://127.0.0.1:{self._server.port}{self._prefix}"

    @property
    def calls(self) -> list[Call]:
        """Every request with the right token, oldest first, long polls included."""
        return self._server.calls

    @property
    def faults(self) -> list[str]:
        """Methods asked for that the bed does not have, and failures of the bed itself; should stay empty."""
        return self._server.complaints

    @property
    def polled(self) -> bool:
        """True while the bot holds a long poll open."""
        return self._world.updates.polled

    @property
    def commands(self) -> dict[tuple[str, str], list[Json]]:
        """The command lists the bot has set, by (scope, language), e.g. ("all_group_chats", "")."""
        return self._world.commands.lists

    def calls_to(self, *methods: str) -> list[Call]:
        """Return the requests for these methods."""
        return [call for call in self.calls if call.method in methods]

    def seen_by(self, user: User, chat: Place, *, from_bot: bool = False) -> tuple[Shown, ...]:
        """Return what this person sees in a chat now, oldest first; last, what buttons answered them.

        `chat` is a group, or a user for that user's private chat with the bot.
        """
        present = self._world.member(chat, user).present if isinstance(chat, Group) else True
        seen = self._world.archive.seen_by(user, chat.id, present)
        return tuple(shown for shown in seen if shown.from_bot or not from_bot)

    def ever_seen_by(self, user: User, chat: Place, *, from_bot: bool = False) -> tuple[Shown, ...]:
        """Return everything this person could see in a chat at any moment: every version, deleted or not."""
        seen = self._world.archive.ever_seen_by(user, chat.id)
        return tuple(shown for shown in seen if shown.from_bot or not from_bot)

    def fail(
        self,
        method: str,
        kind: FaultKind,
        times: int | None = 1,
        *,
        seconds: float = 1,
        reason: str = "",
        chat: Place | None = None,
        about: User | None = None,
        where: Where | None = None,
    ) -> None:
        """Let the next `times` requests for a method (`*`: any) fail; None means until `heal`.

        `seconds` is the retry_after of "flood" and the delay of "slow"; `reason` replaces the description
        after "Forbidden: " or "Bad Request: ". It is narrowed by `chat`, `where`, and `about`: requests
        that are for this person alone, by their private chat, an ephemeral message or their button.
        """
        chat_id = None if chat is None else chat.id

        def concerns(params: Params) -> bool:
            theirs = about is None or self._addressee(params) == about.id
            return theirs and (where is None or where(params))

        self._planned.plan(Fault(method.lower(), kind, times, seconds, reason, chat_id, concerns))

    def heal(self) -> None:
        """End all planned failures."""
        self._planned.heal()

    def redeliver(self, count: int = 1) -> None:
        """Send the last fetched updates again under their old ids, as Telegram does now and then."""
        self._world.updates.redeliver(count)

    async def go_down(self) -> None:
        """Stop listening and cut all connections; what people do meanwhile waits."""
        await self._server.stop()

    async def come_up(self) -> None:
        """Listen again, on the same port."""
        await self._server.start()

    async def ready(self, timeout: float = 20) -> None:
        """Wait until the bot polls for updates."""
        await self.wait_for(lambda: self.polled, timeout)

    async def settle(self, quiet: float = 0.15, timeout: float = 10) -> None:
        """Wait until the bot has fetched all updates and has then asked for nothing for `quiet` seconds."""
        loop = asyncio.get_running_loop()
        count, since = -1, loop.time()

        def calm() -> bool:
            nonlocal count, since
            busy = self._world.updates.waiting or any(call.status is None for call in self._work())
            if busy or count != len(self._work()):
                count, since = len(self._work()), loop.time()
            return self.polled and loop.time() - since >= quiet

        await self.wait_for(calm, timeout)

    async def wait_for(self, predicate: Callable[[], T | None], timeout: float = 5) -> T:
        """Return the predicate's first true value; raises TimeoutError with the list of calls so far."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not (value := predicate()):
            waited = loop.time() - began
            if waited > timeout:
                made = ", ".join(f"{call.method} {call.status}" for call in self._work()) or "none"
                raise TimeoutError(f"not within {timeout} s; calls: {made}; faults: {self.faults}")
            await asyncio.sleep(min(max(_STEP, waited / 10), _LONGEST_STEP))
        return value

    def _addressee(self, params: Params) -> int | None:
        """Return whom alone a request is for; None for everybody in a group."""
        query = self._world.queries.get(params.text("callback_query_id"))
        if query is not None:
            return query.user.id
        asked = Params({**params, **params.record("ephemeral_message_parameters")})
        receiver, chat_id = asked.integer("receiver_user_id"), params.integer("chat_id")
        return receiver or (chat_id if chat_id in self._world.users else None)

    def _work(self) -> list[Call]:
        return [call for call in self.calls if call.method != "getUpdates"]
