"""`forget-community`: how is all that is kept of a server or group erased?"""

import asyncio
import os
from typing import Annotated

import typer

from bot.cli.context import CONFIG, ConfigOption, account, settings
from bot.errors import QuietlineError
from bot.privacy import Pseudonyms
from bot.secretfile import load_secrets


def forget_community(
    context: typer.Context,
    community: Annotated[
        str, typer.Argument(metavar="PLATFORM:ID", help="The server or group, as its platform counts it.")
    ],
    path: ConfigOption = CONFIG,
) -> None:
    """Erase what is kept of a community now; after the bot was removed that happens by itself in a week."""
    from bot.storage import Store  # here, because no other command should wait for it

    platform, id = account(context, community, "community")
    if not id.removeprefix("-").isdecimal():
        raise QuietlineError("community: the ID is a number")
    chosen = settings(context, path, os.environ)
    if not chosen.secret_file.exists():
        raise QuietlineError(f"secret_file: {chosen.secret_file} is not there; nothing is found without it")
    pseudonyms = Pseudonyms(*load_secrets(chosen.secret_file))

    async def work() -> None:
        store = Store(chosen.storage_url, chosen.folder)
        try:
            await store.forget(keys=pseudonyms.of_community(platform, id))
        finally:
            await store.close()

    asyncio.run(work())
    typer.echo(
        "erased; a running bot takes half a minute to notice, and what it knows of who was offered help"
    )
    typer.echo("there cannot be told from the rest: it goes within 26 hours")
