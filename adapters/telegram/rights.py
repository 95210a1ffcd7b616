"""Is the bot an administrator of this group?  Asked, or told by Telegram, and remembered for some minutes."""

from collections.abc import Callable

from telegram import Bot, ChatMember
from telegram.constants import ChatMemberStatus

_FRESH_SECONDS = 300.0
_ADMINISTRATORS = frozenset({ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER})

Clock = Callable[[], float]


class Rights:
    """Holds one answer a group. `clock` returns seconds that only grow."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._known: dict[int, tuple[bool, float]] = {}

    def learn(self, chat: int, member: ChatMember) -> None:
        """Remember the bot's own membership, as in a `my_chat_member` update."""
        now = self._clock()
        self._known.pop(chat, None)  # so that the first is the oldest
        while self._known and next(iter(self._known.values()))[1] <= now:
            del self._known[next(iter(self._known))]
        self._known[chat] = member.status in _ADMINISTRATORS, now + _FRESH_SECONDS

    async def is_admin(self, chat: int) -> bool:
        """Return whether the bot is an administrator there. Raises TelegramError if that cannot be told."""
        admin, until = self._known.get(chat, (False, 0.0))
        if self._clock() < until:
            return admin
        self.learn(chat, await self._bot.get_chat_member(chat, self._bot.id))
        return self._known[chat][0]
