"""How do a member's command and press reach the bot?"""

import secrets

from tests.beds.discord import commands, payloads, permissions, rules, view
from tests.beds.discord.clock import Clock, Snowflakes
from tests.beds.discord.gateway import Gateway
from tests.beds.discord.refusals import Unavailable
from tests.beds.discord.wire import Json, Object, as_objects
from tests.beds.discord.world import Channel, Interaction, InteractionKind, Message, User, World


class Asking:
    """Makes interactions and sends them to the bot."""

    def __init__(self, world: World, gateway: Gateway, clock: Clock, ids: Snowflakes) -> None:
        self._world = world
        self._gateway = gateway
        self._clock = clock
        self._ids = ids

    def command(self, user: User, channel: Channel, text: str, age: float) -> Interaction:
        """Give a command; raises Unavailable where Discord would not offer it."""
        definition, options = commands.find(self._world, text)
        owners = commands.authorise(self._world, user, channel, definition)
        data: Object = {"id": definition["id"], "name": definition["name"], "type": 1, "options": options}
        name = " ".join(word for word in text.removeprefix("/").split() if ":" not in word)
        return self._send(InteractionKind.COMMAND, user, channel, name, owners, data, None, age)

    def complete(self, user: User, channel: Channel, text: str) -> Interaction:
        """Be typing a command, the last option of it at present; raises Unavailable as `command` does."""
        definition, options = commands.find(self._world, text)
        owners = commands.authorise(self._world, user, channel, definition)
        typed = commands.focus(definition, options)
        data: Object = {"id": definition["id"], "name": definition["name"], "type": 1, "options": options}
        return self._send(InteractionKind.AUTOCOMPLETE, user, channel, typed, owners, data, None, 0.0)

    def press(
        self, user: User, message: Message, button: str, values: list[Json], age: float, *, forged: bool
    ) -> Interaction:
        """Press a button, by its label or id; raises Unavailable if the person cannot."""
        if not view.sees(user, message):
            raise Unavailable(f"{user.name} does not see this message")
        made_up: Object = {"type": rules.BUTTON, "custom_id": button}
        component, picked = (made_up, None) if forged else _pressable(message, button)
        data: Object = {"component_type": component["type"], "custom_id": component["custom_id"]}
        if component["type"] in rules.SELECTS:
            data["values"] = values or [picked]
        owners = self._owners(message)
        kind = InteractionKind.COMPONENT
        return self._send(kind, user, message.channel, button, owners, data, message, age)

    def _owners(self, message: Message) -> dict[str, str]:
        if message.answers is not None:
            return message.answers.owners
        guild = message.channel.guild
        return {"0": "0" if guild is None else str(guild.id)}

    def _send(
        self,
        kind: InteractionKind,
        user: User,
        channel: Channel,
        name: str,
        owners: dict[str, str],
        data: Object,
        message: Message | None,
        age: float,
    ) -> Interaction:
        asked = Interaction(
            id=self._ids.make(age),
            token=secrets.token_urlsafe(48),
            kind=kind,
            user=user,
            channel=channel,
            name=name,
            at=self._clock.now() - age,
            owners=owners,
            context=commands.context_of(self._world, channel),
            message=message,
            versions_before=len(message.versions) if message else 0,
        )
        self._world.interactions[asked.token] = asked
        self._gateway.interaction(asked, self._payload(asked, data))
        return asked

    def _payload(self, asked: Interaction, data: Object) -> Object:
        channel, guild = asked.channel, asked.channel.guild
        body: Object = {
            "id": str(asked.id), "application_id": str(self._world.application_id), "type": asked.kind.value,
            "token": asked.token, "version": 1, "data": data, "locale": asked.user.locale,
            "channel": payloads.channel(channel, self._world.bot), "channel_id": str(channel.id),
            "app_permissions": str(permissions.of_bot(channel)), "entitlements": [],
            "authorizing_integration_owners": dict(asked.owners), "context": asked.context,
            "attachment_size_limit": 10 * 2**20,
        }  # fmt: skip
        if asked.message is not None:
            body["message"] = payloads.message(asked.message)
        if guild is None:
            return body | {"user": payloads.user(asked.user)}
        return body | {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": payloads.member(asked.user, guild, channel) | {"user": payloads.user(asked.user)},
        }


def _pressable(message: Message, button: str) -> tuple[Object, Json]:
    """Return the button, or the list that has it as an option, and that option's value."""
    for node in rules.nodes(list(message.now.components)):
        component = node.component
        if node.type != rules.BUTTON and node.type not in rules.SELECTS:
            continue
        options = as_objects(component.get("options"), "options")
        picked = next((o["value"] for o in options if button in {o.get("label"), o.get("value")}), None)
        if picked is None and button not in {component.get("label"), component.get("custom_id")}:
            continue
        if component.get("disabled") or not component.get("custom_id"):
            raise Unavailable(f"{button!r} is disabled, or a link")
        return component, picked
    offered = [each.label for each in view.buttons(message.now)]
    raise Unavailable(f"no button {button!r}; there are {offered}")
