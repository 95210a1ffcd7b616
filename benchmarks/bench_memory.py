"""How much memory do the engine with all packs, and the phrases of a community, take?

Run as a program it loads the packs of a folder and prints both, in bytes: only a process that did
nothing else can tell.
"""

import gc
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from benchmarks.figures import Figure
from benchmarks.phrases import phrases
from bot.detection import load

GOAL_MB, GOAL_KB = 25, 20
COMMUNITIES, PHRASES = 1_000, 20
_ROOT = Path(__file__).resolve().parents[1]


def measure(messages: Path, communities: int = COMMUNITIES) -> Iterator[Figure]:
    """Yield what a fresh process grew by, libraries not counted."""
    program = [sys.executable, "-m", "benchmarks.bench_memory", str(messages), str(communities)]
    said = subprocess.run(program, check=True, capture_output=True, text=True, cwd=_ROOT).stdout  # noqa: S603
    found = json.loads(said)
    yield Figure.size("memory: engine and packs", found["engine"] / 2**20, "MB", GOAL_MB)
    yield Figure.size(f"memory: {PHRASES} phrases", found["community"] / 2**10, "KB", GOAL_KB)
    yield Figure.size("  of which Python's own", found["python"] / 2**10, "KB", None)


def _main(messages: Path, communities: int) -> None:
    listed = phrases(communities * PHRASES)
    before = _resident()
    detector = load(messages)
    loaded = _resident()
    concept = detector.program.names[0].replace(" ", "_")
    own = [{concept: listed[at::communities]} for at in range(communities)]
    filled = _resident()
    held = [detector.overlay(each) for each in own]
    grown = _resident()
    tracemalloc.start()
    held.append(detector.overlay({concept: listed[:PHRASES]}))
    python, _ = tracemalloc.get_traced_memory()
    print(
        json.dumps({"engine": loaded - before, "community": (grown - filled) / communities, "python": python})
    )


def _resident() -> int:
    gc.collect()
    resident: int = psutil.Process().memory_info().rss
    return resident


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]))
