"""Is nothing of anybody in any file, log, number or output, however the bot is used and however it ends?"""

import asyncio
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from tests.beds.discord import DiscordBed
from tests.beds.telegram import TelegramBed
from tests.e2e.product import Product
from tests.e2e.scanner import Markers
from tests.e2e.traced import Crowd
from tests.started import ROOT

DATABASE = ("quietline.db", "quietline.db-wal", "quietline.db-shm")
# All that can fail does so at the word `boom`, each time with what was written.
BUGS = """
import asyncio, threading, warnings
from bot.guide.guide import Guide

find = Guide.find

class Falls:
    def __init__(self, text): self.text = text
    def __del__(self): raise ValueError(self.text)

def fail(text):
    raise ValueError(f"cannot read {text}")

def failing(self, text, locale):
    if "boom" not in text:
        return find(self, text, locale)
    asyncio.get_running_loop().call_soon(fail, text)
    thread = threading.Thread(target=fail, args=(text,), name=text)
    thread.start(); thread.join()
    warnings.warn(text)
    Falls(text)
    try:
        fail(text)
    except ValueError as error:
        raise KeyError(text) from error

Guide.find = failing
"""


class Buggy(Product):
    """The bot with bugs, watched by faulthandler."""

    @property
    def environment(self) -> dict[str, str]:
        """Python runs `sitecustomize` first."""
        hooks = self.folder / "hooks"
        hooks.mkdir(exist_ok=True)
        (hooks / "sitecustomize.py").write_text(BUGS, encoding="utf-8")
        found = super().environment
        return found | {"PYTHONPATH": f"{hooks}{os.pathsep}{ROOT}", "PYTHONFAULTHANDLER": "1"}


@dataclass
class Left:
    """All that was left at each moment, by name."""

    markers: Markers = field(default_factory=Markers)
    files: dict[str, bytes] = field(default_factory=dict)
    helped: int = 0
    waiting: list[int] = field(default_factory=list)
    limits: str = ""

    def keep(self, when: str, product: Product) -> None:
        for path in product.folder.iterdir():
            if path.is_file() and path.name not in ("config.yaml", "discord.token"):
                self.files[f"{path.name} {when}"] = path.read_bytes()
        self.waiting.append(waiting(product.folder, when))

    async def ask(self, listen: str, *paths: str) -> None:
        async with httpx.AsyncClient() as client:
            for path in paths:
                answer = await client.get(f"http://{listen}{path}")
                self.files[path] = str(answer.headers).encode() + answer.content

    async def command(self, product: Product, *words: str) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words, "--config", str(product.folder / "config.yaml")),
            cwd=ROOT,
            env=product.environment | {"PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        self.files[" ".join(words)] = output


def waiting(folder: Path, when: str) -> int:
    """How many offers stand in a copy of the database, as somebody would take it."""
    copy = folder / f"copy {when}"
    copy.mkdir()
    for name in DATABASE:
        if (folder / name).exists():
            shutil.copy(folder / name, copy)
    with closing(sqlite3.connect(copy / DATABASE[0])) as database:
        return int(database.execute("SELECT count(*) FROM outbox").fetchone()[0])


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def boom(crowd: Crowd) -> None:
    """Somebody on each platform comes across the bugs; the next is answered all the same."""
    discord, telegram, mark = crowd.discord, crowd.telegram, crowd.markers.text
    guild = discord.guild(mark())
    await discord.dm(discord.member(guild, mark()), f"boom {mark()}")
    user = telegram.user(mark(), started=True)
    await telegram.say(user, user, f"boom {mark()}")
    await telegram.command(user, user, f"/help {mark()}")
    await telegram.wait_for(lambda: telegram.seen_by(user, user, from_bot=True), 20)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def left(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Left]:
    left, folder, listen = Left(), tmp_path_factory.mktemp("traces"), f"127.0.0.1:{free_port()}"
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    async with DiscordBed() as discord, TelegramBed(privacy=False) as telegram:
        crowd = Crowd(discord, telegram, left.markers)
        product = Buggy(folder, discord=discord, telegram=telegram, settings={"ops": {"listen": listen}})
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
        await product.start()
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))
        left.limits = limits(product)
        await boom(crowd)
        await crowd.everything()
        await crowd.left_waiting()
        await discord.wait_for(lambda: waiting_now(folder) >= 6, 20)
        await left.ask(listen, "/metrics", "/healthz", "/readyz")
        left.keep("while it runs", product)
        product._running.send_signal(signal.SIGABRT)
        assert await product._running.wait() == -signal.SIGABRT
        left.keep("after it died", product)
        person = next(iter(discord.world.users.values()))
        for words in (("export",), ("forget", "--keep-opt-out"), ("forget",)):
            await left.command(product, words[0], f"discord:{person.id}", *words[1:])
        await left.command(product, "export", "telegram:no-number")
        await left.command(product, "breaker")
        await left.command(product, "doctor")
        discord.world.commands = None
        discord._server.injected.queue.clear()
        telegram.heal()
        async with product:
            await discord.wait_for(lambda: waiting_now(folder) < 6, 30)  # who was being sent to waits longer
            crowd.know()
        left.keep("after it stopped", product)
        left.helped = crowd.helped
    # The operator wrote it there.
    left.files = {name.replace(str(person.id), "ID"): content for name, content in left.files.items()}
    yield left


def limits(product: Product) -> str:
    return Path(f"/proc/{product._running.pid}/limits").read_text(encoding="ascii")


def waiting_now(folder: Path) -> int:
    with closing(sqlite3.connect(folder / DATABASE[0])) as database:
        return int(database.execute("SELECT count(*) FROM outbox").fetchone()[0])


def test_everybody_was_helped_and_some_were_still_waiting(left: Left) -> None:
    assert left.helped > 40
    running, died, stopped = left.waiting
    assert running >= died >= 6 > stopped
    assert {"quietline.db-wal while it runs", "quietline.db-wal after it died"} <= left.files.keys()
    metrics = left.files["/metrics"].decode()
    assert re.search(r'help_requests_total\{platform="discord"', metrics)
    assert re.search(r'help_requests_total\{platform="telegram"', metrics)


def test_the_bugs_were_met(left: Left) -> None:
    log = left.files["bot.log after it died"].decode()
    for said in (
        '"event": "not answered", "level": "error", "logger": "bot.service", "platform": "discord"',
        '"event": "not answered", "level": "error", "logger": "bot.service", "platform": "telegram"',
        "exception in the event loop",
        "exception in a thread",
        "exception in a destructor",
        '"event": "warning"',
        "Fatal Python error: Aborted",
    ):
        assert said in log


def test_no_memory_may_be_dumped(left: Left) -> None:
    (line,) = [line for line in left.limits.splitlines() if line.startswith("Max core file size")]
    assert line.split()[4:6] == ["0", "0"]


def test_nothing_of_anybody_is_left_behind(left: Left) -> None:
    assert not left.markers.found_in(left.files)
    assert {"export discord:ID", "forget discord:ID", "breaker", "doctor"} <= left.files.keys()


def test_the_search_finds_what_is_planted_there(left: Left) -> None:
    for name, content in left.files.items():
        middle = len(content) // 2
        for planted in (min(left.markers.texts).encode(), str(max(left.markers.numbers)).encode()):
            assert left.markers.found_in({name: content[:middle] + planted + content[middle:]})
