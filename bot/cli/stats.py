"""`stats`: what have the triggers done, in numbers that name nobody?"""

import json
import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.context import CONFIG, ConfigOption, settings

if TYPE_CHECKING:  # else `--help` would wait for the database to be loaded
    from bot.storage import Count

FEWEST = 10  # a smaller figure could be a person
WIDEST = 30  # characters of a bar
# What becomes of a message in which a trigger fired, in the order of the report, and what that means.
OUTCOMES = {
    "promised": "help was offered",
    "shadow": "nothing was done: the triggers are in shadow",
    "cooldown": "nothing was done: they had been offered help within a day",
    "opted_out": "nothing was done: they want no offers",
    "stale": "nothing was done: it was too late",
    "raid": "nothing was done: too many at once in one community",
    "capped": "nothing was done: too many offers already",
}
ENDINGS = {
    "delivered": "... it reached them in private",
    "note": "... a neutral note led to it",
    "ambiguous": "... it may have reached them",
    "unreachable": "... no way led to them",
    "failed": "... it failed",
    "expired": "... it would have come too late",
}


def stats(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=400, help="How many days to look back on.")] = 28,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    path: ConfigOption = CONFIG,
) -> None:
    """Show how often the triggers fired and what came of it; no person and no community is told apart."""
    from bot.cli.database import with_store

    chosen = settings(context, path, os.environ)
    today = datetime.now(UTC).date()

    sums = _sums(with_store(chosen, lambda store: store.counts(since=today - timedelta(days=days - 1))))
    if as_json:
        told = {
            platform: {outcome: _told(number) for outcome, number in outcomes.items()}
            for platform, outcomes in sums.items()
        }
        typer.echo(json.dumps({"days": days, "platforms": told}))
    else:
        _show(Console(), sums, days)


def _sums(counts: Sequence[tuple["Count", int]]) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = {}
    for count, number in counts:
        sums.setdefault(count.platform, Counter())[count.outcome] += number
    return sums


def _told(number: int) -> str:
    return f"{number:,}" if number >= FEWEST or not number else f"<{FEWEST}"


def _show(console: Console, sums: dict[str, Counter[str]], days: int) -> None:
    if not sums:
        console.print(f"No trigger fired in the last {days} days.")
    for platform, outcomes in sorted(sums.items()):
        table = Table(title=f"{platform}, the last {days} days", box=None, title_justify="left")
        table.add_column("times", justify="right")
        table.add_column("when a trigger fired")
        table.add_column("")
        most = max(outcomes.values())
        for outcome, meaning in {**OUTCOMES, **ENDINGS}.items():
            number = outcomes[outcome]
            if number:
                bar = "█" * round(number / most * WIDEST) if number >= FEWEST else ""
                table.add_row(_told(number), meaning, bar)
        console.print(table)
