"""What does Discord answer about the bot itself, its commands and its people?"""

from tests.beds.discord import commands, payloads
from tests.beds.discord.clock import Snowflakes
from tests.beds.discord.gateway import Gateway
from tests.beds.discord.http import Call, Reply, Route
from tests.beds.discord.mail import Mail
from tests.beds.discord.refusals import (
    invalid_recipient,
    opening_dms_too_fast,
    unknown_application,
    unknown_user,
)
from tests.beds.discord.wire import Json, Object, as_objects, as_snowflake
from tests.beds.discord.world import World


class Account:
    """`new_dms_left` is how many more conversations the bot may open before 40003; None is no limit."""

    def __init__(self, world: World, mail: Mail, gateway: Gateway, ids: Snowflakes) -> None:
        self.new_dms_left: int | None = None
        self.shards = 1
        self._world = world
        self._mail = mail
        self._gateway = gateway
        self._ids = ids

    def routes(self) -> list[Route]:
        """Return the routes answered here."""
        stored = "/applications/{application_id}/commands"
        return [
            Route("GET", "/users/@me", self._me),
            Route("GET", "/users/@me/guilds", self._guilds),
            Route("POST", "/users/@me/channels", self._open_dm),
            Route("GET", "/users/{user_id}", self._user),
            Route("GET", "/oauth2/applications/@me", self._application),
            Route("GET", "/applications/@me", self._application),
            Route("GET", "/gateway", self._gateway_url),
            Route("GET", "/gateway/bot", self._gateway_bot),
            Route("GET", stored, self._commands),
            Route("PUT", stored, self._put_commands),
        ]

    async def _me(self, call: Call) -> Reply:
        extra: Object = {
            "mfa_enabled": False,
            "locale": "en-US",
            "premium_type": 0,
            "email": None,
            "verified": True,
        }
        return Reply(payloads.user(self._world.bot) | extra)

    async def _guilds(self, call: Call) -> Reply:
        mine: list[Json] = [
            {"id": str(guild.id), "name": guild.name, "icon": None, "banner": None, "owner": False,
             "features": [], "permissions": "0"}
            for guild in self._world.guilds.values() if guild.bot_in
        ]  # fmt: skip
        return Reply(mine)

    async def _user(self, call: Call) -> Reply:
        found = self._world.users.get(call.id("user_id"))
        if found is None:
            raise unknown_user()
        return Reply(payloads.user(found))

    async def _application(self, call: Call) -> Reply:
        bot = self._world.bot
        flags = self._gateway.message_content.value
        body: Object = {
            "id": str(self._world.application_id), "name": bot.name, "icon": None, "description": "",
            "type": None, "bot": payloads.user(bot), "bot_public": True, "bot_require_code_grant": False,
            "summary": "",
            "verify_key": "0" * 64, "flags": flags, "flags_new": str(flags), "redirect_uris": [],
            "team": None,
            "interactions_endpoint_url": None, "role_connections_verification_url": None,
            "owner": payloads.user(bot), "approximate_guild_count": len(self._world.guilds),
            "approximate_user_install_count": sum(each.installed for each in self._world.users.values()),
            "approximate_user_authorization_count": 0, "explicit_content_filter": 0,
            "eligible_oauth2_scopes": [],
            "integration_types_config": {"0": {}, "1": {}},
        }  # fmt: skip
        return Reply(body)

    async def _gateway_url(self, call: Call) -> Reply:
        return Reply({"url": self._gateway.url})

    async def _gateway_bot(self, call: Call) -> Reply:
        limit: Object = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        return Reply({"url": self._gateway.url, "shards": self.shards, "session_start_limit": limit})

    async def _commands(self, call: Call) -> Reply:
        self._check_application(call)
        return Reply(list(self._world.commands or []))

    async def _put_commands(self, call: Call) -> Reply:
        self._check_application(call)
        sent = as_objects(call.body, "commands")
        ids = [self._ids.make() for _ in sent]
        self._world.commands = commands.registered(sent, self._world.application_id, ids)
        return Reply(list(self._world.commands))

    def _check_application(self, call: Call) -> None:
        if call.id("application_id") != self._world.application_id:
            raise unknown_application()

    async def _open_dm(self, call: Call) -> Reply:
        person = self._world.users.get(as_snowflake(call.object.get("recipient_id"), "recipient_id"))
        if person is None or person.bot:
            raise invalid_recipient()
        if self._world.dm(person) is None:
            self._count_new_dm()
        return Reply(payloads.channel(self._mail.dm(person), self._world.bot))

    def _count_new_dm(self) -> None:
        if self.new_dms_left is None:
            return
        if self.new_dms_left == 0:
            raise opening_dms_too_fast()
        self.new_dms_left -= 1
