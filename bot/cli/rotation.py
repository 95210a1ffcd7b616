"""`rotate-key`: how does a new root secret take the place of the old one, and when may that go?"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.context import CONFIG, ConfigOption, settings
from bot.errors import QuietlineError
from bot.secretfile import Secret, drop_oldest, only_one, read_secrets, rotate

NOTHING_CHANGED = 1
RESTART = "restart the bot now: until then it goes on with what it read when it started"


def rotate_key(
    context: typer.Context,
    drop: Annotated[
        bool, typer.Option("--drop-oldest", help="Say what is lost without the oldest secret.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do drop it.")] = False,
    path: ConfigOption = CONFIG,
) -> None:
    """Make a new root secret; the old ones stay beside it, so that what they named is still found."""
    file = settings(context, path, os.environ).secret_file
    if not file.exists():
        raise QuietlineError(f"secret_file: {file} is not there; the bot makes it when it first starts")
    if yes and not drop:
        raise QuietlineError("--yes: goes with --drop-oldest alone")
    if drop:
        _drop(file, sure=yes)
        return
    count = rotate(file, datetime.now(UTC).date())
    typer.echo(f"{file}: {count} secrets now, the new one first; keep a copy, apart from the database's")
    typer.echo(RESTART)


def _drop(file: Path, *, sure: bool) -> None:
    held = read_secrets(file)
    if len(held) == 1:
        raise only_one(file)
    for line in _lost(held):
        typer.echo(line)
    if not sure:
        typer.echo("nothing was changed; with --yes as well it is dropped")
        raise typer.Exit(NOTHING_CHANGED)
    left = drop_oldest(file)
    typer.echo(f"{file}: {left} left")
    typer.echo(RESTART)


def _lost(held: tuple[Secret, ...]) -> list[str]:
    after = held[-2].made
    until = f"until {after}" if after else "until a day that the file does not name"
    return [
        f"the oldest secret was used {until}; what it named and nobody has come upon since is lost:",
        '- "never write to me again" of those who have set off no trigger since: they may hear from it',
        "- phrases of communities where nobody has written since",
        "- buttons to take a message back that the bot sent until then",
        "- cool-downs and neutral notes, if that was less than eight days ago",
    ]
