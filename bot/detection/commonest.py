"""Which words does everybody use?  Loaded only when terms and phrases are checked against them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.detection.fold import words
from bot.errors import ContentError

FOLDER = Path("triggers", "common")


@dataclass(frozen=True, slots=True)
class CommonWord:
    """A word as it is written and as it is folded, the language (BCP 47), and its rank in it, from 1."""

    written: str
    folded: str
    language: str
    rank: int


def commonest(root: Path) -> Sequence[CommonWord]:
    """Return the words of `root`/triggers/common, one file a language, the commonest of each first.

    Raises ContentError for a file that cannot be read.
    """
    return [word for path in sorted((root / FOLDER).glob("*.txt")) for word in _of_file(path)]


def _of_file(path: Path) -> list[CommonWord]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as fault:
        why = getattr(fault, "strerror", None) or "it is not UTF-8 text"
        raise ContentError(f"{FOLDER.as_posix()}/{path.name}: cannot be read: {why}") from None
    found: dict[str, CommonWord] = {}
    for line in filter(None, map(str.strip, lines)):
        for folded in words(line)[:1]:
            found.setdefault(folded, CommonWord(line, folded, path.stem, len(found) + 1))
    return list(found.values())
