"""`breaker`: which roads has a platform closed to the bot, and how does the operator open them?"""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import CONFIG, ConfigOption, settings
from bot.errors import QuietlineError

if TYPE_CHECKING:
    from bot.storage import Store


def breaker(
    context: typer.Context,
    reset: Annotated[
        str | None, typer.Option("--reset", metavar="PLATFORM", help="Open the roads of this platform again.")
    ] = None,
    path: ConfigOption = CONFIG,
) -> None:
    """Show which roads are closed because a platform flagged the bot or told it to wait."""
    # Here, because no other command should wait for the database to be loaded.
    from bot.cli.database import with_store

    chosen = settings(context, path, os.environ)
    if reset is not None and reset not in chosen.platforms:
        raise QuietlineError(f"--reset: write one of the platforms in {path}: {', '.join(chosen.platforms)}")

    async def work(store: "Store") -> None:
        if reset is not None:
            opened = await store.breakers.reset(reset)
            typer.echo(f"{reset}: {opened} opened; a running bot takes a minute to notice")
            return
        now = datetime.now(UTC)
        for platform in chosen.platforms:
            closed = await store.breakers.closed(platform, now)
            for road, until in closed.items():
                typer.echo(f"{platform}: {road} is closed until {until.isoformat(timespec='minutes')}")
            if not closed:
                typer.echo(f"{platform}: all roads are open")

    with_store(chosen, work)
