"""Do the engine and the outbox reach their goals for speed and size?"""

import argparse
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from rich.console import Console
from rich.live import Live

from benchmarks import (
    bench_discord,
    bench_edits,
    bench_filters,
    bench_hostile,
    bench_length,
    bench_memory,
    bench_outbox,
    bench_phrases,
    bench_telegram,
)
from benchmarks.chat import batches
from benchmarks.figures import Figure, table
from bot.detection import load
from bot.errors import QuietlineError

MESSAGES = Path(__file__).resolve().parents[1] / "messages"
WIDTH = 80
# The first is for warming up.
ROUNDS = 1 + 5


def main() -> None:
    """Print one line a goal as it is measured."""
    chosen = _arguments()
    console = Console(width=min(WIDTH, Console().width))
    measures = _measures(chosen.corpus)
    names = [name for name in measures if not chosen.only or name in chosen.only]
    texts = next(batches(chosen.corpus, MESSAGES, 1))
    length = sum(map(len, texts)) / len(texts)
    kind = "of the corpus" if chosen.corpus else "made up"
    console.print(
        f"Python {platform.python_version()}. Batches of {len(texts):,} messages {kind}, "
        f"{length:.0f} characters on average; median of {ROUNDS - 1} rounds."
    )
    shown: list[Figure] = []
    with Live(table(shown), console=console, auto_refresh=False) as live:
        for name in names:
            for figure in measures[name]():
                shown.append(figure)
                live.update(table(shown), refresh=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("corpus", nargs="?", type=Path, help="JSON lines with a text each, also gzipped")
    parser.add_argument("--only", nargs="+", choices=list(_measures(None)), help="measure only these")
    return parser.parse_args()


def _measures(corpus: Path | None) -> Mapping[str, Callable[[], Iterator[Figure]]]:
    def texts() -> list[list[str]]:
        return list(batches(corpus, MESSAGES, ROUNDS))

    return {
        "discord": lambda: bench_discord.measure(load(MESSAGES), texts()),
        "telegram": lambda: bench_telegram.measure(load(MESSAGES), texts()),
        "filters": lambda: bench_filters.measure(texts()),
        "phrases": lambda: bench_phrases.measure(texts()),
        "length": lambda: bench_length.measure(load(MESSAGES), texts()),
        "hostile": lambda: bench_hostile.measure(load(MESSAGES)),
        "memory": lambda: bench_memory.measure(MESSAGES),
        "outbox": bench_outbox.measure,
        "edits": lambda: bench_edits.measure(load(MESSAGES), MESSAGES),
    }


if __name__ == "__main__":
    try:
        main()
    except QuietlineError as fault:
        sys.exit(str(fault))
