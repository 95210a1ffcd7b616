"""How is the whole bot started as its operator starts it, and what does it leave behind?"""

import asyncio
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import yaml

from tests.beds.discord import DiscordBed
from tests.beds.telegram import TelegramBed
from tests.started import ROOT, environment

# Quick enough for a test, long enough to see that nothing comes at once.
SHORTEST_DELAY, LONGEST_DELAY = 0.3, 0.6
NOTICE = {"delay_seconds": [SHORTEST_DELAY, LONGEST_DELAY], "remove_after_minutes": 60}
# Tests press faster than people.
QUICK_FINGERS = 10_000


@dataclass
class Product:
    """`python -m bot run` in a process of its own: `async with Product(folder, ...) as product`.

    Leaving it stops the bot and raises AssertionError unless it went within 15 seconds and with code 0.
    """

    folder: Path
    discord: DiscordBed | None = None
    telegram: TelegramBed | None = None
    defaults: Mapping[str, object] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    level: str = "DEBUG"
    launched: ClassVar[list[asyncio.subprocess.Process]] = []
    _process: asyncio.subprocess.Process | None = None

    def write_config(self) -> Path:
        """Write config.yaml; the tokens come from the environment and from a file."""
        config: dict[str, object] = {
            "defaults": {"notice": NOTICE, "answers_in_10_seconds": QUICK_FINGERS, **self.defaults},
            **self.settings,
        }
        if self.discord is not None:
            (self.folder / "discord.token").write_text(self.discord.token, encoding="utf-8")
            config["discord"] = {
                "token_file": "discord.token",
                "api_base_url": self.discord.api_base_url,
                "gateway_url": self.discord.gateway_url,
                "unasked_per_minute": 10_000,
                "unasked_per_hour": 10_000,
                "unasked_per_day": 10_000,
            }
        if self.telegram is not None:
            config["telegram"] = {
                "token": "${QUIETLINE_TEST_TOKEN}",
                "api_base_url": self.telegram.url,
                "requests_per_second": 10_000,
            }
        path = self.folder / "config.yaml"
        path.write_text(yaml.safe_dump(config), encoding="utf-8")
        return path

    async def start(self) -> None:
        """Start the bot; returns when it is connected everywhere."""
        await self.launch()
        ended = asyncio.create_task(self._running.wait())
        connected = asyncio.create_task(self._connected())
        await asyncio.wait({ended, connected}, return_when=asyncio.FIRST_COMPLETED)
        for task in (ended, connected):
            task.cancel()
        assert self._running.returncode is None, self.log
        if not connected.done() or connected.exception():
            await self.kill()
            raise AssertionError(f"not connected\n{self.log}")

    async def _connected(self) -> None:
        if self.discord is not None:
            await self.discord.bot_ready(timeout=30)
        if self.telegram is not None:
            await self.telegram.ready(timeout=30)

    async def launch(self) -> None:
        """Start the bot's process."""
        with self._log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                "--config",
                str(self.write_config()),
                cwd=ROOT,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.launched.append(self._process)

    async def stop(self) -> int:
        """Stop it as a service manager does; return its exit code."""
        process = self._running
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(process.wait(), 15)

    async def kill(self) -> None:
        """Let it die without a word."""
        self._running.kill()
        await self._running.wait()

    async def ended(self, timeout: float = 30) -> int:
        """Wait until it ends by itself; return its exit code."""
        return await asyncio.wait_for(self._running.wait(), timeout)

    @property
    def environment(self) -> dict[str, str]:
        """The environment that goes with the config."""
        token = {} if self.telegram is None else {"QUIETLINE_TEST_TOKEN": self.telegram.token}
        return environment(QUIETLINE_LOG=self.level, **token)

    @property
    def log(self) -> str:
        """Everything it printed."""
        return self._log_path.read_text(encoding="utf-8") if self._log_path.exists() else ""

    @property
    def leavings(self) -> dict[str, bytes]:
        """Every file it left, tokens and config aside, by name: database, write-ahead log, logs."""
        ours = {"config.yaml", "discord.token"}
        return {path.name: path.read_bytes() for path in self.folder.iterdir() if path.name not in ours}

    @property
    def _log_path(self) -> Path:
        return self.folder / "bot.log"

    @property
    def _running(self) -> asyncio.subprocess.Process:
        assert self._process is not None, "not started"
        return self._process

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        code = await self.stop()
        if kind is not None:
            sys.stderr.write(self.log)
        else:
            assert code == 0, f"exit code {code}\n{self.log}"
