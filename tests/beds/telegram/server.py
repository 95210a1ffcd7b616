"""What goes over the wire?"""

import asyncio
import re
import traceback
from dataclasses import dataclass

from aiohttp import web

from tests.beds.telegram.faults import Fault, Faults
from tests.beds.telegram.methods.table import Method, known_to_newer_servers, methods
from tests.beds.telegram.params import Params, read
from tests.beds.telegram.refusals import Refusal
from tests.beds.telegram.world import World

_PATH = re.compile(r"(?:/.*)?/bot([^/]+)/([^/]+)/?")
_WELL_FORMED_TOKEN = re.compile(r"\d+:[\w-]+")
_LAST_SECONDS = 0.05
_BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass(slots=True, eq=False)
class Call:
    """One request. `status` is what was answered: None while it is worked on, 0 when the line was cut."""

    method: str
    params: Params
    at: float
    status: int | None = None


class Server:
    """The HTTP face of a world: /bot<token>/<method>, also behind a prefix."""

    def __init__(self, world: World, token: str, faults: Faults) -> None:
        self.calls: list[Call] = []
        self.complaints: list[str] = []
        self.port = 0
        self._world = world
        self._token = token
        self._faults = faults
        self._methods = methods(world.dialect)
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on 127.0.0.1; on the same port as before when it was down meanwhile."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_LAST_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening and cut every open connection."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        server = runner.server
        await runner.cleanup()
        if server is not None:
            await _turns()  # whom the socket had accepted just before
            await server.shutdown(_LAST_SECONDS)
            await _turns()  # for their transports to close

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = _PATH.fullmatch(request.path)
        if path is None or not _WELL_FORMED_TOKEN.fullmatch(path[1]):
            return _refused(Refusal(404, "Not Found"))
        if path[1] != self._token:
            return _refused(Refusal(401, "Unauthorized"))
        name, method = self._methods.get(path[2].lower(), (path[2], None))
        try:
            params = await read(request)
        except Refusal as refusal:
            return _refused(refusal)
        call = Call(name, params, self._world.clock.now())
        self.calls.append(call)
        response = await self._work(call, method, request)
        call.status = 0 if response is None else response.status
        return response if response is not None else web.Response()

    async def _work(self, call: Call, method: Method | None, request: web.Request) -> web.Response | None:
        """Return the answer; None when the line was cut instead."""
        fault = self._faults.next(call.method.lower(), call.params)
        if fault is not None and fault.kind not in ("cut_after", "slow"):
            return self._fail_at_once(fault, request)
        response = await self._call(call, method)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.kind == "cut_after":
            _cut(request)
            return None
        return response

    def _fail_at_once(self, fault: Fault, request: web.Request) -> web.Response | None:
        refusal = fault.refusal()
        if refusal is not None:
            return _refused(refusal)
        if fault.kind == "bad_gateway":
            return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")
        _cut(request)
        return None

    async def _call(self, call: Call, method: Method | None) -> web.Response:
        if method is None:
            if not known_to_newer_servers(call.method):
                self.complaints.append(f"no method {call.method}")
            return _refused(Refusal(404, "Not Found: method not found"))
        try:
            return web.json_response({"ok": True, "result": await method(self._world, call.params)})
        except Refusal as refusal:
            return _refused(refusal)
        except Exception:
            self.complaints.append(f"the bed failed in {call.method}:\n{traceback.format_exc()}")
            return _refused(Refusal(500, "Internal Server Error: the bed failed"))


async def _turns() -> None:
    """Let the event loop turn some times: a busy machine may do it but once in any span of seconds."""
    for _ in range(20):
        await asyncio.sleep(0)


def _refused(refusal: Refusal) -> web.Response:
    body: dict[str, object] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.code)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
