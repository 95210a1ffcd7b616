"""`export` and `forget`: what does the bot keep of one person, and how is it erased?"""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import CONFIG, ConfigOption, account, settings
from bot.errors import QuietlineError
from bot.privacy import COOLDOWN, OPTOUT, OUTBOX, Pseudonyms
from bot.secretfile import load_secrets

if TYPE_CHECKING:  # else `--help` would wait for the database to be loaded
    from bot.storage import Store

PersonArgument = Annotated[
    str, typer.Argument(metavar="PLATFORM:ID", help="The account, as its platform counts it.")
]


def export(context: typer.Context, person: PersonArgument, path: ConfigOption = CONFIG) -> None:
    """Print all that is kept of one person, as JSON."""

    async def work(store: "Store", pseudonyms: Pseudonyms, platform: str, id: str) -> None:
        optout, cooldown, outbox = (
            pseudonyms.keys(purpose, platform, id) for purpose in (OPTOUT, COOLDOWN, OUTBOX)
        )
        kept = await store.kept(optout=optout, cooldown=cooldown, outbox=outbox)
        now = datetime.now(UTC)
        told = {
            "wants_no_offers_since": kept.opted_out and kept.opted_out.isoformat(),
            "was_offered_help_until": [end.isoformat() for end in kept.cooldowns if end > now],
            "offers_on_their_way": kept.promises,
        }
        typer.echo(json.dumps(told, indent=2))

    _run(context, path, person, work)


def forget(
    context: typer.Context,
    person: PersonArgument,
    keep_opt_out: Annotated[
        bool, typer.Option("--keep-opt-out", help="Go on writing to them only when they ask.")
    ] = False,
    path: ConfigOption = CONFIG,
) -> None:
    """Erase all that is kept of one person."""

    async def work(store: "Store", pseudonyms: Pseudonyms, platform: str, id: str) -> None:
        await store.forget(keys=pseudonyms.of_person(platform, id, keep_opt_out=keep_opt_out))
        typer.echo("erased; that they want no offers is still kept" if keep_opt_out else "erased")

    _run(context, path, person, work)


def _run(
    context: typer.Context,
    path: Path,
    person: str,
    work: "Callable[[Store, Pseudonyms, str, str], Awaitable[None]]",
) -> None:
    """Do something about an account in the database, by its pseudonyms. It is never printed."""
    from bot.storage import Store

    platform, id = account(context, person, "account")
    if not id.isdecimal():
        raise QuietlineError("account: the ID is a number")
    chosen = settings(context, path, os.environ)
    if not chosen.secret_file.exists():
        raise QuietlineError(f"secret_file: {chosen.secret_file} is not there; nobody is found without it")
    pseudonyms = Pseudonyms(*load_secrets(chosen.secret_file))

    async def with_store() -> None:
        store = Store(chosen.storage_url, chosen.folder)
        try:
            await work(store, pseudonyms, platform, id)
        finally:
            await store.close()

    asyncio.run(with_store())
