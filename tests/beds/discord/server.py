"""How does a request travel: faults, authorization, limits, the route, the answer?"""

import asyncio
import json
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from tests.beds.discord.concern import concerned
from tests.beds.discord.faults import Drop, Faults, Kind, RateLimited, Refuse, ServerError, Slow
from tests.beds.discord.gateway import Gateway
from tests.beds.discord.http import Call, Reply, Route, Upload
from tests.beds.discord.limits import Limits
from tests.beds.discord.refusals import Refused, invalid_form, no_route, unauthorized
from tests.beds.discord.wire import Malformed, Object
from tests.beds.openapi import OpenApi

BASE = "/api/v10"
HOST = "127.0.0.1"
# discord.py parses a body only under exactly this type; aiohttp's own would add a charset.
JSON_HEADERS = {"Content-Type": "application/json"}

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Real sockets on a free port of this machine: REST below /api/v10, the gateway at / and /resume."""

    def __init__(self, gateway: Gateway, token: str, schema: OpenApi | None) -> None:
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self.injected = Faults()
        self.limits = Limits()
        self.port = 0
        self._gateway = gateway
        self._token = token
        self._schema = schema
        self._checked: set[str] = set()
        self._runner: web.AppRunner | None = None

    async def start(self, routes: Sequence[Route]) -> None:
        """Listen."""
        app = web.Application(client_max_size=32 * 2**20)
        app.router.add_get("/", self._socket)
        app.router.add_get("/resume", self._socket)
        for route in routes:
            app.router.add_route(route.method, BASE + route.path, self._handler(route))
        app.router.add_route("*", "/{tail:.*}", self._handler(None))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self.up()

    async def up(self) -> None:
        """Take connections, always on the same port."""
        if self._runner is None:
            raise RuntimeError("the bed is not started")
        site = web.TCPSite(self._runner, HOST, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def down(self) -> None:
        """Refuse connections and break those there are."""
        if self._runner is None:
            return
        for site in list(self._runner.sites):
            await site.stop()
        self.break_connections()

    def break_connections(self) -> None:
        """Break every connection, of REST and gateway, without a goodbye."""
        for link in self._gateway.connections:
            link.abort()
        if self._runner is not None and self._runner.server is not None:
            for connection in self._runner.server.connections:
                connection.force_close()

    def withdraw_token(self) -> None:
        """Answer every request with the bot's token by 401 from now on."""
        self._token = ""

    async def stop(self) -> None:
        """Let go of the port."""
        self.break_connections()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        kind = self.injected.take("GET", request.path)
        if kind is not None and (early := await _before(kind)) is not None:
            return early.response or _broken(request)
        return await self._gateway.serve(request)

    def _handler(self, route: Route | None) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            call = await _call(request, route)
            self.calls.append(call)
            answer = await self._travel(request, call, route)
            if answer is None:
                return _broken(request)
            call.status = answer.status
            call.shared = answer.headers.get("X-RateLimit-Scope") == "shared"
            return answer

        return handle

    async def _travel(self, request: web.Request, call: Call, route: Route | None) -> web.Response | None:
        kind = self.injected.take(call.method, call.path, concerned(self._gateway.world, call))
        if kind is not None and (early := await _before(kind)) is not None:
            return early.response
        answer = await self._answer(request, call, route)
        return answer if kind is None else await _after(kind, answer)

    async def _answer(self, request: web.Request, call: Call, route: Route | None) -> web.Response:
        if route is None:
            self.faults.append(f"unknown route: {call.method} {call.path}")
            return _refusal(no_route())
        if not route.interaction and request.headers.get("Authorization") != f"Bot {self._token}":
            return _refusal(unauthorized())
        bucket = (
            call.params["channel_id"] if call.method == "POST" and route.path.endswith("/messages") else None
        )
        if not route.interaction and (exceeded := self.limits.count(bucket)) is not None:
            return _limited(RateLimited(exceeded.retry_after, everywhere=exceeded.everywhere))
        self._check_schema(call)
        answer = await self._respond(call, route)
        if bucket is not None and self.limits.enabled:
            answer.headers.update(self.limits.headers(bucket))
        return answer

    def _check_schema(self, call: Call) -> None:
        body = f"{call.method} {call.route} {call.body}"
        if self._schema is not None and call.body is not None and body not in self._checked:
            self._checked.add(body)
            found = self._schema.deviations(call.method, call.route, call.body)
            self.faults += [f"not in Discord's schema: {call.method} {call.route}: {each}" for each in found]

    async def _respond(self, call: Call, route: Route) -> web.Response:
        try:
            return _json(await route.respond(call))
        except Refused as refused:
            return _refusal(refused)
        except Malformed as malformed:
            return _refusal(invalid_form("body", "BASE_TYPE_BAD_TYPE", str(malformed)))
        except Exception:
            # A bug of the bed must fail the test, not look to the bot like one of Discord's bad days.
            self.faults.append(f"the bed failed at {call.method} {call.path}:\n{traceback.format_exc()}")
            return _json(Reply({"message": "the bed failed", "code": 0}, 500))


