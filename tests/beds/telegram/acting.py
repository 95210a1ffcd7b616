"""What do people write and press?"""

import re
from collections.abc import Iterable

from tests.beds.telegram import spelling
from tests.beds.telegram.archive import Record
from tests.beds.telegram.discovery import discover
from tests.beds.telegram.markup import parse_html, trimmed
from tests.beds.telegram.people import People
from tests.beds.telegram.privacy import reaches_bot
from tests.beds.telegram.values import (
    ANONYMOUS_ADMIN,
    CHANNEL_BOT,
    SERVICE_CHAT,
    Button,
    Entity,
    Group,
    Json,
    Place,
    Shown,
    Text,
    User,
)
from tests.beds.telegram.world import Query

_PHOTO: Json = {"photo": [{"file_id": "AgAD", "file_unique_id": "AQAD", "width": 90, "height": 90}]}


class Acting(People):
    """Does what people do in their apps, and tells the bot what Telegram would tell it."""

    async def start(self, user: User, payload: str = "") -> Shown:
        """Press Start in the private chat, or open it by a link with a payload; unblocks the bot."""
        self._world.blocked.discard(user.id)
        return await self.say(user, user, f"/start {payload}".strip())

    async def follow(self, user: User, url: str) -> Shown:
        """Open a `t.me/<bot>?start=…` link and press Start there."""
        pattern = rf"https?://t\.me/{re.escape(self.me.username or '')}\?start=([\w-]{{0,64}})"
        link = re.fullmatch(pattern, url, re.ASCII)
        if link is None:
            raise ValueError(f"not a link into the bot's private chat: {url}")
        return await self.start(user, link[1])

    async def say(
        self,
        user: User,
        chat: Place,
        text: str = "",
        *,
        caption: str = "",
        html: bool = False,
        entities: Iterable[Entity] = (),
        reply_to: Shown | None = None,
        thread: int | None = None,
        via_bot: User | None = None,
        forward: User | Group | str | None = None,
        sender_chat: Group | None = None,
        automatic_forward: bool = False,
    ) -> Shown:
        """Write a message; with `caption` it is a photo. `chat` is a group, or the user: their private chat.

        `html` formats the text as the person's app would; `forward` is where it comes from, a string for
        a hidden account. With `sender_chat` the group itself (an anonymous administrator) or a channel
        speaks; `automatic_forward` makes it a post of the linked channel.
        """
        written = parse_html(text or caption) if html else Text(text or caption, tuple(entities))
        answered = self._record(reply_to) if reply_to else None
        record = Record(
            place=chat,
            message_id=self._world.archive.message_id(chat),
            sender=self._speaker(user, chat, sender_chat, automatic_forward),
            sender_chat=sender_chat,
            date=int(self.clock.now()),
            body=discover(trimmed(written)),
            caption=bool(caption),
            reply_to=answered,
            thread_id=thread if thread is not None else _reply_thread(chat, answered),
            topic=thread is not None,
            extras=self._extras(bool(caption), via_bot, forward, sender_chat if automatic_forward else None),
        )
        return self._post(user, record)

    async def command(self, user: User, chat: Place, text: str, *, ephemeral: bool | None = None) -> Shown:
        """Type a command such as `/help sextortion`.

        Left to itself the app sends it ephemerally where the bot declared it so, the app is modern and
        this is a group; `ephemeral` says otherwise.
        """
        if not (self._app_hides(user, chat, text) if ephemeral is None else ephemeral):
            return await self.say(user, chat, text)
        self._check_may_write(user, chat)
        record = Record(
            place=chat,
            message_id=0,
            sender=user,
            date=int(self.clock.now()),
            body=discover(trimmed(Text(text))),
            ephemeral_id=self._world.archive.ephemeral_id(),
            receiver=self.me,
        )
        self._world.archive.add(record, frozenset((user.id,)))
        self._world.updates.push("message", spelling.message(record))
        return self._world.archive.shown(record)

    async def edit(
        self, user: User, message: Shown, text: str, *, html: bool = False, entities: Iterable[Entity] = ()
    ) -> Shown:
        """Change one's own message."""
        record = self._record(message)
        if record.sender != user or record.ephemeral_id is not None:
            raise ValueError("only one's own ordinary messages can be edited")
        record.body = discover(trimmed(parse_html(text) if html else Text(text, tuple(entities))))
        record.edit_date = int(self.clock.now())
        self._world.archive.expose(record, self._world.audience(record.place))
        self._tell(record, "edited_")
        return self._world.archive.shown(record)

    async def erase(self, user: User, message: Shown) -> None:
        """Delete one's own message; Telegram does not tell the bot."""
        record = self._record(message)
        if record.sender != user:
            raise ValueError("only one's own messages can be deleted")
        record.deleted = True

    async def press(self, user: User, message: Shown, button: str, *, forged: bool = False) -> Query:
        """Press a button, named by label or data, as it stands on the person's screen; waits for nothing.

        The returned query's `answer` is None until the bot has answered. With `forged`, `button` is sent
        as data although no such button is there.
        """
        record = self._record(message)
        if not self._sees(user, record):
            raise ValueError(f"{user.first_name} cannot see this message")
        data = button if forged else _data(message.buttons, button)
        query = Query(str(next(self._query_ids)), user, record, self.clock.now())
        self._world.queries[query.id] = query
        pressed: Json = {
            "id": query.id,
            "from": spelling.user(user),
            "message": spelling.callback_message(record),
            "chat_instance": str(record.place.id * 7919),
            "data": data,
        }
        self._world.updates.push("callback_query", pressed)
        return query

    def _post(self, user: User, record: Record) -> Shown:
        if record.sender_chat is None:
            self._check_may_write(user, record.place)
        if isinstance(record.place, User):
            self._world.started.add(user.id)
        self._world.archive.add(record, self._world.audience(record.place))
        self._tell(record)
        return self._world.archive.shown(record)

    def _tell(self, record: Record, prefix: str = "") -> None:
        channel = isinstance(record.place, Group) and record.place.kind == "channel"
        if reaches_bot(self._world, record):
            self._world.updates.push(
                prefix + ("channel_post" if channel else "message"), spelling.message(record)
            )

    def _check_may_write(self, user: User, chat: Place) -> None:
        if isinstance(chat, User):
            if chat != user or user.id in self._world.blocked:
                raise ValueError(
                    f"{user.first_name} cannot write there: not their chat, or they blocked the bot"
                )
        elif not self._world.member(chat, user).present:
            raise ValueError(f"{user.first_name} is not in {chat.title}")

    def _sees(self, user: User, record: Record) -> bool:
        if record.ephemeral_id is not None:
            return user in (record.receiver, record.sender)
        return user.id in self._world.audience(record.place)

    def _record(self, message: Shown) -> Record:
        record = self._world.archive.recall(message.chat_id, message.message_id, message.ephemeral_id)
        if record is None:
            raise ValueError("not a message of this bed")
        return record

    def _app_hides(self, user: User, chat: Place, text: str) -> bool:
        name = re.match(r"/(\w+)", text)
        if name is None or not user.modern or not isinstance(chat, Group):
            return False
        offered = self._world.commands.offered(user, chat, self._world.member(chat, user))
        return any(c["command"] == name[1].lower() and c.get("is_ephemeral") is True for c in offered)

    def _speaker(self, user: User, chat: Place, sender_chat: Group | None, automatic: bool) -> User | None:
        if sender_chat is None:
            return user
        if automatic:
            return User(SERVICE_CHAT, "Telegram", None, None)
        if isinstance(chat, Group) and chat.kind == "channel":
            return None
        if sender_chat == chat:
            return User(ANONYMOUS_ADMIN, "Group", "GroupAnonymousBot", None, is_bot=True)
        return User(CHANNEL_BOT, "Channel", "Channel_Bot", None, is_bot=True)

    def _extras(
        self, photo: bool, via_bot: User | None, forward: User | Group | str | None, linked: Group | None
    ) -> Json:
        extras: Json = dict(_PHOTO) if photo else {}
        if via_bot is not None:
            extras["via_bot"] = spelling.user(via_bot)
        if linked is not None:
            extras["is_automatic_forward"] = True
        source = linked or forward
        if source is not None:
            extras["forward_origin"] = _origin(source, int(self.clock.now()))
        return extras


def _origin(source: User | Group | str, date: int) -> Json:
    if isinstance(source, str):
        return {"type": "hidden_user", "date": date, "sender_user_name": source}
    if isinstance(source, User):
        return {"type": "user", "date": date, "sender_user": spelling.user(source)}
    if source.kind == "channel":
        return {"type": "channel", "date": date, "chat": spelling.chat(source), "message_id": 1}
    return {"type": "chat", "date": date, "sender_chat": spelling.chat(source)}


def _reply_thread(chat: Place, answered: Record | None) -> int | None:
    """Return the reply chain that supergroups put where forums put the topic."""
    if answered is None or not isinstance(chat, Group) or chat.kind != "supergroup":
        return None
    return answered.thread_id or answered.message_id


def _data(buttons: tuple[Button, ...], wanted: str) -> str:
    found = next((b for b in buttons if wanted in (b.data, b.label)), None)
    if found is None or found.data is None:
        offered = ", ".join(b.label for b in buttons if b.data is not None) or "none"
        raise ValueError(f"no button {wanted!r} to press; there are: {offered}")
    return found.data
