"""How fast may requests go out, so that Telegram need not refuse them?"""

import asyncio
import math
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
from datetime import timedelta
from typing import NamedTuple, TypeAlias

from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from adapters.telegram.backoff import Sleep, seconds_asked
from adapters.telegram.rights import Clock

# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
_PER_GROUP = (20, 60.0)
# Whoever asked looks at the screen so long; what must wait longer is the core's to put off.
_PATIENCE_SECONDS = 3.0
_TURN_SECONDS = 10.0
_CHATS = 1_000

Answer: TypeAlias = bool | dict[str, object] | list[dict[str, object]]


class _Seat(NamedTuple):
    """A chat, 0 for none, and the member who alone is shown something there, 0 for everybody.

    Whether Telegram counts what one member is shown as the group's nobody documents (tdlib/telegram-bot-api
    issue 873). It is help, and has 15 s: that it is too much is for Telegram to say, of that member alone.
    """

    chat: int
    receiver: int


class Pace(BaseRateLimiter[None]):
    """Lets so many requests go a second, and in `parallel`; the long poll is none of its business.

    PTB's own AIORateLimiter is not used: after one refusal for one chat it holds back everybody's help.
    Here that holds back only what that chat would be shown. A message that would have to wait for more
    than some seconds is refused as by Telegram. What is to be changed or deleted stands there already:
    it always gets its turn. `clock` returns seconds that only grow.
    """

    def __init__(self, sleep: Sleep, clock: Clock, per_second: int, parallel: int) -> None:
        self._sleep = sleep
        self._clock = clock
        self._overall = _Bucket(per_second, 1.0)
        self._turns = asyncio.Semaphore(parallel)
        self._held: OrderedDict[_Seat, float] = OrderedDict()
        self._groups: OrderedDict[int, _Bucket] = OrderedDict()

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[object, object, Answer]],
        args: tuple[object, ...],
        kwargs: dict[str, object],
        endpoint: str,
        data: dict[str, object],
        rate_limit_args: None,
    ) -> Answer:
        """Make the request when its time has come. Raises RetryAfter for one that would come too late."""
        method, seat = endpoint.lower(), _seat(data)
        if method == "getupdates":
            return await callback(*args, **kwargs)
        if not method.startswith(("get", "delete")):
            await self._wait_out(seat)
        posts = method == "sendmessage"
        if posts and seat.chat < 0 and not seat.receiver:
            await self._group(seat.chat).enter(_PATIENCE_SECONDS)
        await self._overall.enter(_PATIENCE_SECONDS if posts else math.inf)
        await self._turn(posts)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as refusal:
            if seat.chat:
                self._hold(seat, seconds_asked(refusal))
            raise
        finally:
            self._turns.release()

    async def _wait_out(self, seat: _Seat) -> None:
        wait = self._held.get(seat, 0.0) - self._clock()
        if wait > _PATIENCE_SECONDS:
            raise _come_back_in(wait)
        if wait > 0:
            await self._sleep(wait)

    def _hold(self, seat: _Seat, seconds: float) -> None:
        self._held[seat] = self._clock() + seconds
        self._held.move_to_end(seat)
        _bound(self._held)

    def _group(self, chat: int) -> "_Bucket":
        bucket = self._groups.setdefault(chat, _Bucket(*_PER_GROUP))
        self._groups.move_to_end(chat)
        _bound(self._groups)
        return bucket

    async def _turn(self, posts: bool) -> None:
        try:
            async with asyncio.timeout(_TURN_SECONDS if posts else None):
                await self._turns.acquire()
        except TimeoutError:
            raise _come_back_in(1) from None


class _Bucket:
    """So many in so many seconds."""

    def __init__(self, many: int, seconds: float) -> None:
        self._limiter = AsyncLimiter(many, seconds)
        self._each = seconds / many
        self._waiting = 0

    async def enter(self, patience: float) -> None:
        """Wait for room; raises RetryAfter at once where that would take longer than `patience` seconds."""
        wait = 0.0 if self._limiter.has_capacity() else (self._waiting + 1) * self._each
        if wait > patience:
            raise _come_back_in(wait)
        self._waiting += 1
        try:
            await self._limiter.acquire()
        finally:
            self._waiting -= 1


def _seat(data: Mapping[str, object]) -> _Seat:
    more = data.get("ephemeral_message_parameters")
    alone = more if isinstance(more, dict) else data
    receiver = alone.get("receiver_user_id")
    chat = data.get("chat_id")
    return _Seat(chat if isinstance(chat, int) else 0, receiver if isinstance(receiver, int) else 0)


def _come_back_in(seconds: float) -> RetryAfter:
    return RetryAfter(timedelta(seconds=math.ceil(seconds)))


def _bound(chats: OrderedDict[_Seat, float] | OrderedDict[int, _Bucket]) -> None:
    if len(chats) > _CHATS:
        chats.popitem(last=False)
