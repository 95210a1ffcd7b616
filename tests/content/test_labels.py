"""May what a screen shows unopened be seen, and can its buttons be told apart?"""

from pathlib import Path

import pytest

from bot.content import check
from tests.content.tree import entry, screen, small, words, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path)


def one_fault(root: Path) -> str:
    (line,) = check(root)
    return line


@pytest.mark.parametrize(
    "name", ["index", "offer", "note", "stopped", "stop-failed", "wiped", "erased", "not-erased"]
)
def test_a_label_that_anybody_may_see_tells_nothing(root: Path, name: str) -> None:
    keys = screen(unsafe=name == "index", actions=[{"go": "about", "label": "About the nudes"}])
    write(root / f"en/{name}.yaml", keys)
    assert one_fault(root).startswith(f'messages/en/{name}.yaml: actions: "About the nudes" holds "nude"')


def test_labels_of_an_opened_page_may_be_plain(root: Path) -> None:
    write(root / "en/sextortion/paid.yaml", screen(actions=[{"go": "about", "label": "About the nudes"}]))
    assert check(root) == []


def test_a_command_tells_nothing_and_each_language_has_its_own_list(root: Path) -> None:
    commands = {**words()["commands"], "stop": "No more Erpressung."}  # type: ignore[dict-item]
    write(root / "de/words.yaml", words(commands=commands, never_on_lock_screen=["Erpress"]))
    shown = [line for line in check(root) if "translat" not in line]
    assert shown == [
        'messages/de/words.yaml: commands.stop: holds "erpress", which stands under never_on_lock_screen in '
        "words.yaml; say it in other words"
    ]


def test_equal_labels_are_no_fault_where_nobody_sees_both(root: Path) -> None:
    us = {"country": "US", "services": [entry("us-a")]}
    write(root / "directory/us.yaml", us)
    actions = [{"service": "gb-line", "label": "Report"}, {"service": "us-a", "label": "Report"}]
    write(root / "en/parents.yaml", screen(actions=actions))
    assert check(root) == []
