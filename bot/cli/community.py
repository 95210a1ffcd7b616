"""`forget-community`: how is all that is kept of a server or group erased?"""

import os
from typing import Annotated

import typer

from bot.cli.context import CONFIG, ConfigOption, account, settings
from bot.errors import QuietlineError


def forget_community(
    context: typer.Context,
    community: Annotated[
        str, typer.Argument(metavar="PLATFORM:ID", help="The server or group, as its platform counts it.")
    ],
    path: ConfigOption = CONFIG,
) -> None:
    """Erase what is kept of a community now; after the bot was removed that happens by itself in a week."""
    from bot.cli.database import pseudonyms, with_store  # here, because no other command should wait for it

    platform, id = account(context, community, "community")
    if not id.removeprefix("-").isdecimal():
        raise QuietlineError("community: the ID is a number")
    chosen = settings(context, path, os.environ)
    keys = pseudonyms(chosen).of_community(platform, id)
    with_store(chosen, lambda store: store.forget(keys=keys))
    typer.echo(
        "erased; a running bot takes half a minute to notice, and what it knows of who was offered help"
    )
    typer.echo("there cannot be told from the rest: it goes within 26 hours")
