"""What does Discord do when the bot reads, writes or edits in a channel?"""

from tests.beds.discord import bodies, gating, payloads, permissions, refusals
from tests.beds.discord.clock import Clock, Snowflakes
from tests.beds.discord.gateway import Gateway
from tests.beds.discord.http import Call, Reply, Route
from tests.beds.discord.mail import Mail
from tests.beds.discord.wire import Json, Object, as_object, as_snowflake
from tests.beds.discord.world import Channel, Message, User, World

CHANNEL = "/channels/{channel_id}"
MESSAGES = CHANNEL + "/messages"
MESSAGE = MESSAGES + "/{message_id}"
# "checked for uniqueness in the past few minutes": how many is not documented.
NONCE_SECONDS = 180


class Channels:
    """`typing` are the channels in which the bot showed everybody that it was writing."""

    def __init__(self, world: World, mail: Mail, gateway: Gateway, clock: Clock, ids: Snowflakes) -> None:
        self.typing: list[Channel] = []
        self._world = world
        self._mail = mail
        self._gateway = gateway
        self._clock = clock
        self._ids = ids

    def routes(self) -> list[Route]:
        """Return the routes answered here."""
        return [
            Route("GET", CHANNEL, self._channel),
            Route("POST", CHANNEL + "/typing", self._typing),
            Route("GET", MESSAGES, self._history),
            Route("POST", MESSAGES, self._post),
            Route("GET", MESSAGE, self._one),
            Route("PATCH", MESSAGE, self._edit),
            Route("DELETE", MESSAGE, self._delete),
        ]

    def _open(self, call: Call) -> Channel:
        channel = self._world.channels.get(call.id("channel_id"))
        if channel is None:
            raise refusals.unknown_channel()
        guild = channel.guild
        if guild is None and self._world.bot not in channel.users:
            raise refusals.missing_access()
        if guild is not None and not (guild.bot_in and channel.bot_can_see):
            raise refusals.missing_access()
        return channel

    def _find(self, call: Call) -> Message:
        wanted = call.id("message_id")
        for message in _lasting(self._open(call)):
            if message.id == wanted:
                return message
        raise refusals.unknown_message()

    def _show(self, message: Message) -> Object:
        # REST hides texts by the application's switch, where the gateway goes by the session's intents.
        on = self._gateway.message_content is not gating.MessageContent.OFF
        bits = gating.CONTENT if on else 0
        shown = gating.show(message, payloads.message(message), bits, self._world.bot)
        return {key: value for key, value in shown.items() if key != "nonce"}  # only the sender is told

    async def _channel(self, call: Call) -> Reply:
        return Reply(payloads.channel(self._open(call), self._world.bot))

    async def _typing(self, call: Call) -> Reply:
        self.typing.append(self._open(call))
        return Reply()

    async def _history(self, call: Call) -> Reply:
        channel = self._open(call)
        if not permissions.of_bot(channel) & permissions.READ_HISTORY:
            return Reply([])  # documented: no refusal, but no messages either
        found, limit = _lasting(channel), int(call.query.get("limit", "50"))
        if (after := call.query.get("after")) is not None:  # the oldest of these, yet newest first
            found = [message for message in found if message.id > int(after)][:limit]
        if (before := call.query.get("before")) is not None:
            found = [message for message in found if message.id < int(before)]
        shown: list[Json] = [self._show(each) for each in found[::-1][:limit]]
        return Reply(shown)

    async def _one(self, call: Call) -> Reply:
        return Reply(self._show(self._find(call)))

    async def _post(self, call: Call) -> Reply:
        channel, body = self._open(call), call.object
        self._check_may_write(channel)
        version = bodies.new(body, call.files, self._ids)
        if (earlier := self._same_nonce(channel, body)) is not None:
            return Reply(payloads.message(earlier))
        message = self._mail.draft(channel, self._world.bot, version)
        message.reply_to = self._replied(channel, body)
        replied = message.reply_to.author if message.reply_to else None
        message.pings = bodies.pings(body, version, self._mail, replied)
        nonce = body.get("nonce")
        message.nonce = nonce if isinstance(nonce, str | int) else None
        self._mail.send(message)
        await self._gateway.flush()
        return Reply(payloads.message(message))

    def _check_may_write(self, channel: Channel) -> None:
        if channel.guild is not None:
            if not permissions.of_bot(channel) & permissions.SEND_MESSAGES:
                raise refusals.missing_permissions()
            return
        person = _other(channel, self._world.bot)
        if not self._world.reachable(person):
            raise refusals.no_mutual_guild()
        if not person.dms_open:
            raise refusals.dms_closed()

    def _same_nonce(self, channel: Channel, body: Object) -> Message | None:
        nonce = body.get("nonce")
        if nonce is None or not body.get("enforce_nonce"):
            return None
        if len(str(nonce)) > 25:
            raise refusals.invalid_form("nonce", "NONCE_TYPE_TOO_LONG", "Nonce is too long.")
        oldest = Snowflakes(self._clock).make(age=NONCE_SECONDS)
        mine = (m for m in channel.messages if m.author is self._world.bot and m.id > oldest)
        return next((message for message in mine if str(message.nonce) == str(nonce)), None)

    def _replied(self, channel: Channel, body: Object) -> Message | None:
        reference = body.get("message_reference")
        if reference is None:
            return None
        fields = as_object(reference, "message_reference")
        wanted = as_snowflake(fields.get("message_id"), "message_id")
        for message in _lasting(channel):
            if message.id == wanted:
                return message
        if fields.get("fail_if_not_exists", True):
            raise refusals.invalid_form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return None

    async def _edit(self, call: Call) -> Reply:
        message = self._find(call)
        if message.author is not self._world.bot:
            raise refusals.not_the_author()
        self._mail.revise(message, bodies.edited(message.now, call, call.object, self._ids))
        await self._gateway.flush()
        return Reply(payloads.message(message))

    async def _delete(self, call: Call) -> Reply:
        message = self._find(call)
        manages = permissions.of_bot(message.channel) & permissions.MANAGE_MESSAGES
        if message.author is not self._world.bot and not manages:
            raise refusals.missing_permissions()
        self._mail.remove(message)
        await self._gateway.flush()
        return Reply()


def _lasting(channel: Channel) -> list[Message]:
    """Return the messages that a channel's own routes know: ephemeral ones are not among them."""
    return [message for message in channel.messages if not message.deleted and message.only_for is None]


def _other(channel: Channel, bot: User) -> User:
    return next(user for user in channel.users if user is not bot)
