"""What is a gateway session, and the connection it goes over?"""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from tests.beds.discord.codec import Codec
from tests.beds.discord.wire import Object

DISPATCH = 0


@dataclass(eq=False, slots=True)
class Connection:
    """One websocket and what still has to go out on it."""

    socket: web.WebSocketResponse
    codec: Codec
    transport: asyncio.Transport | None
    queue: asyncio.Queue[Object] = field(default_factory=asyncio.Queue)
    session: "Session | None" = None

    @property
    def alive(self) -> bool:
        """Whether anything can still be sent."""
        lost = self.transport is None or self.transport.is_closing()
        return not (lost or self.socket.closed)

    async def write(self) -> None:
        """Send what is queued, in order, for as long as the connection lives."""
        while True:
            payload = await self.queue.get()
            try:
                if self.alive:
                    await self._send(self.codec.encode(payload))
            except ConnectionError:
                self.abort()
            finally:
                self.queue.task_done()

    async def _send(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            await self.socket.send_str(frame)
        else:
            await self.socket.send_bytes(frame)

    def drain(self) -> None:
        """Throw away what can no longer be sent, so that nobody waits for it."""
        while not self.queue.empty():
            self.queue.get_nowait()
            self.queue.task_done()

    def abort(self) -> None:
        """Break the connection without a goodbye."""
        if self.transport is not None:
            self.transport.abort()


@dataclass(eq=False, slots=True)
class Session:
    """What IDENTIFY began: it outlives its connections, and keeps every event for RESUME."""

    id: str
    intents: int
    shard: int
    shards: int
    connection: Connection | None = None
    events: list[Object] = field(default_factory=list)

    @property
    def connected(self) -> bool:
        """Whether the bot hears events now."""
        return self.connection is not None and self.connection.alive

    def dispatch(self, name: str, data: Object) -> None:
        """Send an event, or keep it until the bot resumes."""
        payload: Object = {"op": DISPATCH, "s": len(self.events) + 1, "t": name, "d": data}
        self.events.append(payload)
        if self.connection is not None:
            self.connection.queue.put_nowait(payload)

    def replay(self, after: int) -> None:
        """Send the events after this sequence number again."""
        if self.connection is None:
            return
        for payload in self.events[after:]:
            self.connection.queue.put_nowait(payload)
