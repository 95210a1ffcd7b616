"""How would the triggers have done on a file of messages?"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from bot.cli.context import MESSAGES
from bot.detection import Detector, Verdict, load
from bot.evaluation import BadLine, Tally, read
from bot.evaluation.report import report

# Beyond these, bad lines are only counted: a binary file must not fill the terminal.
_MOST_NAMED = 20

Listener = Callable[[Path, int, Verdict], None]


def evaluate(
    files: Annotated[list[Path], typer.Argument(help="JSON lines (also .gz), or a chat export as JSON.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Print one JSON line for every message.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Also print the messages that were judged wrongly.")
    ] = False,
) -> None:
    """Say how often and why triggers would fire on these messages; recall where they carry labels."""
    tally = Tally()
    listener = _verdict_printer(several=len(files) > 1) if verdicts else _nobody
    detector = load(MESSAGES)
    for file in files:
        _judge(file, detector, tally, listener)
    if as_json and not verdicts:
        typer.echo(json.dumps({"files": [str(file) for file in files], **tally.summary()}))
    elif not verdicts:
        report(Console(), tally, show=show)
    if tally.bad_lines:
        _count_unnamed(tally)
        raise typer.Exit(2)


def _judge(file: Path, detector: Detector, tally: Tally, listener: Listener) -> None:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(file.name, total=file.stat().st_size if file.is_file() else None)
        for one in read(file, lambda done: bar.update(task, completed=done)):
            if isinstance(one, BadLine):
                _name(file, one, tally)
                continue
            verdict = detector.judge(one.text)
            tally.add(f"{file}:{one.line}", one, verdict)
            listener(file, one.line, verdict)


def _name(file: Path, bad: BadLine, tally: Tally) -> None:
    tally.bad_lines += 1
    if tally.bad_lines <= _MOST_NAMED:
        typer.echo(f"{file}:{bad.line}: {bad.mend}", err=True)


def _count_unnamed(tally: Tally) -> None:
    if tally.bad_lines > _MOST_NAMED:
        typer.echo(f"and {tally.bad_lines - _MOST_NAMED:,} more lines that cannot be judged", err=True)


def _nobody(file: Path, line: int, verdict: Verdict) -> None:
    """Hear of a verdict and do nothing."""


def _verdict_printer(*, several: bool) -> Listener:
    def show(file: Path, line: int, verdict: Verdict) -> None:
        told: dict[str, object] = {"line": line, "fired": verdict.fired, "topic": verdict.topic}
        told["rule"] = verdict.rule if verdict.fired else None
        if several:
            told["file"] = str(file)
        sys.stdout.write(json.dumps(told) + "\n")

    return show
