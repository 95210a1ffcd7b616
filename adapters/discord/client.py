"""What does our discord.py client listen to, and how does it connect?"""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.http import Route

from adapters.discord import inbound
from adapters.discord.attempts import heard
from adapters.discord.commands import Tree
from adapters.discord.config import Section
from adapters.discord.invalid import Invalid
from bot.model import Message
from bot.ports import Handler

log = structlog.get_logger()

CLOSE_SECONDS = 3.0  # discord.py would wait 30 s for a gateway that no longer answers
LONGEST_BACKOFF = 5  # a power of two: 32 s
_API, _GATEWAY = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY


def aim(section: Section) -> None:
    """Point discord.py at the section's servers; its only switch for that is one for the process."""
    Route.BASE = section.api_base_url or _API
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(section.gateway_url) if section.gateway_url else _GATEWAY


class Client(discord.AutoShardedClient):
    """One attempt at being connected; make a new one for the next.

    Always the sharded client: up to 2,500 servers it is the plain one with a single shard, beyond that
    Discord demands shards. Members, presences and messages are not cached.
    """

    def __init__(self, handler: Handler, invalid: Invalid, *, message_content: bool = True) -> None:
        # Nobody needs to hear that libraries for voice are not installed.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, message_content=message_content
            ),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=30.0,  # help that comes late may meet the wrong eyes
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=invalid.trace(self._unauthorized),
        )
        self._handler = handler
        self._withdrawn = asyncio.Event()
        self._asking: asyncio.Task[None] | None = None
        self._tried = False
        self.was_ready = False
        self.tree = Tree(self, handler)
        parsers = self._connection.parsers
        parsers.update(
            {event: _or_dropped(event, parse) for event, parse in parsers.items() if event != "READY"}
        )

    async def run_until_lost(self, gateway_url: str | None) -> None:
        """Listen, reconnecting and resuming as discord.py does; log in first.

        With a gateway of the operator's, Discord's answer to `GET /gateway/bot` counts for the number
        of shards only, and a server without that route gets one. Raises what ended the connection,
        LoginFailure when the token was withdrawn meanwhile.
        """
        if gateway_url is not None:
            self.shard_count = 1
            with suppress(discord.GatewayNotFound):
                self.shard_count, _, _ = await self.http.get_bot_gateway()
        connecting = asyncio.create_task(self.connect())
        connecting.add_done_callback(heard)
        withdrawn = asyncio.create_task(self._withdrawn.wait())
        try:
            # Not awaited itself: a shard that is just reconnecting swallows a cancellation, and discord.py
            # would then wait for ever. Once the client is closed, it ends.
            await asyncio.wait({connecting, withdrawn}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            withdrawn.cancel()
            await self.shut()
            connecting.cancel()
        if self._withdrawn.is_set():
            raise discord.LoginFailure
        connecting.result()

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect one shard. Raises GatewayNotFound when not even the first can be.

        discord.py calls this again after a failure, for ever and from within itself; as long as no
        shard is up, our own back-off with a new client is the better way.
        """
        if self._tried and not self.shards:
            raise discord.GatewayNotFound
        self._tried = True
        await super().launch_shard(gateway, shard_id, initial=initial)
        _keep_session(self.shards[shard_id])

    async def shut(self) -> None:
        """Close the connection within a few seconds, whatever the other side does."""
        closing = asyncio.create_task(self.close())
        closing.add_done_callback(heard)
        await asyncio.wait({closing}, timeout=CLOSE_SECONDS)
        closing.cancel()
        await self.http.close()

    @property
    def can_speak(self) -> bool:
        """Whether it is logged in and not closed; the gateway may be away."""
        return self.user is not None and not self.is_closed()

    async def on_ready(self) -> None:
        """Note that all shards are up."""
        self.was_ready = True
        log.info(
            "discord_connected",
            servers=len(self.guilds),
            shards=len(self.shards),
            notices_messages=self.intents.message_content,
        )
        # It may have been let in again while it was not connected.
        await self._handler.on_membership([str(guild.id) for guild in self.guilds], inside=True)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Tell that the bot was let in."""
        await self._handler.on_membership([str(guild.id)], inside=True)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """The same: what Discord marks as available may be new. While connecting, `on_ready` tells of all."""
        if self.was_ready:
            await self._handler.on_membership([str(guild.id)], inside=True)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Tell that the bot was removed; of an outage discord.py makes another event."""
        await self._handler.on_membership([str(guild.id)], inside=False)

    async def on_message(self, raw: discord.Message) -> None:
        """Hand over what a member wrote."""
        await self._heard(inbound.message(raw, self._me))

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Hand over what a member changed; the raw event, because no message is cached."""
        await self._heard(inbound.edit(event, self._me))

    async def _heard(self, message: Message | None) -> None:
        if message is not None and (not message.addressed or self._handler.hears(message.origin.person)):
            await self._handler.on_message(message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Hand over a press of any button that was ever sent; commands come through the tree.

        Not a `DynamicItem`: that rebuilds the message's view first and drops the press without a word
        where this fails or the id does not match, and then nobody is helped.
        """
        if interaction.type is discord.InteractionType.component:
            press = inbound.press(interaction)
            if self._handler.hears(press.origin.person):
                await self._handler.on_press(press)

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log that a listener failed, without the event or the words in it."""
        kind = sys.exc_info()[0]
        log.error("discord_event_failed", listener=event_method, error=kind.__name__ if kind else "unknown")

    def _unauthorized(self) -> None:
        """Ask Discord, after a 401, whether the token still holds: one can be Discord's own trouble."""
        if self.can_speak and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._ask_token())

    async def _ask_token(self) -> None:
        try:
            await self.http.request(Route("GET", "/users/@me"))
        except discord.HTTPException as error:
            if error.status == 401:
                self._withdrawn.set()
        except Exception as error:
            log.debug("discord_token_not_asked", error=type(error).__name__)

    @property
    def _me(self) -> int:
        return self.user.id if self.user else 0


def _or_dropped(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    """Drop an event that discord.py cannot read, and say so.

    It would end the connection. Whoever found a message that does so could keep the bot away, and make
    it log in until Discord, after 1,000 times in a day, takes its token away.
    """

    def parsed(data: Any) -> None:
        try:
            parse(data)
        except Exception as error:
            log.error("discord_event_unreadable", kind=event, error=type(error).__name__)

    return parsed


def _keep_session(info: discord.ShardInfo) -> None:
    """Let a shard resume its session after a reconnect that failed, as discord.py's plain client does.

    Its sharded one begins a new session then, and what was said meanwhile would never arrive. It also comes
    to wait 17 minutes between two tries.
    """
    shard = info._parent

    async def resume() -> None:
        await shard.reidentify(ReconnectWebSocket(shard.id, resume=shard.ws.session_id is not None))

    shard.reconnect = resume  # type: ignore[method-assign]  # discord.py has no switch for it
    shard._backoff._max = LONGEST_BACKOFF
