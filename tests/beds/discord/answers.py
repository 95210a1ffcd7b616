"""What does Discord do when the bot answers an interaction?

Discord's `interactions/receiving-and-responding`.
"""

from tests.beds.discord import bodies, payloads, refusals
from tests.beds.discord.clock import Clock, Snowflakes
from tests.beds.discord.gateway import Gateway
from tests.beds.discord.http import Call, Reply, Route
from tests.beds.discord.mail import Mail
from tests.beds.discord.wire import Object, as_int, as_object
from tests.beds.discord.world import EPHEMERAL, LOADING, Interaction, InteractionKind, Message, Version, World

MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES = 4, 5, 6, 7, 8
FIRST_ANSWER_SECONDS = 3
TOKEN_SECONDS = 15 * 60
FOLLOW_UPS_OUTSIDE = 5

WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = WEBHOOK + "/messages/@original"


class Answers:
    """The callback, follow-ups, and the original answer."""

    def __init__(self, world: World, mail: Mail, gateway: Gateway, clock: Clock, ids: Snowflakes) -> None:
        self._world = world
        self._mail = mail
        self._gateway = gateway
        self._clock = clock
        self._ids = ids

    def routes(self) -> list[Route]:
        """Return the routes answered here."""
        callback = "/interactions/{interaction_id}/{interaction_token}/callback"
        return [
            Route("POST", callback, self._callback, interaction=True),
            Route("POST", WEBHOOK, self._follow_up, interaction=True),
            Route("GET", ORIGINAL, self._get, interaction=True),
            Route("PATCH", ORIGINAL, self._patch, interaction=True),
            Route("DELETE", ORIGINAL, self._delete, interaction=True),
        ]

    async def _callback(self, call: Call) -> Reply:
        asked = self._world.interactions.get(call.params["interaction_token"])
        if asked is None or asked.id != call.id("interaction_id"):
            raise refusals.unknown_interaction()
        if asked.acknowledged is not None:
            raise refusals.already_acknowledged()
        if self._clock.now() - asked.at > FIRST_ANSWER_SECONDS:
            raise refusals.unknown_interaction()
        kind = as_int(call.object.get("type"), "type")
        self._acknowledge(asked, kind, call)
        asked.acknowledged = kind
        await self._gateway.flush()
        return (
            self._callback_reply(asked, kind) if call.query.get("with_response") in {"1", "true"} else Reply()
        )

    def _acknowledge(self, asked: Interaction, kind: int, call: Call) -> None:
        body = as_object(call.object.get("data") or {}, "data")
        if (kind == CHOICES) != (asked.kind is InteractionKind.AUTOCOMPLETE):
            raise refusals.invalid_form("type", "BASE_TYPE_CHOICES", f"No {kind} for a {asked.kind.name}.")
        if kind == CHOICES:
            asked.choices = bodies.choices(body)
        elif kind == MESSAGE:
            asked.original = self._send(
                asked, body, bodies.new(body, call.files, self._ids, ephemeral_allowed=True)
            )
        elif kind == DEFERRED_MESSAGE:
            flags = bodies.flags_of(body, ephemeral_allowed=True) & EPHEMERAL
            asked.original = self._send(asked, body, Version(flags=flags | LOADING))
        elif kind in {DEFERRED_UPDATE, UPDATE} and asked.message is not None:
            asked.original = asked.message
            if kind == UPDATE:
                self._mail.revise(asked.message, bodies.edited(asked.message.now, call, body, self._ids))
        else:
            raise refusals.invalid_form(
                "type", "BASE_TYPE_CHOICES", f"The bed takes no callback of type {kind} here."
            )

    def _send(self, asked: Interaction, body: Object, version: Version) -> Message:
        guild = asked.channel.guild
        outside = guild is not None and not guild.bot_in
        if guild is not None and outside and not guild.external_apps:
            version = Version(
                version.content,
                version.embeds,
                version.components,
                version.attachments,
                version.flags | EPHEMERAL,
            )
        message = self._mail.draft(asked.channel, self._world.bot, version)
        message.only_for = asked.user if version.flags & EPHEMERAL else None
        message.answers = asked
        message.webhook_id = self._world.application_id
        message.reply_to = asked.message
        message.pings = bodies.pings(body, version, self._mail)
        return self._mail.send(message)

    def _callback_reply(self, asked: Interaction, kind: int) -> Reply:
        part: Object = {"id": str(asked.id), "type": asked.kind.value, "channel_id": str(asked.channel.id)}
        if asked.channel.guild is not None:
            part["guild_id"] = str(asked.channel.guild.id)
        message = asked.original
        if message is None or kind == DEFERRED_UPDATE:
            return Reply({"interaction": part})
        part["response_message_id"] = str(message.id)
        part["response_message_loading"] = message.loading
        part["response_message_ephemeral"] = message.only_for is not None
        shown = payloads.message(message)
        return Reply({"interaction": part, "resource": {"type": kind, "message": shown}})

    def _valid(self, call: Call) -> Interaction:
        asked = self._world.interactions.get(call.params["webhook_token"])
        if asked is None or call.id("webhook_id") != self._world.application_id or asked.acknowledged is None:
            raise refusals.unknown_webhook()
        if self._clock.now() - asked.at > TOKEN_SECONDS:
            raise refusals.token_expired()
        return asked

    def _original(self, call: Call) -> tuple[Interaction, Message]:
        asked = self._valid(call)
        if asked.original is None or asked.original.deleted:
            raise refusals.unknown_message()
        return asked, asked.original

    async def _follow_up(self, call: Call) -> Reply:
        asked, body = self._valid(call), call.object
        version = bodies.new(body, call.files, self._ids, ephemeral_allowed=True)
        if asked.original is not None and asked.original.loading:
            # The first follow-up takes the place of "thinking", and is seen by whom that was shown to.
            return await self._fill(asked.original, version)
        if "0" not in asked.owners and len(asked.follow_ups) >= FOLLOW_UPS_OUTSIDE:
            raise refusals.too_many_follow_ups()
        message = self._send(asked, body, version)
        message.reply_to = asked.original
        asked.follow_ups.append(message)
        await self._gateway.flush()
        return Reply(payloads.message(message))

    async def _fill(self, message: Message, version: Version) -> Reply:
        flags = version.flags & ~EPHEMERAL | message.now.flags & EPHEMERAL
        filled = Version(version.content, version.embeds, version.components, version.attachments, flags)
        self._mail.revise(message, filled)
        await self._gateway.flush()
        return Reply(payloads.message(message))

    async def _get(self, call: Call) -> Reply:
        return Reply(payloads.message(self._original(call)[1]))

    async def _patch(self, call: Call) -> Reply:
        _, message = self._original(call)
        return await self._fill(message, bodies.edited(message.now, call, call.object, self._ids))

    async def _delete(self, call: Call) -> Reply:
        self._mail.remove(self._original(call)[1])
        await self._gateway.flush()
        return Reply()


def has_answered(asked: Interaction) -> bool:
    """Tell whether the bot has said something in answer that is not just "thinking"."""
    if asked.acknowledged is None or not asked.answers:
        return False
    changed = asked.message is not None and len(asked.message.versions) > asked.versions_before
    newest = asked.answers[-1]
    return not newest.loading and (newest is not asked.message or changed)
