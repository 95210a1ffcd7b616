"""Is the bot well?  A small HTTP server for supervisors and Prometheus."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors import ConfigError
from bot.ops.metrics import Metrics

LOOPBACK = "127.0.0.1"
TICK = 1.0
STALLED = 10.0
_MEND = "write host:port, for example 127.0.0.1:8080"


class Heartbeat:
    """Ticks once a second in the event loop, and records how late each tick was. `clock` is in seconds."""

    def __init__(self, metrics: Metrics, clock: Callable[[], float]) -> None:
        self._metrics = metrics
        self._clock = clock
        self._last = clock()

    @property
    def alive(self) -> bool:
        """Whether it ticked within the last ten seconds."""
        return self._clock() - self._last < STALLED

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            await asyncio.sleep(TICK)
            self.tick()

    def tick(self) -> None:
        """Record that the loop has come round, a second after the last time or later."""
        now = self._clock()
        self._metrics.loop_lag(max(0.0, now - self._last - TICK))
        self._last = now


@contextlib.asynccontextmanager
async def serve(listen: str, ready: Callable[[], bool], metrics: Metrics) -> AsyncIterator[str]:
    """Answer on `listen` ("host:port"; a port alone is on 127.0.0.1) while the body runs.

    `/healthz` is 200 while the event loop ticks, else 503; `/readyz` is 200 or 503 as `ready` says;
    `/metrics` is Prometheus' text format. Gives the address it listens on. Raises ConfigError when that
    cannot be had.
    """
    host, port = _parse(listen)
    heartbeat = Heartbeat(metrics, asyncio.get_running_loop().time)
    runner = web.AppRunner(_application(heartbeat, ready, metrics), access_log=None)
    await runner.setup()
    beating = asyncio.create_task(heartbeat.run(), name="heartbeat")
    try:
        yield await _start(runner, host, port)
    finally:
        beating.cancel()
        await runner.cleanup()


async def _start(runner: web.AppRunner, host: str, port: int) -> str:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise ConfigError(
            f"ops.listen: cannot listen on {host}:{port} ({error.strerror}); "
            "name another address, or stop the program that uses it"
        ) from None
    bound = runner.addresses[0]
    return f"{bound[0]}:{bound[1]}"


def _application(heartbeat: Heartbeat, ready: Callable[[], bool], metrics: Metrics) -> web.Application:
    async def healthz(_: web.Request) -> web.Response:
        return _verdict(heartbeat.alive)

    async def readyz(_: web.Request) -> web.Response:
        return _verdict(ready())

    async def render(_: web.Request) -> web.Response:
        return web.Response(body=metrics.render(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.add_routes(
        [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", render)]
    )
    return application


def _verdict(good: bool) -> web.Response:
    return web.Response(text="ok\n") if good else web.Response(text="not ok\n", status=503)


def _parse(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ConfigError(f"ops.listen: no port in it; {_MEND}")
    return host.strip("[]") or LOOPBACK, int(port)
