"""Does the learner find what tells disclosures from other messages?"""

from pathlib import Path

import pytest
import yaml

from benchmarks.learning import __main__ as learning
from benchmarks.learning.weights import Lesson, Penalties, learn, score

PENALTIES = Penalties(pro=1, contra=1, support=5)


def lessons(*kinds: tuple[str, bool, int]) -> list[Lesson]:
    return [
        Lesson(frozenset(found.split()), wanted, 1) for found, wanted, count in kinds for _ in range(count)
    ]


def test_what_stands_in_disclosures_alone_counts_and_what_stands_everywhere_does_not() -> None:
    weights = learn(lessons(("pay self", True, 50), ("self", False, 50)), PENALTIES)
    assert weights["pay"] > 0
    assert "self" not in weights


def test_two_that_tell_nothing_alone_count_together() -> None:
    apart = ("pay", False, 50), ("nudes", False, 50), ("pay nudes", True, 50)
    weights = learn(lessons(*apart), PENALTIES)
    assert next(iter(weights)) == "nudes + pay"
    assert score(weights, frozenset({"pay", "nudes"})) > score(weights, frozenset({"pay"}))


def test_what_speaks_against_can_be_made_too_dear() -> None:
    told = lessons(("pay", True, 50), ("pay lol", False, 50))
    assert learn(told, PENALTIES)["lol"] < 0
    assert "lol" not in learn(told, Penalties(pro=1, contra=1_000, support=5))


def test_written_weights_take_the_place_of_those_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "triggers" / "rules.yaml"
    rules.parent.mkdir()
    rules.write_text(
        "rules:\n  - id: sextortion.weighed\n    weights:\n      old: 1\n    threshold: 3\n  - id: other\n"
    )
    monkeypatch.setattr(learning, "MESSAGES", tmp_path)
    learning._write({"pay": 5, "pay + self": -2}, 9)
    assert yaml.safe_load(rules.read_text())["rules"] == [
        {"id": "sextortion.weighed", "weights": {"pay": 5, "pay + self": -2}, "threshold": 9},
        {"id": "other"},
    ]
