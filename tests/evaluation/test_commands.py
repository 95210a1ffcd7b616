"""Do `explain` and `evaluate` keep their contract?"""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli.evaluate import evaluate
from bot.cli.explain import explain
from bot.errors import QuietlineError

FIRES = "someone is threatening to leak my nudes"
APP = typer.Typer()
APP.command("explain")(explain)
APP.command("evaluate")(evaluate)


def _run(*arguments: str | Path, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(APP, [str(argument) for argument in arguments], input=stdin)


def _file(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "messages.jsonl"
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_explain_as_json() -> None:
    told = json.loads(_run("explain", FIRES, "--json").stdout)
    assert told["fired"] is True
    assert told["topic"] == "sextortion"
    assert told["rule"].startswith("sextortion.")
    assert told["score"] >= told["threshold"]
    assert {"concept", "term", "quote"} <= told["concepts"][0].keys()
    assert "threatening to leak" in told["explanation"]


def test_explain_in_words() -> None:
    assert "Help would be offered" in _run("explain", FIRES).stdout
    assert "Silence" in _run("explain", "hello").stdout


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_explain_reads_standard_input_whatever_it_holds(options: list[str]) -> None:
    assert _run("explain", "-", *options, stdin=FIRES).exit_code == 0
    assert _run("explain", "-", *options, stdin=b"my nudes \xff\x00\x1b[2J threatening").exit_code == 0


def test_no_control_character_reaches_the_terminal() -> None:
    assert "\x1b[2J" not in _run("explain", "-", stdin="threatening\x1b[2Jme my nudes").stdout


def test_verdicts_are_one_line_a_message_and_nothing_else(tmp_path: Path) -> None:
    path = _file(tmp_path, {"text": FIRES}, {"text": "hello"})
    result = _run("evaluate", path, "--verdicts")
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first.keys() == {"line", "fired", "topic", "rule"}
    assert (first["line"], first["fired"], first["topic"]) == (1, True, "sextortion")
    assert second == {"line": 2, "fired": False, "topic": None, "rule": None}
    assert result.exit_code == 0


def test_the_summary_as_json(tmp_path: Path) -> None:
    path = _file(tmp_path, {"text": FIRES, "label": "positive"}, {"text": "hello", "label": "negative"})
    summary = json.loads(_run("evaluate", path, path, "--json").stdout)
    assert (summary["messages"], summary["recall"], summary["false_fire_rate"]) == (4, 1.0, 0.0)


def test_texts_are_shown_only_when_asked_for(tmp_path: Path) -> None:
    path = _file(tmp_path, {"text": "nothing odd", "label": "positive"})
    assert "nothing odd" not in _run("evaluate", path).stdout
    assert "nothing odd" in _run("evaluate", path, "--show").stdout


def test_bad_lines_are_named_and_the_rest_is_judged(tmp_path: Path) -> None:
    path = _file(tmp_path, {"text": FIRES}, "not json", {"text": "hello"})
    result = _run("evaluate", path, "--verdicts")
    assert result.exit_code == 2
    assert [json.loads(line)["line"] for line in result.stdout.splitlines()] == [1, 3]
    assert f"{path}:2: is no JSON object" in result.stderr


def test_many_bad_lines_do_not_fill_the_terminal(tmp_path: Path) -> None:
    result = _run("evaluate", _file(tmp_path, *["not json"] * 1000), "--json")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 21
    assert json.loads(result.stdout)["bad_lines"] == 1000


def test_a_file_that_cannot_be_read_is_an_error_in_one_line(tmp_path: Path) -> None:
    error = _run("evaluate", tmp_path / "missing.jsonl").exception
    assert isinstance(error, QuietlineError)
    assert "missing.jsonl: cannot be read" in str(error)
