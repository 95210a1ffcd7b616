"""Which commands does a member's app offer?"""

import re

from tests.beds.telegram.params import Params
from tests.beds.telegram.refusals import bad_request
from tests.beds.telegram.values import Group, Json, Member, Place, User

_PLAIN_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_MOST_COMMANDS = 100


class Commands:
    """The lists a bot has set, one a scope and language."""

    def __init__(self, *, keeps_ephemeral: bool) -> None:
        self._keeps_ephemeral = keeps_ephemeral
        self.lists: dict[tuple[str, str], list[Json]] = {}

    def set(self, params: Params) -> None:
        """Replace one list."""
        commands = params.decoded("commands")
        if not isinstance(commands, list):
            raise bad_request("expected an Array of BotCommand")
        if len(commands) > _MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.lists[_key(params)] = [self._checked(command) for command in commands]

    def get(self, params: Params) -> list[Json]:
        """Return one list, empty when it was never set."""
        return self.lists.get(_key(params), [])

    def delete(self, params: Params) -> None:
        """Forget one list."""
        self.lists.pop(_key(params), None)

    def offered(self, user: User, place: Place, member: Member) -> list[Json]:
        """Return what this person's app shows here: the narrowest scope with a list, their language first."""
        for scope in _scopes(user, place, member):
            for language in (user.language_code or "", ""):
                found = self.lists.get((scope, language))
                if found:
                    return found
        return []

    def _checked(self, raw: object) -> Json:
        if not isinstance(raw, dict):
            raise bad_request("expected an Object as BotCommand")
        name, description = (
            str(raw.get("command", "")).removeprefix("/"),
            str(raw.get("description", "")).strip(),
        )
        if not _NAME.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        command: Json = {"command": name, "description": description}
        if self._keeps_ephemeral and raw.get("is_ephemeral"):
            command["is_ephemeral"] = True
        return command


def _key(params: Params) -> tuple[str, str]:
    """Return (scope, language) of a request as one key."""
    scope = Params(params.record("scope"))
    kind, language = scope.text("type") or "default", params.text("language_code")
    if not re.fullmatch(r"([a-z]{2})?", language):
        raise bad_request("invalid language code specified")
    if kind in _PLAIN_SCOPES:
        return kind, language
    if kind not in _CHAT_SCOPES:
        raise bad_request("unsupported type of BotCommandScope specified")
    user = f"/{scope.integer('user_id')}" if kind == "chat_member" else ""
    return f"{kind}/{scope.integer('chat_id')}{user}", language


def _scopes(user: User, place: Place, member: Member) -> list[str]:
    """Return the scopes that apply, narrowest first, in the order the Bot API documents."""
    if not isinstance(place, Group):
        return [f"chat/{place.id}", "all_private_chats", "default"]
    narrow = [f"chat_member/{place.id}/{user.id}"]
    if member.administers:
        narrow.append(f"chat_administrators/{place.id}")
    narrow.append(f"chat/{place.id}")
    if member.administers:
        narrow.append("all_chat_administrators")
    return [*narrow, "all_group_chats", "default"]
