"""Does the English pack do as well on collected texts as it should, where those are at hand?

`QUIETLINE_CORPORA` names a folder with positives, hard_negatives and chat_negatives (.jsonl.gz).
"""

import os
from pathlib import Path

import pytest

from bot.detection import Detector
from bot.evaluation import Record, Tally, read

CORPORA = os.environ.get("QUIETLINE_CORPORA")

pytestmark = pytest.mark.skipif(not CORPORA, reason="QUIETLINE_CORPORA is not set")


def _tally(detector: Detector, name: str) -> Tally:
    tally = Tally()
    for record in read(Path(CORPORA or "") / f"{name}.jsonl.gz"):
        if isinstance(record, Record) and record.facets.get("lang") == "en":
            tally.add(name, record, detector.judge(record.text))
    return tally


def test_most_disclosures_are_caught(shipped: Detector) -> None:
    assert (_tally(shipped, "positives").strict.recall or 0) >= 0.75


def test_hard_negatives_stay_silent(shipped: Detector) -> None:
    assert (_tally(shipped, "hard_negatives").total.false_rate or 0) <= 0.02


@pytest.mark.timeout(600)
def test_chat_stays_silent(shipped: Detector) -> None:
    total = _tally(shipped, "chat_negatives").total
    assert total.fired <= total.messages / 100_000
