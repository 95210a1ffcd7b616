"""How is `python -m bot` run as a user runs it?"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str


def bot(*arguments: str, typed: str = "", cwd: Path = ROOT, **environment: str) -> Ended:
    """Run one command with `typed` as its standard input."""
    process = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **environment},
        timeout=60,
        check=False,
    )
    return Ended(process.returncode, process.stdout, process.stderr)
