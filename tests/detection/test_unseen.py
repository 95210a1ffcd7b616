"""How does the engine do on an author of whose sentences nothing was learned?

Look at the figures (`python -m bot evaluate tests/detection/unseen/*.jsonl`), not at the sentences: words
added for them would make them worth nothing.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from bot.detection import Detector

UNSEEN = Path(__file__).parent / "unseen"


def _sentences() -> Iterator[dict[str, str]]:
    for path in sorted(UNSEEN.glob("*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def test_most_disclosures_are_understood_and_few_others_taken_for_one(shipped: Detector) -> None:
    disclosures = [shipped.judge(one["text"]).fired for one in _sentences() if one["label"] == "positive"]
    others = [shipped.judge(one["text"]).fired for one in _sentences() if one["label"] == "negative"]
    assert sum(disclosures) >= 0.75 * len(disclosures) > 200
    assert sum(others) <= 0.05 * len(others)


def test_the_blackmailer_is_never_offered_help(shipped: Detector) -> None:
    texts = [one["text"] for one in _sentences() if one["speaker"] == "blackmailer"]
    assert len(texts) > 50
    assert not [text for text in texts if shipped.judge(text).fired]
