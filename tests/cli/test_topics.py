"""Is a trigger refused that would offer a screen which is not there?"""

import shutil
from pathlib import Path

import pytest

from bot.cli.topics import topic_faults
from bot.content import load
from tests.cli.bot import bot
from tests.content.tree import small
from tests.detection.packs import rules, write
from tests.started import ROOT

RULE: dict[str, object] = {"all_of": ["threat", "nudes"]}


def faults(folder: Path, content: dict[str, object] | str) -> list[str]:
    words = load(small(folder))
    return topic_faults(write(folder, content, "rules.yaml"), words)


@pytest.mark.parametrize("topic", ["sextortion", "sextortion/friend", "sextortion/report/gb"])
def test_a_screen_may_be_offered(tmp_path: Path, topic: str) -> None:
    assert faults(tmp_path, rules({**RULE, "topic": topic})) == []
    assert faults(tmp_path, rules(RULE, topic=topic)) == []


# Besides what is no screen: the small ones, and what is a file but no screen.
@pytest.mark.parametrize("topic", ["email-scams", "", "Sextortion", "offer", "wiped", "words"])
def test_a_topic_that_is_no_screen_names_file_line_key_and_mend(tmp_path: Path, topic: str) -> None:
    (fault,) = faults(tmp_path, rules({**RULE, "topic": topic}))
    lines = (tmp_path / "messages/triggers/rules.yaml").read_text(encoding="utf-8").splitlines()
    line = next(at for at, text in enumerate(lines, start=1) if text.startswith("  topic:"))
    where = f"messages/triggers/rules.yaml:{line}: rules.0.topic"
    assert fault == f'{where}: no screen "{topic}" can be offered; write it, or mend the spelling'


def test_the_topic_of_the_whole_file_is_looked_at_as_well(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, rules(RULE, topic="nowhere"))
    assert fault.startswith('messages/triggers/rules.yaml:2: topic: no screen "nowhere" can be offered')


def test_a_broken_file_is_left_to_its_own_check(tmp_path: Path) -> None:
    assert faults(tmp_path, "rules: [") == []
    assert faults(tmp_path, rules(RULE, topic="nowhere", colour="red")) == []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the product whose triggers offer a screen that is not there."""
    for folder in ("bot", "adapters", "messages"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    triggers = tmp_path / "messages/triggers/rules.yaml"
    text = triggers.read_text(encoding="utf-8")
    triggers.write_text(text.replace("\ntopic: sextortion\n", "\ntopic: sextorsion\n"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("command", "code"), [("check", 1), ("try", 2)])
def test_neither_check_nor_the_bot_lets_it_pass(checkout: Path, command: str, code: int) -> None:
    ended = bot(command, cwd=checkout, PYTHONPATH=str(checkout))
    assert ended.code == code
    # The bot itself stops at the first fault: examples that no longer get their topic.
    said = 'topic: no screen "sextorsion" can be offered' if command == "check" else "must offer sextortion"
    assert said in ended.out + ended.err
    assert "Traceback" not in ended.err
