"""Which registered command did the member type, and may they use it here?"""

import re

from tests.beds.discord import permissions
from tests.beds.discord.refusals import Unavailable
from tests.beds.discord.wire import Json, Object, as_int, as_list, as_objects, as_text
from tests.beds.discord.world import Channel, ChannelKind, User, World

SUBCOMMAND, GROUP, INTEGER, BOOLEAN = 1, 2, 4, 5
GUILD_INSTALL, USER_INSTALL = 0, 1
_OPTION = re.compile(r"([\w-]+):(.*?)(?=\s+[\w-]+:|$)", re.DOTALL)


def find(world: World, text: str) -> tuple[Object, list[Json]]:
    """Return the command that `help sextortion country:GB` names, and the options of its interaction.

    Raises Unavailable when the bot registered no such thing.
    """
    name, _, rest = text.removeprefix("/").partition(" ")
    for command in world.commands or []:
        if command["name"] == name and command["type"] == 1:
            return command, _options(command, rest.strip(), name)
    raise Unavailable(f"/{name} is not registered")


def _options(definition: Object, rest: str, path: str) -> list[Json]:
    offered = as_objects(definition.get("options"), "options")
    if any(option["type"] in {SUBCOMMAND, GROUP} for option in offered):
        word, _, tail = rest.partition(" ")
        for option in offered:
            if option["name"] == word:
                inner = _options(option, tail.strip(), f"{path} {word}")
                return [{"type": option["type"], "name": word, "options": inner}]
        raise Unavailable(f"/{path} needs one of {[option['name'] for option in offered]}, not {word!r}")
    given = {name: value.strip() for name, value in _OPTION.findall(rest)}
    if missing := [o["name"] for o in offered if o.get("required") and o["name"] not in given]:
        raise Unavailable(f"/{path} needs {missing}")
    return [_value(offered, name, value, path) for name, value in given.items()]


def _value(offered: list[Object], name: str, value: str, path: str) -> Object:
    option = next((each for each in offered if each["name"] == name), None)
    if option is None:
        raise Unavailable(f"/{path} has no option {name!r}")
    choices = as_objects(option.get("choices"), "choices")
    if choices:
        chosen = next((each for each in choices if value in {each["name"], str(each["value"])}), None)
        if chosen is None:
            raise Unavailable(f"/{path} {name} has no choice {value!r}")
        return {"type": option["type"], "name": name, "value": chosen["value"]}
    typed: Json = value
    if option["type"] == INTEGER:
        typed = int(value)
    elif option["type"] == BOOLEAN:
        typed = value.lower() == "true"
    return {"type": option["type"], "name": name, "value": typed}


def focus(definition: Object, options: list[Json]) -> str:
    """Mark the last option of a command as being typed, and return its name.

    Raises Unavailable for one without autocompletion.
    """
    offered, given = as_objects(definition.get("options"), "options"), as_objects(options, "options")
    while given and given[-1]["type"] in {SUBCOMMAND, GROUP}:
        name = given[-1]["name"]
        offered = next(as_objects(o.get("options"), "options") for o in offered if o["name"] == name)
        given = as_objects(given[-1].get("options"), "options")
    wanted = given[-1]["name"] if given else None
    if not any(option["name"] == wanted and option.get("autocomplete") for option in offered):
        raise Unavailable(f"nothing completes {wanted!r}")
    given[-1]["focused"] = True
    return str(wanted)


def context_of(world: World, channel: Channel) -> int:
    """Return Discord's interaction context: 0 a guild, 1 direct messages with the bot, 2 any others."""
    if channel.guild is not None:
        return 0
    return 1 if channel.kind is ChannelKind.DM and world.bot in channel.users else 2


def owners(world: World, user: User, channel: Channel, types: list[Json]) -> dict[str, str]:
    """Return by whose installation the app works here, as `authorizing_integration_owners`."""
    found: dict[str, str] = {}
    if GUILD_INSTALL in types:
        if channel.guild is not None and channel.guild.bot_in:
            found["0"] = str(channel.guild.id)
        elif context_of(world, channel) == 1 and world.reachable(user):
            found["0"] = "0"
    if USER_INSTALL in types and user.installed:
        found["1"] = str(user.id)
    return found


def authorise(world: World, user: User, channel: Channel, command: Object) -> dict[str, str]:
    """Return `owners` for a command; raises Unavailable where Discord would not offer it."""
    if not channel.open_to(user):
        raise Unavailable(f"{user.name} cannot open this channel")
    contexts = command.get("contexts")
    if contexts is not None and context_of(world, channel) not in as_list(contexts, "contexts"):
        raise Unavailable(f"/{command['name']} is not for this kind of channel: contexts {contexts}")
    found = owners(
        world, user, channel, as_list(command.get("integration_types"), "types") or [GUILD_INSTALL]
    )
    if not found:
        raise Unavailable(f"/{command['name']} is installed neither here nor by {user.name}")
    _check_permissions(user, channel, command)
    return found


def _check_permissions(user: User, channel: Channel, command: Object) -> None:
    wanted = command.get("default_member_permissions")
    if wanted is None or channel.guild is None:
        return
    bits = int(as_text(wanted, "default_member_permissions")) or permissions.ALL
    if permissions.of(user, channel) & bits != bits:
        raise Unavailable(f"/{command['name']} is hidden from {user.name}")


def registered(commands: list[Object], application_id: int, ids: list[int]) -> list[Object]:
    """Return commands as Discord stores and echoes them."""
    return [_stored(each, application_id, command_id) for each, command_id in zip(commands, ids, strict=True)]


def _stored(command: Object, application_id: int, command_id: int) -> Object:
    bits = command.get("default_member_permissions")
    defaults: Object = {"description": "", "options": [], "nsfw": False, "contexts": None}
    assigned: Object = {
        "id": str(command_id),
        "application_id": str(application_id),
        "version": str(command_id),
        "type": as_int(command.get("type"), "type") or 1,
        "integration_types": as_list(command.get("integration_types"), "types") or [GUILD_INSTALL],
        "default_member_permissions": None if bits is None else str(bits),
        "dm_permission": True,
    }
    return defaults | command | assigned
