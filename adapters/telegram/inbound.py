"""What did an update say?  A Telegram update -> the core's words, or None; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import telegram
from telegram import (
    CallbackQuery,
    ChatMember,
    ChatMemberRestricted,
    ChatMemberUpdated,
    MaybeInaccessibleMessage,
    MessageEntity,
    Update,
    User,
)
from telegram.constants import ChatID, ChatMemberStatus, ChatType, MessageEntityType

from adapters.telegram.handles import (
    EphemeralCommand,
    EphemeralPress,
    NotePress,
    PrivatePress,
    PublicCommand,
    Query,
    Words,
)
from adapters.telegram.place import place_id
from bot.model import Command, Message, Origin, Person, Place, Press

PLATFORM = "telegram"
COMMANDS = frozenset({"help", "start", "privacy", "forget", "stop"})

# In a group these words without our name are mostly meant for another bot, such as a music player.
_BY_NAME_IN_GROUPS = frozenset({"start", "forget", "stop"})
_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_CHATS = _GROUPS | {ChatType.PRIVATE}
_NOT_THEIR_WORDS = frozenset(
    {
        MessageEntityType.CODE,
        MessageEntityType.PRE,
        MessageEntityType.BLOCKQUOTE,
        MessageEntityType.EXPANDABLE_BLOCKQUOTE,
    }
)


@dataclass(frozen=True, slots=True)
class Membership:
    """That the bot is in a group, or was removed from it."""

    chat: int
    inside: bool


Event: TypeAlias = Command | Press | Message


def read(update: Update, me: User) -> Event | None:
    """Return what a person did, or None if it was no person or is none of our business."""
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.message is not None:
        return _command(update.message, me) or _message(update.message, me)
    if update.edited_message is not None and _command(update.edited_message, me) is None:
        return _message(update.edited_message, me)
    return None


def membership(change: ChatMemberUpdated) -> Membership | None:
    """Return whether the bot is in a group now; None for other chats: a person who blocks it is no group."""
    if change.chat.type not in _GROUPS:
        return None
    return Membership(change.chat.id, _is_inside(change.new_chat_member))


def _is_inside(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


def _press(query: CallbackQuery) -> Press | None:
    message = query.message
    if message is None or query.data is None or query.from_user.is_bot or message.chat.type not in _CHATS:
        return None
    spinning = Query(query.id)
    ephemeral = _ephemeral_id(message)
    handle: PrivatePress | EphemeralPress | NotePress
    if message.chat.type == ChatType.PRIVATE:
        handle = PrivatePress(spinning, message.message_id)
    elif ephemeral is not None:
        handle = EphemeralPress(spinning, ephemeral)
    else:
        handle = NotePress(spinning)
    return Press(Origin(_person(query.from_user), _place(message), handle), query.data)


def _command(message: telegram.Message, me: User) -> Command | None:
    if not _is_persons_own(message) or message.text is None or message.from_user is None:
        return None
    if not message.entities or message.entities[0].type != MessageEntityType.BOT_COMMAND:
        return None
    entity = message.entities[0]
    # Commands are ASCII, so that Telegram's UTF-16 offsets are also ours here.
    name, _, addressee = message.text[1 : entity.length].lower().partition("@")
    if entity.offset != 0 or name not in COMMANDS or addressee not in ("", str(me.username).lower()):
        return None
    private, ephemeral = message.chat.type == ChatType.PRIVATE, _ephemeral_id(message)
    if not private and ephemeral is None and not addressee and name in _BY_NAME_IN_GROUPS:
        return None
    handle: EphemeralCommand | PublicCommand | Words = Words()
    if not private:
        handle = PublicCommand(message.message_id) if ephemeral is None else EphemeralCommand(ephemeral)
    seen = not private and ephemeral is None
    origin = Origin(_person(message.from_user), _place(message), handle, seen)
    return Command(origin, name, message.date, message.text[entity.length :].strip())


def _message(message: telegram.Message, me: User) -> Message | None:
    if not _is_persons_own(message) or message.from_user is None:
        return None
    private, ephemeral = message.chat.type == ChatType.PRIVATE, _ephemeral_id(message)
    if message.text is None and message.caption is None and message.effective_attachment is None:
        return None  # a service message: somebody joined, something was pinned
    text, mentioned = _own_words(message, me)
    addressed = private or mentioned or ephemeral is not None
    if not text and not addressed:
        return None
    # The pictures of one album are one message to the person, and get one answer.
    key = f"{message.chat.id}:{message.media_group_id or message.message_id}"
    handle: EphemeralCommand | Words | None = Words() if addressed else None
    if ephemeral is not None:
        # These ids are reused when a message has gone.
        key = f"{message.chat.id}:e{ephemeral}:{message.date.timestamp():.0f}"
        handle = EphemeralCommand(ephemeral)
    origin = Origin(_person(message.from_user), _place(message), handle, not private and ephemeral is None)
    sent_at = message.edit_date or message.date
    # Nobody else sees an ephemeral one; its writer alone can delete it, and any in our private chat.
    posted = "" if private or ephemeral is not None else str(message.message_id)
    return Message(origin, key, text, sent_at, addressed, _holds_picture(message), posted)


def _holds_picture(message: telegram.Message) -> bool:
    return any(
        (
            message.photo,
            message.video,
            message.animation,
            message.video_note,
            message.document,
            message.paid_media,
        )
    )


def _is_persons_own(message: telegram.Message) -> bool:
    """Whether a human member wrote it, as themselves, here: no channel, anonymous admin, bot.

    Nor a forward; but whoever forwards a threat to our private chat wants an answer.
    """
    writer, chat = message.from_user, message.chat
    return (
        writer is not None
        and not writer.is_bot
        and writer.id != ChatID.SERVICE_CHAT
        and chat.type in _CHATS
        and not chat.is_direct_messages
        and message.sender_chat is None
        and message.via_bot is None
        and (message.forward_origin is None or chat.type == ChatType.PRIVATE)
        and not message.is_automatic_forward
    )


def _own_words(message: telegram.Message, me: User) -> tuple[str, bool]:
    """Return the text without code, quotes and our name, and whether our name was in it."""
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    units = text.encode("utf-16-le", "surrogatepass")  # entity offsets count UTF-16 units
    mentions = [entity for entity in entities if _names(entity, units, me)]
    cut = [entity for entity in entities if entity.type in _NOT_THEIR_WORDS or entity in mentions]
    own = _without(units, [entity for entity in cut if entity.length > 0]).decode("utf-16-le", "replace")
    return own.strip(), bool(mentions)


def _names(entity: MessageEntity, units: bytes, me: User) -> bool:
    if entity.type == MessageEntityType.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    name = units[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le", "replace")
    return entity.type == MessageEntityType.MENTION and name.lower() == f"@{me.username}".lower()


def _without(units: bytes, cut: Sequence[MessageEntity]) -> bytes:
    kept, at = [], 0
    for entity in sorted(cut, key=lambda entity: entity.offset):
        kept.append(units[at * 2 : max(at, entity.offset) * 2])
        at = max(at, entity.offset + entity.length)
    kept.append(units[at * 2 :])
    return " ".encode("utf-16-le").join(kept)


def _ephemeral_id(message: MaybeInaccessibleMessage) -> int | None:
    """Return the id of an ephemeral message (Bot API 10.2, unknown to python-telegram-bot 22.8)."""
    found = message.api_kwargs.get("ephemeral_message_id")
    return found if isinstance(found, int) else None


def _person(user: User) -> Person:
    return Person(PLATFORM, str(user.id), user.language_code)


def _place(message: MaybeInaccessibleMessage) -> Place:
    private = message.chat.type == ChatType.PRIVATE
    topic = None
    # In a group without topics `message_thread_id` names a chain of replies, and must not be echoed.
    if isinstance(message, telegram.Message) and message.is_topic_message:
        topic = message.message_thread_id
    community = None if private else str(message.chat.id)
    return Place(PLATFORM, place_id(message.chat.id, topic), private, community)
