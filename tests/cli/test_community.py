"""Does `forget-community` erase one community, and nothing else?"""

from pathlib import Path

import pytest

from bot.secretfile import load_secrets
from tests.cli.bot import Ended, bot_inside

HERE, OTHER, GROUP = "discord:123456", "discord:654321", "telegram:-1001234"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "discord: {token: 'aaaa.bbbb.cccc'}\nstorage: {url: 'sqlite:///here.db'}\nsecret_file: secret\n"
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    load_secrets(tmp_path / "secret")
    for community in (HERE, OTHER, GROUP):
        added = run(
            tmp_path, "phrases", "add", "pull a goblin", "--concept", "threat", "--community", community
        )
        assert added.code == 0
    return tmp_path


def run(folder: Path, *arguments: str) -> Ended:
    ended = bot_inside(*arguments, cwd=folder)
    assert "Traceback" not in ended.err + ended.out
    return ended


def has_phrases(folder: Path, community: str) -> bool:
    return "goblin" in run(folder, "phrases", "list", "--community", community).out


def test_one_community_is_erased_at_once_and_the_others_stay(folder: Path) -> None:
    assert run(folder, "rotate-key").code == 0  # also what the old secret named
    ended = run(folder, "forget-community", HERE)
    assert (ended.code, ended.out.startswith("erased;"), "123456" in ended.out) == (0, True, False)
    assert [has_phrases(folder, each) for each in (HERE, OTHER, GROUP)] == [False, True, True]
    assert run(folder, "forget-community", GROUP).code == 0
    assert [has_phrases(folder, each) for each in (OTHER, GROUP)] == [True, False]
    assert b"goblin" in (folder / "here.db").read_bytes()
    assert run(folder, "forget-community", OTHER).code == 0
    assert b"goblin" not in b"".join(file.read_bytes() for file in folder.glob("here.db*"))


@pytest.mark.parametrize(
    ("community", "mend"),
    [
        ("12", "community: write discord:ID or telegram:ID"),
        ("icq:12", "community: write discord:ID or telegram:ID"),
        ("discord:here", "community: the ID is a number"),
        ("telegram:--7", "community: the ID is a number"),
    ],
)
def test_a_community_that_is_none_is_refused(tmp_path: Path, community: str, mend: str) -> None:
    ended = run(tmp_path, "forget-community", community)
    assert (ended.code, ended.out, ended.err) == (2, "", f"{mend}\n")
