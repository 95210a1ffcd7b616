"""How does the Bot API spell what there is?"""

from tests.beds.telegram.archive import Record
from tests.beds.telegram.values import Entity, Group, Json, Member, Place, User
from tests.beds.telegram.world import World

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
_CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
_WELCOME_RIGHT = "can_send_welcome_messages"
KNOWN_RIGHTS = frozenset((*ADMIN_RIGHTS, *_GROUP_RIGHTS, *_CHANNEL_RIGHTS, _WELCOME_RIGHT))
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def user(person: User) -> Json:
    """Spell a User."""
    spelled: Json = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    if person.username:
        spelled["username"] = person.username
    if person.language_code and not person.is_bot:
        spelled["language_code"] = person.language_code
    return spelled


def me(world: World) -> Json:
    """Spell the bot, as getMe alone does."""
    return {
        **user(world.me),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def chat(place: Place) -> Json:
    """Spell a Chat."""
    if isinstance(place, User):
        spelled = {
            key: value for key, value in user(place).items() if key in ("id", "first_name", "username")
        }
        return {**spelled, "type": "private"}
    spelled = {"id": place.id, "title": place.title, "type": place.kind}
    return {**spelled, "is_forum": True} if place.forum else spelled


def full_chat(place: Place) -> Json:
    """Spell a ChatFullInfo."""
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    spelled = {
        **chat(place),
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    if isinstance(place, Group):
        spelled["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    return spelled


def entity(found: Entity) -> Json:
    """Spell a MessageEntity."""
    spelled: Json = {"type": found.type, "offset": found.offset, "length": found.length}
    if found.url:
        spelled["url"] = found.url
    if found.language:
        spelled["language"] = found.language
    return spelled


def message(record: Record, *, with_reply: bool = True) -> Json:
    """Spell a Message."""
    spelled: Json = {"message_id": record.message_id, "date": record.date, "chat": chat(record.place)}
    if record.sender is not None:
        spelled["from"] = user(record.sender)
    if record.sender_chat is not None:
        spelled["sender_chat"] = chat(record.sender_chat)
    if record.edit_date is not None:
        spelled["edit_date"] = record.edit_date
    if record.thread_id is not None:
        spelled["message_thread_id"] = record.thread_id
    if record.topic:
        spelled["is_topic_message"] = True
    if record.ephemeral_id is not None and record.receiver is not None:
        spelled |= {"ephemeral_message_id": record.ephemeral_id, "receiver_user": user(record.receiver)}
    if with_reply and record.reply_to is not None and not record.reply_to.deleted:
        spelled["reply_to_message"] = message(record.reply_to, with_reply=False)
    return spelled | _content(record) | record.extras


def _content(record: Record) -> Json:
    """Spell the words and the buttons."""
    spelled: Json = {}
    if record.body.text:
        prefix, field = ("caption_", "caption") if record.caption else ("", "text")
        spelled[field] = record.body.text
        if record.body.entities:
            spelled[f"{prefix}entities"] = [entity(found) for found in record.body.entities]
    if record.rows:
        spelled["reply_markup"] = record.markup
    return spelled


def callback_message(record: Record) -> Json:
    """Spell the message under a pressed button, which may be gone by now."""
    if record.deleted:
        return {"chat": chat(record.place), "message_id": record.message_id, "date": 0}
    return message(record)


def member(world: World, place: Place, person: User, role: Member) -> Json:
    """Spell a ChatMember, with every field that the newest API makes mandatory."""
    spelled: Json = {"user": user(person), "status": role.status}
    if role.status == "creator":
        return {**spelled, "is_anonymous": "is_anonymous" in role.rights}
    if role.status == "administrator":
        return {**spelled, **_administrator(world, place, role)}
    if role.status == "restricted":
        permissions = {name: name in role.rights for name in _PERMISSIONS}
        return {**spelled, "is_member": True, "until_date": 0, **permissions}
    return {**spelled, "until_date": 0} if role.status == "kicked" else spelled


def _administrator(world: World, place: Place, role: Member) -> Json:
    channel = isinstance(place, Group) and place.kind == "channel"
    named = [*ADMIN_RIGHTS, *(_CHANNEL_RIGHTS if channel else _GROUP_RIGHTS)]
    if world.dialect.welcome_right:
        named.append(_WELCOME_RIGHT)
    rights: Json = {name: name in role.rights for name in named}
    return {
        **rights,
        "can_manage_chat": True,  # implied by every other right
        "can_be_edited": False,
        "is_anonymous": "is_anonymous" in role.rights,
    }