async def _call(request: web.Request, route: Route | None) -> Call:
    path = request.path.removeprefix(BASE)
    call = Call(request.method, path, route.path if route else "", query=dict(request.query))
    call.params = dict(request.match_info)
    if request.content_type == "multipart/form-data":
        await _read_multipart(request, call)
    elif request.content_type == "application/json" and (raw := await request.read()):
        call.body = json.loads(raw)
    return call


async def _read_multipart(request: web.Request, call: Call) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        raw = bytes(await part.read())
        if part.name == "payload_json":
            call.body = json.loads(raw)
        else:
            call.files += (Upload(part.filename or "", len(raw)),)


@dataclass(frozen=True, slots=True)
class Early:
    """An answer in place of the route's; None breaks the connection."""

    response: web.Response | None


async def _before(kind: Kind) -> Early | None:
    """Do what goes wrong before the effect; None lets the request through."""
    match kind:
        case Refuse(status, code, message):
            return Early(_refusal(Refused(status, code, message)))
        case RateLimited():
            return Early(_limited(kind))
        case ServerError(status, after_effect=False):
            return Early(_server_error(status))
        case Drop(after_effect=False):
            return Early(None)
        case Slow(seconds, after_effect=False):
            await asyncio.sleep(seconds)
    return None


async def _after(kind: Kind, answer: web.Response) -> web.Response | None:
    """Do what goes wrong after the effect."""
    match kind:
        case ServerError(status):
            return _server_error(status)
        case Drop():
            return None
        case Slow(seconds, after_effect=True):
            await asyncio.sleep(seconds)
    return answer


def _broken(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _json(reply: Reply, headers: Mapping[str, str] | None = None) -> web.Response:
    if reply.body is None:
        return web.Response(status=204)
    return web.Response(
        status=reply.status, body=json.dumps(reply.body).encode(), headers={**JSON_HEADERS, **(headers or {})}
    )


def _refusal(refused: Refused) -> web.Response:
    return _json(Reply(refused.body, refused.status))


def _server_error(status: int) -> web.Response:
    return web.Response(status=status, text="upstream connect error")


def _limited(kind: RateLimited) -> web.Response:
    if not kind.via:
        return web.Response(
            status=429, text="error code: 1015", headers={"Retry-After": f"{kind.retry_after:.0f}"}
        )
    headers = {
        "Via": "1.1 google",
        "Retry-After": f"{kind.retry_after:.0f}",
        "X-RateLimit-Scope": "shared" if kind.shared else "global" if kind.everywhere else "user",
    }
    if kind.everywhere:
        headers["X-RateLimit-Global"] = "true"
    body: Object = {
        "message": "You are being rate limited.",
        "retry_after": kind.retry_after,
        "global": kind.everywhere,
    }
    return _json(Reply(body, 429), headers)
