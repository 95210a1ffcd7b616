"""Does every mistake end with one line and exit code 2, and no traceback?"""

import socket
from pathlib import Path

import pytest

from tests.cli.bot import Ended, bot

TOKEN = "123456:AAF-not-a-real-token-not-a-real-token"


def wrong_use(ended: Ended) -> str:
    assert ended.code == 2
    assert "Traceback" not in ended.err + ended.out
    (line,) = ended.err.strip().splitlines()
    return line


@pytest.mark.parametrize("command", ["run", "doctor"])
def test_without_a_config_file_the_example_is_named(tmp_path: Path, command: str) -> None:
    assert "copy config.example.yaml" in wrong_use(bot(command, cwd=tmp_path))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("telegran: {token: x}", "telegran"),
        ("telegram: {token: '${NO_SUCH_VARIABLE}'}", "NO_SUCH_VARIABLE"),
        ("telegram: {token: '1:x'}\nstorage: {url: 'mysql://x'}", "storage.url"),
        ("telegram: {token: '1:x'}\nsecret_file: .", "secret_file"),
        ("telegram: {token: '1:x'}\nsecret_file: no/such/folder/key", "secret_file"),
        ("telegram: {token: x}", "telegram.token: is no bot token"),
        ("telegram: [", "YAML"),
    ],
)
def test_a_mistake_in_the_config_is_one_line(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    assert named in wrong_use(bot("run", "--config", str(tmp_path / "config.yaml")))


def test_a_wrong_log_level_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(f"telegram: {{token: '{TOKEN}'}}", "utf-8")
    line = wrong_use(bot("run", "--config", str(tmp_path / "config.yaml"), QUIETLINE_LOG="LOUD"))
    assert "LOUD" in line
    assert TOKEN not in line


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = f"telegram: {{token: '{TOKEN}'}}\nops: {{listen: '127.0.0.1:{port}'}}"
        (tmp_path / "config.yaml").write_text(text, "utf-8")
        ended = bot("run", "--config", str(tmp_path / "config.yaml"))
    assert ended.code == 2
    assert "ops.listen" in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err


def test_an_unknown_command_is_wrong_use() -> None:
    assert bot("dance").code == 2


def test_check_is_fine_on_what_is_committed() -> None:
    ended = bot("check")
    assert (ended.code, ended.err) == (0, "")


def test_check_names_a_fault_in_the_config_and_fails(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("telegram: {tokn: x}", "utf-8")
    ended = bot("check", "--config", str(tmp_path / "config.yaml"))
    assert ended.code == 1
    assert "did you mean telegram.token" in ended.out


@pytest.mark.parametrize("file", ["no-such-file.jsonl", "."])
def test_evaluate_names_a_file_it_cannot_read(file: str) -> None:
    assert file in wrong_use(bot("evaluate", file))
