"""Is a secret found, now and in the history, and is one that is marked as none let pass?"""

import subprocess
from pathlib import Path

import pytest

from tests.secretscan import FAKE, PRINTED, SHAPES, finds, main

# Put together here, so that this file holds none.
SECRETS = {
    "Discord token": ".".join(
        ("MTk4NjIyNDgzNDcxOTI1MjQ4", "Gl2FMQ", "ZnCjm1XVW7vRze4b7Cq4se7kKWsabcdefghijk")
    ),
    "Telegram token": ":".join(("7123456789", "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0")),
    "private key": "-----BEGIN OPENSSH " + "PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA",
    "secret of 64 hex digits": "0123456789abcdef" * 4,
}


def test_every_shape_has_an_example() -> None:
    assert SECRETS.keys() == SHAPES.keys()


@pytest.mark.parametrize("kind", SECRETS)
@pytest.mark.parametrize("around", ["{}", "token: {}\n", "x = '{}'", "https://x.invalid/bot?t={}&y"])
def test_a_secret_is_found_with_its_line(kind: str, around: str) -> None:
    assert list(finds(b"\n\n" + around.format(SECRETS[kind]).encode())) == [(kind, 3)]


def test_what_says_that_it_is_none_passes_and_so_do_the_hashes_of_a_lock_file() -> None:
    assert not list(finds(b"7123456789:AAHdqTcv" + FAKE + b"eofSAs0K5PALDs"[:18]))
    assert not list(finds(PRINTED))
    assert not list(finds(b"--hash=sha256:" + SECRETS["secret of 64 hex digits"].encode()))
    assert not list(finds(b"-----BEGIN " + b"PRIVATE KEY-----"))


def test_a_secret_that_was_taken_out_again_is_still_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=x", "-c", "user.email=x@example.invalid")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(text: str) -> None:
        (tmp_path / "a file.txt").write_text(text)
        git("add", ".")
        git("commit", "-m", "x")

    git("init")
    commit("nothing\n")
    assert main(tmp_path) == 0
    commit(SECRETS["Telegram token"])
    assert main(tmp_path) == 1
    assert "a file.txt:1: Telegram token" in capsys.readouterr().out
    commit("nothing again\n")
    assert main(tmp_path) == 1
    said = capsys.readouterr().out
    assert "blob " in said
    assert SECRETS["Telegram token"] not in said


def test_without_git_it_says_that_nothing_was_searched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(tmp_path) == 2
    assert "Nothing searched" in capsys.readouterr().out
