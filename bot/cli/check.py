"""`check`: is everything that is written down valid, complete and not overdue?"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import content, detection
from bot.cli.context import CONFIG, MESSAGES, ConfigOption, settings
from bot.cli.links import link_faults
from bot.cli.topics import topic_faults
from bot.detection import lint
from bot.errors import ConfigError

CHECK_FAILED = 1


def check(
    context: typer.Context,
    path: ConfigOption = CONFIG,
    links: Annotated[
        bool, typer.Option("--links", help="Try every link as well; needs the internet.")
    ] = False,
) -> None:
    """Check the config file, the messages, the directory and the triggers; one line a fault."""
    faults = [*_config_faults(context, path), *_content_faults(), *_trigger_faults()]
    out = Console(highlight=False, soft_wrap=True)
    if links and not content.check(MESSAGES):
        faults += link_faults(content.load(MESSAGES), out)
    for line in [*content.notes(MESSAGES), *faults]:
        out.print(line, markup=False)
    if faults:
        raise typer.Exit(CHECK_FAILED)
    out.print(
        "everything is in order" + ("" if path.exists() else f"; {path} is not there yet"), markup=False
    )


def _content_faults() -> list[str]:
    # Helplines move and close: what nobody has looked at for half a year fails the build.
    if faults := content.check(MESSAGES):
        return faults
    words = content.load(MESSAGES)
    return [*content.overdue(words, datetime.now(UTC).date()), *topic_faults(MESSAGES, words)]


def _trigger_faults() -> list[str]:
    return detection.check(MESSAGES) or lint.check(MESSAGES)


def _config_faults(context: typer.Context, path: Path) -> list[str]:
    if path == CONFIG and not path.exists():
        return []  # words and triggers can be checked before anything is configured
    # Here, because no other command should wait for the database to be loaded.
    from bot.storage import Store

    try:
        chosen = settings(context, path, os.environ)
        Store(chosen.storage_url, chosen.folder)  # connects to nothing
    except ConfigError as error:
        return [str(error)]
    return []
