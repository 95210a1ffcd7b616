"""How is `python -m bot` run as a user runs it?"""

import io
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import PLATFORMS
from bot.cli.app import main
from tests.engine import engine
from tests.started import ROOT, environment


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str


def bot(*arguments: str, typed: str = "", cwd: Path = ROOT, **variables: str) -> Ended:
    """Run one command with `typed` as its standard input."""
    process = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment(**{"COLUMNS": "200"} | variables),
        timeout=60,
        check=False,
    )
    return Ended(process.returncode, process.stdout, process.stderr)


def bot_inside(*arguments: str, typed: str = "", cwd: Path = ROOT) -> Ended:
    """The same in this process, with an engine that is loaded already."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    code: object = 0
    with pytest.MonkeyPatch.context() as patch, chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        patch.setattr("sys.argv", ["bot", *arguments])
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), "utf-8"))
        patch.setenv("COLUMNS", "200")
        patch.setattr("bot.cli.phrases.load", lambda _: engine())
        try:
            main(PLATFORMS)
        except SystemExit as ended:
            code = ended.code
    return Ended(int(str(code or 0)), _read(out), _read(err))


def _read(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
