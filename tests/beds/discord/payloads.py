"""How does Discord write down a user, a guild, a channel, a message?"""

from tests.beds.discord import permissions
from tests.beds.discord.clock import created_at, iso
from tests.beds.discord.wire import Json, Object, as_objects
from tests.beds.discord.world import Attachment, Channel, ChannelKind, Guild, InteractionKind, Message, User

# What Discord fills in where a container (17) or a separator (14) leaves it out.
_DEFAULTS: dict[Json, Object] = {
    17: {"accent_color": None, "spoiler": False},
    14: {"divider": True, "spacing": 1},
}


def user(who: User) -> Object:
    """Return a user object."""
    return {
        "id": str(who.id), "username": who.name, "global_name": None, "discriminator": "0", "avatar": None,
        "public_flags": 0, "flags": 0, "bot": who.bot, "primary_guild": None,
    }  # fmt: skip


def member(who: User, guild: Guild, channel: Channel | None = None) -> Object:
    """Return a member without the user; with a channel also what they may do there."""
    roles: list[Json] = [str(guild.moderator_role)] if who.id in guild.moderators else []
    found: Object = {
        "avatar": None, "banner": None, "communication_disabled_until": None, "flags": 0, "nick": None,
        "joined_at": iso(created_at(guild.id)), "pending": False, "premium_since": None, "roles": roles,
        "mute": False, "deaf": False,
    }  # fmt: skip
    if channel is not None:
        found["permissions"] = str(permissions.of(who, channel))
    return found


def role(role_id: int, name: str, bits: int, position: int) -> Object:
    """Return a role object."""
    return {
        "id": str(role_id), "name": name, "permissions": str(bits), "position": position, "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False, "icon": None, "unicode_emoji": None, "managed": False, "mentionable": False,
        "flags": 0,
    }  # fmt: skip


def guild_create(guild: Guild, bot: User) -> Object:
    """Return what GUILD_CREATE carries. Without the members intent, the bot is the only member in it."""
    bot_member: Object = member(bot, guild) | {"user": user(bot)}
    roles: list[Json] = [
        role(guild.id, "@everyone", permissions.everyone(guild), 0),
        role(guild.moderator_role, "moderators", permissions.MODERATOR, 1),
    ]
    return {
        "id": str(guild.id), "name": guild.name, "owner_id": str(guild.owner.id), "icon": None,
        "splash": None, "discovery_splash": None, "banner": None, "description": None,
        "vanity_url_code": None,
        "features": [], "afk_channel_id": None, "afk_timeout": 300, "application_id": None,
        "mfa_level": 0, "nsfw_level": 0,
        "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 2,
        "system_channel_id": None, "system_channel_flags": 0, "rules_channel_id": None,
        "public_updates_channel_id": None, "safety_alerts_channel_id": None, "incidents_data": None,
        "max_members": 500_000, "premium_tier": 0, "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False, "preferred_locale": guild.locale, "emojis": [], "stickers": [],
        "joined_at": iso(created_at(guild.id)), "large": False, "unavailable": False,
        "member_count": len(guild.members) + 1, "voice_states": [], "threads": [], "presences": [],
        "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        "roles": roles, "members": [bot_member], "channels": [channel(each, bot) for each in guild.channels],
    }  # fmt: skip


def channel(place: Channel, bot: User) -> Object:
    """Return a channel object."""
    last = str(place.messages[-1].id) if place.messages else None
    found: Object = {"id": str(place.id), "type": place.kind.value, "last_message_id": last, "flags": 0}
    if place.guild is None:
        found["recipients"] = [user(each) for each in place.users if each is not bot]
        if place.kind is ChannelKind.GROUP:
            found |= {"name": place.name or None, "icon": None, "owner_id": str(place.users[0].id)}
        return found
    return found | {
        "guild_id": str(place.guild.id), "name": place.name, "topic": None, "nsfw": False, "parent_id": None,
        "position": place.guild.channels.index(place), "rate_limit_per_user": 0,
        "permission_overwrites": permissions.overwrites(place, place.guild, bot),
    }  # fmt: skip


def message(what: Message) -> Object:
    """Return a message object, complete: what may be shown of it is for `gating` to say."""
    shown = what.now
    found: Object = {
        "id": str(what.id), "channel_id": str(what.channel.id), "author": user(what.author),
        "content": shown.content, "timestamp": iso(created_at(what.id)),
        "edited_timestamp": None if what.edited_at is None else iso(what.edited_at),
        "tts": False, "mention_everyone": False, "mention_roles": [], "pinned": False,
        "mentions": [user(each) for each in what.pings], "embeds": list(shown.embeds),
        "attachments": [attachment(each) for each in shown.attachments],
        "components": _numbered(list(shown.components)), "flags": shown.flags, "type": _message_type(what),
    }  # fmt: skip
    if what.nonce is not None:
        found["nonce"] = what.nonce
    if what.webhook_id is not None:
        found["webhook_id"] = str(what.webhook_id)
    if what.reply_to is not None:
        found["message_reference"] = _reference(what.reply_to)
        found["referenced_message"] = None if what.reply_to.deleted else message(what.reply_to)
    if what.answers is not None:
        found |= _interaction_part(what)
    return found


def attachment(file: Attachment) -> Object:
    """Return an attachment object."""
    url = f"https://cdn.example.invalid/attachments/{file.id}/{file.filename}"
    return {
        "id": str(file.id), "filename": file.filename, "size": file.size, "url": url, "proxy_url": url,
        "content_type": "application/octet-stream",
    }  # fmt: skip


def _reference(to: Message) -> Object:
    found: Object = {"type": 0, "message_id": str(to.id), "channel_id": str(to.channel.id)}
    return found if to.channel.guild is None else found | {"guild_id": str(to.channel.guild.id)}


def _message_type(what: Message) -> int:
    asked = what.answers
    if asked is not None and asked.kind is InteractionKind.COMMAND and asked.original is what:
        return 20
    return 19 if what.reply_to is not None else 0


def _interaction_part(what: Message) -> Object:
    asked = what.answers
    if asked is None:
        return {}
    meta: Object = {
        "id": str(asked.id), "type": asked.kind.value, "user": user(asked.user),
        "authorizing_integration_owners": dict(asked.owners),
    }  # fmt: skip
    if asked.message is not None:
        meta["interacted_message_id"] = str(asked.message.id)
    found: Object = {"interaction_metadata": meta}
    if asked.kind is InteractionKind.COMMAND:
        found["interaction"] = {
            "id": str(asked.id), "type": 2, "name": asked.name, "user": user(asked.user),
        }  # fmt: skip
    return found


def _numbered(components: list[Json]) -> list[Json]:
    """Give every component the `id` and the defaults that Discord fills in."""
    count = 0

    def number(component: Object) -> Object:
        nonlocal count
        count += 1
        filled: Object = {"id": count, **{k: v for k, v in component.items() if v is not None}}
        filled = _DEFAULTS.get(filled.get("type"), {}) | filled
        for key in ("components", "accessory"):
            if isinstance(inner := filled.get(key), dict):
                filled[key] = number(inner)
            elif isinstance(inner, list):
                filled[key] = [number(each) for each in as_objects(inner, key)]
        return filled

    return [number(each) for each in as_objects(components, "components")]
