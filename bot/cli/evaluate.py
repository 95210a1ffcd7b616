"""How would the triggers have done on a file of messages?"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column

from bot.cli.context import MESSAGES
from bot.detection import Detector, Verdict, load
from bot.errors import QuietlineError
from bot.evaluation import BadLine, Tally, read
from bot.evaluation.report import printable, report

# Beyond these, bad lines are only counted: a binary file must not fill the terminal.
_MOST_NAMED = 20

Listener = Callable[[Path, int, Verdict], None]


def evaluate(
    files: Annotated[list[Path], typer.Argument(help="JSON lines, or a chat export as JSON; also .gz.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
    verdicts: Annotated[
        bool, typer.Option("--verdicts", help="Print one JSON line for every message.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Also print the messages that fired or were missed, and why.")
    ] = False,
) -> None:
    """Say how often and why triggers would fire on these messages; recall where they carry labels.

    A file that breaks off is named, what was read of it is reported, and the exit code is 2.
    """
    detector = load(MESSAGES)
    tally = Tally(detector.explain if show else None)
    listener = _verdict_printer(several=len(files) > 1) if verdicts else _nobody
    with _progress(wanted=not verdicts or not sys.stdout.isatty()) as bar:
        broken = [file for file in files if not _judge(file, detector, tally, listener, bar)]
    if not verdicts and (tally.total.messages or tally.bad_lines or not broken):
        _print(files, tally, as_json=as_json, show=show)
    _count_unnamed(tally)
    if broken or tally.bad_lines:
        raise typer.Exit(2)


def _print(files: list[Path], tally: Tally, *, as_json: bool, show: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"files": [str(file) for file in files], **tally.summary()}))
    else:
        report(Console(), tally, show=show)


def _judge(file: Path, detector: Detector, tally: Tally, listener: Listener, bar: Progress) -> bool:
    """Judge every message of the file; False, and its fault told, where it cannot be read to the end."""
    task = bar.add_task(printable(file.name), total=file.stat().st_size if file.is_file() else None)
    try:
        for one in read(file, lambda done: bar.update(task, completed=done)):
            if isinstance(one, BadLine):
                _name(file, one, tally)
                continue
            verdict = detector.judge(one.text)
            tally.add(f"{file}:{one.line}", one, verdict)
            listener(file, one.line, verdict)
    except QuietlineError as fault:
        typer.echo(printable(str(fault)), err=True)
        return False
    finally:
        bar.remove_task(task)
    return True


def _progress(*, wanted: bool) -> Progress:
    """A bar on a terminal, beside nothing that is written there; silence elsewhere."""
    console = Console(stderr=True)
    # Names of exports hold brackets, which rich would take for markup.
    name = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, ratio=1))
    return Progress(
        *(name, BarColumn(20), DownloadColumn(), TimeRemainingColumn()),
        console=console,
        transient=True,
        disable=not (wanted and console.is_terminal),
        expand=True,
        redirect_stdout=False,  # else what goes to a file or pipe would land on the terminal
    )


def _name(file: Path, bad: BadLine, tally: Tally) -> None:
    tally.bad_lines += 1
    if tally.bad_lines <= _MOST_NAMED:
        typer.echo(printable(f"{file}:{bad.line}: {bad.mend}"), err=True)


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
