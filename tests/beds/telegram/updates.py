"""What has happened that the bot has not fetched yet?"""

import asyncio
from collections import deque
from dataclasses import dataclass

from tests.beds.telegram.clock import Clock
from tests.beds.telegram.refusals import Refusal, conflict
from tests.beds.telegram.values import Json

_KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "guest_message",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
)
_ONLY_ON_REQUEST = ("chat_member", "message_reaction", "message_reaction_count")
DEFAULT_KINDS = frozenset(_KINDS) - frozenset(_ONLY_ON_REQUEST)

_KEPT_SECONDS = 24 * 3600
_LONGEST_POLL = 50
_CONFLICT_PAUSE = 3.0  # the real server answers a second conflict this late, lest two pollers spin
_REPLACED = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass(frozen=True, slots=True)
class _Pending:
    """An update that waits, as it will be sent."""

    id: int
    at: float
    body: Json


class Updates:
    """The queue behind getUpdates: at-least-once until an offset confirms, one poller at a time."""

    def __init__(self, clock: Clock) -> None:
        self.allowed = DEFAULT_KINDS
        self.webhook = ""
        self.fetches = 0
        self._clock = clock
        self._next_id = 700_000_001
        self._pending: deque[_Pending] = deque()
        self._fetched: deque[_Pending] = deque(maxlen=100)
        self._again: list[_Pending] = []
        self._poll: asyncio.Future[None] | None = None
        self._next_conflict = 0.0

    @property
    def polled(self) -> bool:
        """True while a long poll is open."""
        return self._poll is not None and not self._poll.done()

    @property
    def waiting(self) -> int:
        """How many updates no offset has confirmed yet."""
        return len(self._pending) + len(self._again)

    def allow(self, kinds: list[str]) -> None:
        """Take the sticky choice of kinds; an empty list means the default."""
        known = frozenset(kind.lower() for kind in kinds) & frozenset(_KINDS)
        self.allowed = known or DEFAULT_KINDS

    def push(self, kind: str, payload: Json) -> None:
        """Add an update, unless the bot does not want its kind."""
        if kind not in self.allowed:
            return
        self._pending.append(
            _Pending(self._next_id, self._clock.now(), {"update_id": self._next_id, kind: payload})
        )
        self._next_id += 1
        self._wake()

    def redeliver(self, count: int) -> None:
        """Send the last fetched updates once more, although they were confirmed."""
        self._again += list(self._fetched)[-count:]
        self._wake()

    def drop(self) -> None:
        """Forget everything that waits."""
        self._pending.clear()

    async def take(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """Answer one getUpdates; holds until there is something or the timeout is over."""
        if self.webhook:
            raise await self._conflict(_WEBHOOK)
        self._end_older_poll()
        self._confirm(offset)
        if not self._ready():
            await self._hold(min(timeout, _LONGEST_POLL))
        return self._hand_out(limit)

    def _end_older_poll(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(_REPLACED))

    async def _conflict(self, reason: str) -> Refusal:
        now = asyncio.get_running_loop().time()
        if now < self._next_conflict:
            await asyncio.sleep(_CONFLICT_PAUSE)
        self._next_conflict = now + _CONFLICT_PAUSE
        return conflict(reason)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while self._pending and self._pending[0].id < offset:
            self._pending.popleft()

    def _ready(self) -> bool:
        while self._pending and self._pending[0].at < self._clock.now() - _KEPT_SECONDS:
            self._pending.popleft()
        return bool(self._pending or self._again)

    async def _hold(self, timeout: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, timeout)
        except TimeoutError:
            pass
        except Refusal as refusal:
            raise await self._conflict(refusal.description.removeprefix("Conflict: ")) from None
        finally:
            if self._poll is poll:
                self._poll = None

    def _hand_out(self, limit: int) -> list[Json]:
        self.fetches += 1
        batch = (self._again + list(self._pending))[:limit]
        self._again = self._again[len(batch) :]
        self._fetched.extend(pending for pending in batch if pending not in self._fetched)
        return [pending.body for pending in batch]

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
