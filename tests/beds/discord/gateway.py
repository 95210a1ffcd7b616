"""How does the gateway talk: sessions, resuming, heartbeats?

Discord's `events/gateway`.
"""

import asyncio
import json
import secrets
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.beds.discord import gating
from tests.beds.discord.codec import codec
from tests.beds.discord.gating import MessageContent
from tests.beds.discord.payloads import channel, guild_create, message, user
from tests.beds.discord.session import Connection, Session
from tests.beds.discord.wire import Malformed, Object, as_int, as_list, as_object, as_text
from tests.beds.discord.world import Guild, Interaction, Message, World

HEARTBEAT, IDENTIFY, PRESENCE, RESUME = 1, 2, 3, 6
RECONNECT, INVALID_SESSION, HELLO, ACK = 7, 9, 10, 11
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, WRONG_TOKEN = 4001, 4002, 4003, 4004
ALREADY_AUTHENTICATED, INVALID_SHARD, INTENTS_REFUSED = 4005, 4010, 4014


@dataclass(slots=True)
class Gateway:
    """All sessions and connections. `url` is where to connect; resuming has an address of its own."""

    world: World
    token: str
    url: str = ""
    message_content: MessageContent = MessageContent.ON
    heartbeat_interval: float = 41.25
    sessions: dict[str, Session] = field(default_factory=dict)
    connections: list[Connection] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    received: list[str] = field(default_factory=list)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one connection from HELLO to its close."""
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        link = Connection(socket, codec(request.query.get("compress", "")), request.transport)
        self.connections.append(link)
        writer = asyncio.create_task(link.write())
        link.queue.put_nowait(_payload(HELLO, {"heartbeat_interval": int(self.heartbeat_interval * 1000)}))
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT and (code := self._receive(link, frame.data)):
                    await socket.close(code=code)
        finally:
            writer.cancel()
            self._forget(link)
        return socket

    def _forget(self, link: Connection) -> None:
        self.connections.remove(link)
        link.drain()
        if link.session is not None and link.session.connection is link:
            link.session.connection = None

    def _receive(self, link: Connection, frame: str) -> int | None:
        """Act on one payload; return the code to close with, if the bot did something wrong."""
        try:
            payload = as_object(json.loads(frame))
            code = self._act(link, as_int(payload.get("op"), "op"), payload)
        except (Malformed, json.JSONDecodeError) as error:
            code = DECODE_ERROR
            self.faults.append(f"gateway: {error}")
        if code in {UNKNOWN_OPCODE, NOT_AUTHENTICATED, ALREADY_AUTHENTICATED, INVALID_SHARD}:
            self.faults.append(f"gateway: closed with {code}")
        return code

    def _act(self, link: Connection, op: int, payload: Object) -> int | None:
        names = {HEARTBEAT: "HEARTBEAT", IDENTIFY: "IDENTIFY", PRESENCE: "PRESENCE", RESUME: "RESUME"}
        if op not in names:
            return UNKNOWN_OPCODE
        self.received.append(names[op])
        if op == HEARTBEAT:
            link.queue.put_nowait(_payload(ACK, None))
            return None
        if op == PRESENCE:
            return None if link.session else NOT_AUTHENTICATED
        if link.session is not None:
            return ALREADY_AUTHENTICATED
        data = as_object(payload.get("d"), "d")
        if as_text(data.get("token"), "token").removeprefix("Bot ") != self.token:
            return WRONG_TOKEN
        return self._identify(link, data) if op == IDENTIFY else self._resume(link, data)

    def _identify(self, link: Connection, data: Object) -> int | None:
        shard, shards = (as_int(each, "shard") for each in as_list(data.get("shard"), "shard") or [0, 1])
        intents = as_int(data.get("intents"), "intents")
        if not 0 <= shard < shards:
            return INVALID_SHARD
        if gating.refused(intents, self.message_content):
            return INTENTS_REFUSED
        session = Session(secrets.token_hex(16), intents, shard, shards, link)
        self.sessions[session.id] = session
        link.session = session
        self._greet(session)
        return None

    def _greet(self, session: Session) -> None:
        mine = [guild for guild in self.world.guilds.values() if guild.bot_in and _hears(session, guild.id)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": user(self.world.bot) | {"mfa_enabled": False, "verified": True, "email": None},
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
                "session_id": session.id,
                "resume_gateway_url": f"{self.url}/resume",
                "shard": [session.shard, session.shards],
                "application": {
                    "id": str(self.world.application_id),
                    "flags": self.message_content.value,
                },
            },
        )
        for guild in mine:
            self._guild_create(session, guild)

    def _guild_create(self, session: Session, guild: Guild) -> None:
        if session.intents & gating.GUILDS:
            session.dispatch("GUILD_CREATE", guild_create(guild, self.world.bot))

    def _resume(self, link: Connection, data: Object) -> int | None:
        session = self.sessions.get(as_text(data.get("session_id"), "session_id"))
        seen = as_int(data.get("seq"), "seq")
        if session is None or seen > len(session.events):
            link.queue.put_nowait(_payload(INVALID_SESSION, False))
            return None
        session.connection, link.session = link, session
        session.replay(seen)
        session.dispatch("RESUMED", {})
        return None

    def guild_added(self, guild: Guild) -> None:
        """The bot was added to a guild, or the guild came into being with it."""
        for session in self._hearing(guild.id):
            self._guild_create(session, guild)

    def guild_removed(self, guild: Guild, *, unavailable: bool = False) -> None:
        """The bot was removed from a guild; `unavailable`: the guild is down, and the bot is still in it."""
        gone: Object = {"id": str(guild.id)} | ({"unavailable": True} if unavailable else {})
        for session in self._hearing(guild.id):
            if session.intents & gating.GUILDS:
                session.dispatch("GUILD_DELETE", gone)

    def channel_added(self, guild: Guild) -> None:
        """The newest channel of a guild came into being."""
        for session in self._hearing(guild.id):
            if guild.bot_in and session.intents & gating.GUILDS:
                session.dispatch("CHANNEL_CREATE", channel(guild.channels[-1], self.world.bot))

    def message_event(self, name: str, what: Message, extra: Object) -> None:
        """A message was sent or edited: tell the bot what its intents let it know."""
        guild = what.channel.guild
        for session in self._hearing(None if guild is None else guild.id):
            if gating.delivers(session.intents, what.channel):
                shown = gating.show(what, message(what), session.intents, self.world.bot)
                session.dispatch(name, shown | extra)

    def message_gone(self, what: Message) -> None:
        """A message was deleted."""
        guild = what.channel.guild
        data: Object = {"id": str(what.id), "channel_id": str(what.channel.id)}
        for session in self._hearing(None if guild is None else guild.id):
            if gating.delivers(session.intents, what.channel):
                session.dispatch(
                    "MESSAGE_DELETE", data if guild is None else data | {"guild_id": str(guild.id)}
                )

    def interaction(self, asked: Interaction, payload: Object) -> None:
        """Somebody gave a command or pressed a button; no intent is needed to hear of it."""
        guild = asked.channel.guild
        for session in self._hearing(None if guild is None else guild.id):
            session.dispatch("INTERACTION_CREATE", payload)

    async def close(self, code: int | None) -> None:
        """Close every connection with a code; None breaks it without a goodbye. Sessions live on."""
        await self.flush()
        for link in list(self.connections):
            if code is None:
                link.abort()
            else:
                await link.socket.close(code=code)

    async def ask_reconnect(self) -> None:
        """Ask every client to connect anew and resume."""
        for link in self.connections:
            link.queue.put_nowait(_payload(RECONNECT, None))
        await self.flush()

    async def invalidate(self) -> None:
        """Forget every session."""
        self.sessions.clear()
        for link in self.connections:
            link.queue.put_nowait(_payload(INVALID_SESSION, False))
        await self.flush()

    def _hearing(self, guild_id: int | None) -> list[Session]:
        return [session for session in self.sessions.values() if _hears(session, guild_id)]

    async def flush(self) -> None:
        """Wait until everything said so far is on the wire."""
        await asyncio.gather(*(link.queue.join() for link in self.connections if link.alive))


def _hears(session: Session, guild_id: int | None) -> bool:
    return gating.shard_of(guild_id, session.shards) == session.shard


def _payload(op: int, data: Object | bool | None) -> Object:
    return {"op": op, "s": None, "t": None, "d": data}
