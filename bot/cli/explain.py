"""What do the triggers make of one text?"""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.context import MESSAGES
from bot.content.explaining_file import load_explaining
from bot.detection import Verdict, load
from bot.detection.wording import ENGLISH, Wording
from bot.evaluation.report import printable


def explain(
    text: Annotated[str, typer.Argument(help="What somebody wrote; - reads it from standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    locale: Annotated[str, typer.Option(help="The language to say it in, such as pl.")] = "en",
) -> None:
    """Say whether a text would bring its writer an offer of help, and why."""
    told = load_explaining(MESSAGES, locale)
    wording = Wording(**told.model_dump(exclude={"translation"}))
    verdict = load(MESSAGES).explain(_standard_input() if text == "-" else text, wording=wording)
    if as_json:
        typer.echo(json.dumps(_as_dict(verdict)))
    else:
        show(Console(), verdict, wording)


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _as_dict(verdict: Verdict) -> dict[str, object]:
    return {
        "fired": verdict.fired,
        "topic": verdict.topic,
        "rule": verdict.rule if verdict.fired else None,
        "nearest": verdict.rule,
        "score": verdict.score,
        "threshold": verdict.threshold,
        "concepts": [
            {"concept": one.concept, "term": one.term, "quote": one.quote} for one in verdict.concepts
        ],
        "explanation": verdict.explanation,
    }


def show(console: Console, verdict: Verdict, wording: Wording = ENGLISH) -> None:
    """Print a verdict for a moderator."""
    head = wording.offered if verdict.fired else wording.silent
    console.print(Text(head, style="bold green" if verdict.fired else "bold"))
    console.print(Text(printable(verdict.explanation)))
    if not verdict.concepts:
        return
    table = Table(wording.concept, wording.written, wording.term)
    for one in verdict.concepts:
        table.add_row(wording.name(one.concept), Text(printable(one.quote)), Text(one.term))
    console.print(table)
