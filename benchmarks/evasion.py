"""How much of what is noticed in plain words is still noticed in disguise?"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.detection import Detector, load
from bot.detection.shipped import shipped
from bot.evaluation import Record, read
from tests.detection.disguises import DISGUISES, Disguise, disguised

MESSAGES = Path(__file__).resolve().parents[1] / "messages"
DRAWS = 5
SILENT = 0.99


@dataclass(frozen=True, slots=True)
class Texts:
    """What is noticed as it stands, or left alone as it stands (`silent`)."""

    name: str
    silent: bool
    texts: Sequence[str]

    def failed(self, detector: Detector, disguise: Disguise) -> tuple[int, list[str]]:
        """Return how many were tried in the disguise, and those of which the verdict became another."""
        tried = list(disguised(self.texts, disguise, DRAWS))
        return len(tried), [text for text in tried if detector.judge(text).fired == self.silent]


def main() -> None:
    """Print a line for every disguise."""
    chosen = _arguments()
    detector = load(MESSAGES)
    columns = [
        *_examples(detector, chosen.language),
        *(one for file in chosen.corpora for one in _corpus(detector, file)),
    ]
    table = Table(
        "disguise", "goal", *(f"{one.name}\n{len(one.texts):,} {_what(one)}" for one in columns), box=None
    )
    for name, disguise in DISGUISES.items():
        cells = []
        for column in columns:
            tried, failed = column.failed(detector, disguise)
            cells.append(_cell(tried, len(failed), SILENT if column.silent else disguise.kept))
            for text in failed[: chosen.show]:
                print(f"{name}, {column.name}, {_what(column)} as it stands: {text!r}")
        table.add_row(name, f"{disguise.kept:.0%}", *cells)
    Console().print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evasion", description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path, help="JSON lines with labels, also gzipped")
    parser.add_argument("--language", default="", help="of the packs' own examples, only those of this one")
    parser.add_argument("--show", type=int, default=0, help="print so many texts that came out otherwise")
    return parser.parse_args()


def _examples(detector: Detector, language: str) -> Iterable[Texts]:
    examples = [one for one in shipped(MESSAGES).examples() if language in ("", Path(one.file).stem)]
    labelled = [(one.topic is not None, one.text) for one in examples]
    yield from _split(detector, language or "examples", labelled)


def _corpus(detector: Detector, file: Path) -> Iterable[Texts]:
    plain = [one for one in read(file) if isinstance(one, Record) and "obfuscation" not in one.facets]
    labelled = [(one.positive, one.text) for one in plain if one.positive is not None]
    yield from _split(detector, file.stem, labelled)


def _split(detector: Detector, name: str, labelled: Iterable[tuple[bool, str]]) -> Iterable[Texts]:
    right = [(wanted, text) for wanted, text in labelled if detector.judge(text).fired == wanted]
    for wanted in (True, False):
        if texts := [text for label, text in right if label == wanted]:
            yield Texts(name, not wanted, texts)


def _what(column: Texts) -> str:
    return "silent" if column.silent else "noticed"


def _cell(tried: int, failed: int, goal: float) -> str:
    share = 1 - failed / tried if tried else 1.0
    return f"{share:.1%}" if share >= goal else f"[bold red]{share:.1%} miss"


if __name__ == "__main__":
    main()
