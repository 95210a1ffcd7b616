"""Do the libraries, and Python itself, keep quiet about what people wrote, who they are, and tokens?"""

import json
import logging
import subprocess
import sys
from pathlib import Path

import aiohttp
import discord
import discord.gateway
import httpx
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from telegram.ext import Application, ApplicationBuilder

from tests.ops.conftest import PERSON, SAID, TELEGRAM_TOKEN, Logs

log = structlog.get_logger("bot.tests")


async def serve_ok(_: web.Request) -> web.Response:
    return web.Response()


async def test_httpx_does_not_show_the_token_in_its_urls(logs: Logs) -> None:
    for name in ("httpx", "httpcore", "asyncio"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", serve_ok)
    async with TestServer(app) as server, httpx.AsyncClient() as client:
        response = await client.post(str(server.make_url(f"/bot{TELEGRAM_TOKEN}/getMe")), json={"text": SAID})
    assert response.status_code == 200
    assert logs.text == ""


async def test_a_handler_of_aiohttp_that_fails_shows_no_request(logs: Logs) -> None:
    async def fail(request: web.Request) -> web.Response:
        raise RuntimeError(await request.text())

    app = web.Application()
    app.router.add_post("/", fail)
    async with TestServer(app) as server, aiohttp.ClientSession() as client:
        await client.post(server.make_url("/"), data=SAID)
    assert "RuntimeError at " in str(logs.lines[0]["raised"])


async def test_discord_py_keeps_its_warnings_and_loses_their_arguments(logs: Logs) -> None:
    gateway = logging.getLogger("discord.gateway")
    gateway.setLevel(logging.DEBUG)
    gateway.debug("For Shard ID %s: WebSocket Event: %s", 0, {"content": SAID})
    gateway.info("Shard ID %s has connected to Gateway (Session ID: %s).", 0, SAID)
    assert logs.lines == []

    client = discord.Client(intents=discord.Intents.none())
    try:
        raise ValueError(SAID)
    except ValueError:
        await client.on_error("on_message", SAID)
    line = logs.lines[-1]
    assert (line["event"], line["logger"]) == ("Ignoring exception in %s", "discord.client")
    assert str(line["where"]).startswith("discord/client.py:")
    assert str(line["raised"]).startswith("ValueError at tests/ops/test_library_logs.py:")


def test_discord_py_that_is_behind_says_so(logs: Logs) -> None:
    class Socket:
        thread_id, _max_heartbeat_timeout = 0, 60.0

    keeper = discord.gateway.KeepAliveHandler(ws=Socket(), interval=40, shard_id=int(PERSON))  # type: ignore[arg-type]
    keeper._last_send -= 11
    keeper.ack()
    assert logs.events == ["Can't keep up, shard ID %s websocket is %.1fs behind."]


async def test_python_telegram_bot_without_error_handler_shows_no_update(logs: Logs) -> None:
    app: Application = ApplicationBuilder().token(TELEGRAM_TOKEN).build()  # type: ignore[type-arg]
    await app.process_error(update=SAID, error=RuntimeError(SAID))
    (line,) = logs.lines
    assert line["event"] == "No error handlers are registered, logging exception."
    assert line["raised"] == "RuntimeError"


def test_sqlalchemy_shows_no_parameters(logs: Logs, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'any.db'}", echo=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (a UNIQUE)"))
    try:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO t VALUES (:a), (:a)"), {"a": SAID})
    except IntegrityError as error:
        log.exception("failed", error=error)
        logging.getLogger("sqlalchemy.pool").error(f"failed {error}", exc_info=True)
    finally:
        engine.dispose()
    ours, theirs = logs.lines
    assert ours["error"] == "IntegrityError"
    assert "; from IntegrityError at " in str(ours["raised"])
    assert theirs["event"] == "(withheld)"


STRAY = f"""
import asyncio, sys, threading, warnings
from bot.ops.logging import configure, install_hooks

SAID = {SAID!r}

class Owner:
    def __repr__(self):
        return SAID
    def __del__(self):
        raise RuntimeError(SAID)
    def fail(self):
        raise RuntimeError(SAID)

async def fail():
    raise ValueError(SAID)

async def main():
    install_hooks(asyncio.get_running_loop())
    asyncio.create_task(fail(), name=SAID)
    asyncio.get_running_loop().call_soon(Owner().fail)
    Owner()
    thread = threading.Thread(target=Owner.fail, args=(SAID,), name=SAID)
    thread.start()
    thread.join()
    warnings.warn(SAID, UserWarning)
    await asyncio.sleep(0.01)
    raise LookupError(SAID)

configure(level="DEBUG", secrets=(), stream=sys.stderr, json=True)
asyncio.run(main(), debug=True)
"""


def test_nothing_python_prints_by_itself_gets_past(tmp_path: Path) -> None:
    script = tmp_path / "stray.py"
    script.write_text(STRAY, encoding="utf-8")
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, cwd=root, env={"PYTHONPATH": root}
    )
    assert done.stdout == ""
    assert SAID not in done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    told = {(line["event"], str(line.get("raised")).partition(" ")[0]) for line in lines}
    assert told >= {
        ("exception in the event loop", "ValueError"),
        ("exception in the event loop", "RuntimeError"),
        ("exception in a destructor", "RuntimeError"),
        ("exception in a thread", "RuntimeError"),
        ("warning", "None"),
        ("uncaught exception", "LookupError"),
    }
    assert done.returncode == 1
