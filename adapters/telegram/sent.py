"""Which messages of ours stand in a private chat?  In memory alone, so that they can be taken away."""

from collections import OrderedDict, deque

from adapters.telegram.rights import Clock

# Telegram lets nobody delete an older one: https://core.telegram.org/bots/api#deletemessage
_DELETABLE_SECONDS = 48 * 3600.0
_CHATS, _MESSAGES = 2_000, 100  # the second is what one deleteMessages takes


class Sent:
    """The newest of our messages, by chat; each is forgotten after 48 hours. `clock` returns seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._chats: OrderedDict[int, deque[tuple[float, int]]] = OrderedDict()

    def add(self, chat: int, message: int) -> None:
        """Remember a message."""
        self._forget_old()
        self._chats.setdefault(chat, deque(maxlen=_MESSAGES)).append((self._clock(), message))
        self._chats.move_to_end(chat)
        if len(self._chats) > _CHATS:
            self._chats.popitem(last=False)

    def of(self, chat: int) -> list[int]:
        """Return the messages in a chat that can still be deleted, oldest first."""
        self._forget_old()
        return [message for _, message in self._chats.get(chat, ())]

    def forget(self, chat: int, messages: list[int]) -> None:
        """Forget messages that are gone."""
        gone = set(messages)
        kept = [pair for pair in self._chats.pop(chat, ()) if pair[1] not in gone]
        if kept:
            self._chats[chat] = deque(kept, maxlen=_MESSAGES)

    def _forget_old(self) -> None:
        oldest = self._clock() - _DELETABLE_SECONDS
        for chat, messages in list(self._chats.items()):
            while messages and messages[0][0] < oldest:
                messages.popleft()
            if not messages:
                del self._chats[chat]
