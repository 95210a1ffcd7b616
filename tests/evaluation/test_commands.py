"""Do `explain` and `evaluate` keep their contract?"""

import io
import json
import random
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

from bot.cli.evaluate import evaluate
from bot.cli.explain import explain
from bot.evaluation import Tally
from bot.evaluation.report import report
from tests.engine import engine

FIRES = "someone is threatening to leak my nudes"
APP = typer.Typer()
APP.command("explain")(explain)
APP.command("evaluate")(evaluate)


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("explain", "evaluate"):
        monkeypatch.setattr(f"bot.cli.{command}.load", lambda _: engine())


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


@pytest.mark.parametrize("text", [FIRES, f"{FIRES} lol haha", "he is threatening", "hello"])
def test_explain_in_another_language_leaves_the_writers_words_alone(text: str) -> None:
    english, polish = (
        json.loads(_run("explain", text, "--json", "--locale", locale).stdout) for locale in ("en", "pl-PL")
    )
    differing = {key for key in english if english[key] != polish[key]}
    assert differing == {"explanation"}
    assert all(f"„{one['quote']}”" in polish["explanation"] for one in polish["concepts"])
    assert _run("explain", text, "--locale", "pl").stdout != _run("explain", text).stdout


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
    result = _run("evaluate", tmp_path / "missing.jsonl", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == f"{tmp_path / 'missing.jsonl'}: cannot be read: No such file or directory\n"


MESSAGES = [{"type": "Default", "content": text, "author": {"isBot": False}} for text in (FIRES, "hello", "")]


def _export(tmp_path: Path, name: str = "general [part 2] [b].json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps({"guild": {}, "messages": MESSAGES}, indent=2), encoding="utf-8")
    return path


def test_a_moderator_sees_what_would_have_fired_in_an_export(tmp_path: Path) -> None:
    result = _run("evaluate", _export(tmp_path), "--show")
    assert result.exit_code == 0
    told = " ".join(result.stdout.split())
    assert "messages 3" in told
    assert "without words of a member 1" in told
    assert "help would be offered 1 (33333.33 per 100,000)" in told
    assert "Would have brought an offer of help (1)" in told
    assert FIRES in told
    assert '"threatening to leak' in told
    assert "recall" not in told


def test_what_came_before_a_break_is_reported_and_other_files_are_read(tmp_path: Path) -> None:
    broken, whole = _export(tmp_path, "a.json"), _export(tmp_path, "b.json")
    broken.write_bytes(broken.read_bytes()[:-40])
    result = _run("evaluate", broken, whole, tmp_path / "missing", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["messages"] == 5
    assert result.stderr.splitlines()[0] == f"{broken}: is cut off after message 2; export the chat again"
    assert len(result.stderr.splitlines()) == 2


def test_a_bar_on_the_terminal_leaves_standard_output_alone(tmp_path: Path) -> None:
    path = _export(tmp_path)
    result = CliRunner().invoke(APP, ["evaluate", str(path), "--verdicts"], env={"FORCE_COLOR": "1"})
    assert [json.loads(line)["line"] for line in result.stdout.splitlines()] == [1, 2, 3]
    assert path.name in result.stderr


LABELLED = [
    {"text": FIRES, "label": "positive", "lang": "en", "speaker": "victim", "source": "a" * 30 + "/end"},
    {"text": "he wants more", "label": "positive", "lang": "en", "speaker": "victim", "needs_context": True},
    {"text": "is this e-mail real", "label": "positive", "lang": "en", "speaker": "email_scam"},
    {"text": "pay or I post it", "label": "negative", "lang": "de", "speaker": "blackmailer"},
    {"text": f"she wrote: {FIRES}", "label": "negative", "lang": "de", "category": "fiction"},
]


def test_the_report_tells_groups_apart(tmp_path: Path) -> None:
    told = " ".join(_run("evaluate", _file(tmp_path, *LABELLED)).stdout.split())
    assert "positives caught 1 of 3 (33.3%)" in told
    assert "strict 1 of 1 (100.0%)" in told
    assert "need the lines before 0 of 1" in told
    assert "asked about scam e-mails 0 of 1" in told
    assert "in the blackmailer's voice offered help 0 of 1" in told
    assert "de 2 1 of 2" in told
    assert "en 3 33.3% of 3 100.0% of 1" in told
    assert "aaaaaaaaaaaa…aaaaaaaa/end" in told


def test_the_report_fits_a_terminal_of_80_columns(tmp_path: Path) -> None:
    sources = [{"text": FIRES, "label": number % 2, "source": f"{number} " * 20} for number in range(300)]
    unlabelled = [{"text": FIRES}] * 20
    report = _run("evaluate", _file(tmp_path, *LABELLED, *sources, *unlabelled), "--show").stdout
    assert max(len(line) for line in report.splitlines()) <= 80
    assert "others)" in report


def test_numbers_of_a_large_file_fit_too() -> None:
    tally, console = Tally(), Console(width=80, record=True, file=io.StringIO())
    tally.facets["source"]["x" * 80] = tally.total
    for name in ("messages", "fired", "positives", "caught", "strict", "strict_caught", "negatives"):
        setattr(tally.total, name, 10_000_000)
    report(console, tally, show=False)
    assert "10,000,000" in console.export_text(clear=False)
    assert max(len(line) for line in console.export_text().splitlines()) <= 80


@pytest.mark.parametrize("content", [b'{"text": "my SECRET', b'{"messages": [{"content": "my SECRET'])
def test_no_error_quotes_a_message(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "messages.json"
    path.write_bytes(content + b"\n" + content)
    result = _run("evaluate", path)
    assert result.exit_code == 2
    assert "SECRET" not in result.output


def test_random_bytes_and_long_messages_are_no_exception(tmp_path: Path) -> None:
    path = tmp_path / "bytes"
    path.write_bytes(random.Random(1).randbytes(2_000_000))  # noqa: S311 - not a secret
    result = _run("evaluate", path, _file(tmp_path, {"text": FIRES + " hello" * 200_000}), "--json")
    assert result.exit_code == 2
    assert (json.loads(result.stdout)["messages"], json.loads(result.stdout)["fired"]) == (1, 1)
    assert len(result.stderr.splitlines()) == 21
