"""Do the triggers do on collected messages what they should, where those are at hand?

`QUIETLINE_CORPORA` names a folder with positives, hard_negatives and chat_negatives (.jsonl.gz). The
rules are learned from these, so this guards what was reached; it does not measure the unseen.
"""

import os
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from bot.detection import Conversations, Detector
from bot.evaluation import Record, Tally, read

CORPORA = os.environ.get("QUIETLINE_CORPORA")
LANGUAGES = ("de", "en", "es", "fr", "hi-Latn", "it", "nl", "pl", "pt", "tl")

pytestmark = [
    pytest.mark.skipif(not CORPORA, reason="QUIETLINE_CORPORA is not set"),
    pytest.mark.timeout(600),
]


def _records(name: str) -> Iterator[Record]:
    for record in read(Path(CORPORA or "") / f"{name}.jsonl.gz"):
        if isinstance(record, Record):
            yield record


def _tally(detector: Detector, name: str, language: str | None = None) -> Tally:
    tally = Tally()
    for record in _records(name):
        if language in (None, record.facets.get("lang")):
            tally.add(name, record, detector.judge(record.text))
    return tally


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_disclosures_are_caught(shipped: Detector, language: str) -> None:
    assert (_tally(shipped, "positives", language).strict.recall or 0) >= 0.8


def test_hard_negatives_stay_silent(shipped: Detector) -> None:
    assert (_tally(shipped, "hard_negatives").total.false_rate or 0) <= 0.005


def test_chat_stays_silent(shipped: Detector) -> None:
    total = _tally(shipped, "chat_negatives").total
    assert total.fired <= total.messages / 100_000


def test_chat_stays_silent_when_lines_are_read_together(shipped: Detector) -> None:
    """Three strangers' lines in a row, as if one person wrote them within a minute: a hard case."""
    at, fired, total = datetime(2026, 11, 24, tzinfo=UTC), 0, 0
    records = _records("chat_negatives")
    while lines := [record.text for record in islice(records, 3)]:
        deque(islice(records, 9), maxlen=0)  # one in four, because all take a minute
        conversations = Conversations()
        for number, line in enumerate(lines):
            reading = shipped.read(line)
            earlier = conversations.add("one", number, reading.seen, at)
            fired += shipped.judge_reading(reading, earlier).fired
            total += 1
    assert fired <= 10 * total / 100_000
