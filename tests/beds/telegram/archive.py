"""What has been written, and who has seen which version of it?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.beds.telegram.keyboards import Rows
from tests.beds.telegram.values import Group, Json, Place, Shown, ShownKind, Text, User


@dataclass(slots=True, eq=False)
class Record:
    """A message as the server keeps it; edits and deletion change it.

    `receiver` is set for ephemeral messages: the member who sees it, or the bot for a member's own
    ephemeral command. `extras` are further fields of the API's Message, and `service` names the one
    that makes it a service message.
    """

    place: Place
    message_id: int
    sender: User | None
    date: int
    body: Text
    sender_chat: Group | None = None
    caption: bool = False
    service: str | None = None
    ephemeral_id: int | None = None
    receiver: User | None = None
    replaces: "Record | None" = None
    rows: Rows = ()
    markup: Json = field(default_factory=dict)
    thread_id: int | None = None
    topic: bool = False
    reply_to: "Record | None" = None
    silent: bool = False
    link_preview: bool = True
    extras: Json = field(default_factory=dict)
    edit_date: int | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Exposure:
    """Something that was on these people's screens; `record` is None for a button's answer."""

    shown: Shown
    audience: frozenset[int]
    record: Record | None = None


class Archive:
    """All messages and all that was ever shown of them."""

    def __init__(self, bot: User) -> None:
        self._bot = bot
        # By chat, oldest first.
        self._records: defaultdict[int, list[Record]] = defaultdict(list)
        self._exposures: defaultdict[int, list[Exposure]] = defaultdict(list)
        self._last_ids: dict[int, int] = {}
        self._last_ephemeral = 29_341_800

    def message_id(self, place: Place) -> int:
        """Return a fresh id; private chats and basic groups share one counter, as in Telegram."""
        counter = place.id if isinstance(place, Group) and place.kind != "group" else 0
        self._last_ids[counter] = self._last_ids.get(counter, 1) + 1  # 1 is the creation of the chat itself
        return self._last_ids[counter]

    def ephemeral_id(self) -> int:
        """Return a fresh id from the counter of ephemeral messages."""
        self._last_ephemeral += 1
        return self._last_ephemeral

    def add(self, record: Record, audience: frozenset[int]) -> Record:
        """Keep a new message and show it."""
        self._records[record.place.id].append(record)
        self.expose(record, audience)
        return record

    def expose(self, record: Record, audience: frozenset[int]) -> None:
        """Note that these people see the message as it is now."""
        self._exposures[record.place.id].append(Exposure(self.shown(record), audience, record))

    def answer(self, user: User, place: Place, kind: ShownKind, text: str) -> None:
        """Note what a pressed button showed to the one who pressed it."""
        shown = Shown(kind, place.id, 0, Text(text), from_bot=True, sender_id=self._bot.id)
        self._exposures[place.id].append(Exposure(shown, frozenset((user.id,))))

    def shown(self, record: Record) -> Shown:
        """Return the message as it looks now."""
        return Shown(
            kind="service" if record.service else "message",
            chat_id=record.place.id,
            message_id=record.message_id,
            body=record.body,
            from_bot=record.sender == self._bot,
            sender_id=record.sender.id if record.sender else None,
            ephemeral_id=record.ephemeral_id,
            rows=record.rows,
            thread_id=record.thread_id,
            reply_to=record.reply_to.message_id if record.reply_to else None,
            silent=record.silent,
            link_preview=record.link_preview,
        )

    def find(self, chat_id: int, message_id: int, ephemeral_id: int | None = None) -> Record | None:
        """Return a message that is not deleted."""
        record = self.recall(chat_id, message_id, ephemeral_id)
        return None if record is None or record.deleted else record

    def recall(self, chat_id: int, message_id: int, ephemeral_id: int | None = None) -> Record | None:
        """Return a message, deleted or not; an ephemeral one is told by both ids."""
        wanted = (message_id, ephemeral_id)
        same = (r for r in self._records[chat_id] if (r.message_id, r.ephemeral_id) == wanted)
        return next(same, None)

    def public(self, chat_id: int) -> Iterator[Record]:
        """Yield the messages in a chat that everybody there can read now."""
        return (r for r in self._records[chat_id] if not r.deleted and r.ephemeral_id is None)

    def seen_by(self, user: User, chat_id: int, present: bool) -> tuple[Shown, ...]:
        """Return what is on somebody's screen in a chat, oldest first, each message in its last version."""
        latest: dict[int, Exposure] = {}
        answers: list[tuple[int, Shown]] = []
        for index, exposure in enumerate(self._exposures[chat_id]):
            if user.id not in exposure.audience or not present:
                continue
            if exposure.record is None:
                answers.append((index, exposure.shown))
            elif not exposure.record.deleted:
                latest[id(exposure.record)] = exposure
        replaced = {id(e.record.replaces) for e in latest.values() if e.record and e.record.replaces}
        order = {id(record): index for index, record in enumerate(self._records[chat_id])}
        messages = [(order[key], e.shown) for key, e in latest.items() if key not in replaced]
        return tuple(shown for _, shown in sorted(messages, key=lambda pair: pair[0])) + tuple(
            shown for _, shown in answers
        )

    def ever_seen_by(self, user: User, chat_id: int) -> tuple[Shown, ...]:
        """Return everything that was on somebody's screen in a chat at any moment, every version of it."""
        exposures = self._exposures[chat_id]
        return tuple(exposure.shown for exposure in exposures if user.id in exposure.audience)
