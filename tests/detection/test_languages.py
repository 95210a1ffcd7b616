"""Does each language's file know who is speaking, on sentences written for this project?

tests/detection/sentences holds them, by five authors; rules are learned from them too, so this is no
measure of unseen messages. `python -m benchmarks.learning --leave-out third` is.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from bot.detection import Detector

SENTENCES = Path(__file__).parent / "sentences"
LANGUAGES = sorted(path.stem for path in SENTENCES.glob("*.jsonl"))
SPEAKERS = {"victim", "friend", "parent", "quoting_threat"}


@cache
def _sentences(language: str) -> list[dict[str, str]]:
    lines = (SENTENCES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _fired(detector: Detector, language: str, label: str, speakers: set[str]) -> tuple[list[str], int]:
    texts = [
        one["text"] for one in _sentences(language) if one["label"] == label and one["speaker"] in speakers
    ]
    return [text for text in texts if detector.judge(text).fired], len(texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_disclosures_are_caught(shipped: Detector, language: str) -> None:
    fired, total = _fired(shipped, language, "positive", SPEAKERS)
    assert len(fired) >= 0.75 * total


@pytest.mark.parametrize("language", LANGUAGES)
def test_talk_about_it_is_left_alone(shipped: Detector, language: str) -> None:
    fired, total = _fired(shipped, language, "negative", {"about", "other"})
    assert len(fired) <= 0.02 * total, fired


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blackmailer_is_never_offered_help(shipped: Detector, language: str) -> None:
    assert _fired(shipped, language, "negative", {"blackmailer"})[0] == []


def test_every_language_has_its_sentences(shipped: Detector) -> None:
    assert set(shipped.program.languages) == set(LANGUAGES)
