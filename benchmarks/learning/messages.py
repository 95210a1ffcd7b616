"""From which messages is learned, and on which tried?"""

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SENTENCES = Path(__file__).resolve().parents[2] / "tests" / "detection" / "sentences"
SPEAKERS = frozenset({"victim", "friend", "parent", "quoting_threat"})
LATIN = frozenset({"gu-Latn", "ta-Latn"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message; `positive` when help must be offered. `source` is who wrote or collected it.

    `chat` is what nobody chose.
    """

    text: str
    positive: bool
    language: str
    speaker: str
    source: str
    chat: bool


def sentences() -> Iterator[Labelled]:
    """Yield the sentences written for this project."""
    for path in sorted(SENTENCES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _labelled(json.loads(line), path.stem)


def collected() -> Iterator[Labelled]:
    """Yield the collected messages from the folder that QUIETLINE_CORPORA names, if it does."""
    folder = os.environ.get("QUIETLINE_CORPORA")
    for name in ("positives", "hard_negatives", "chat_negatives") if folder else ():
        with gzip.open(Path(folder or "") / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from _labelled(json.loads(line), name)


def _labelled(raw: dict[str, str], where: str) -> Iterator[Labelled]:
    positive = raw.get("label", "negative") == "positive"
    speaker = raw.get("speaker", "other")
    if raw.get("needs_context") or (positive and speaker not in SPEAKERS) or speaker == "email_scam":
        return  # says too little by itself, or belongs to another topic
    yield Labelled(
        raw["text"],
        positive,
        raw.get("lang", where),
        speaker,
        raw.get("source", where),
        where == "chat_negatives",
    )
