"""`export` and `forget`: what does the bot keep of one person, and how is it erased?"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.context import CONFIG, ConfigOption, account, settings
from bot.config import Settings
from bot.errors import QuietlineError
from bot.privacy import COOLDOWN, OPTOUT, OUTBOX

PersonArgument = Annotated[
    str, typer.Argument(metavar="PLATFORM:ID", help="The account, as its platform counts it.")
]


def export(context: typer.Context, person: PersonArgument, path: ConfigOption = CONFIG) -> None:
    """Print all that is kept of one person, as JSON."""
    # Here, because no other command should wait for the database to be loaded.
    from bot.cli.database import pseudonyms, with_store

    chosen, platform, id = _asked(context, path, person)
    names = pseudonyms(chosen)
    optout, cooldown, outbox = (names.keys(purpose, platform, id) for purpose in (OPTOUT, COOLDOWN, OUTBOX))
    kept = with_store(chosen, lambda store: store.kept(optout=optout, cooldown=cooldown, outbox=outbox))
    now = datetime.now(UTC)
    told = {
        "wants_no_offers_since": kept.opted_out and kept.opted_out.isoformat(),
        "was_offered_help_until": [end.isoformat() for end in kept.cooldowns if end > now],
        "offers_on_their_way": kept.promises,
    }
    typer.echo(json.dumps(told, indent=2))


def forget(
    context: typer.Context,
    person: PersonArgument,
    keep_opt_out: Annotated[
        bool, typer.Option("--keep-opt-out", help="Go on writing to them only when they ask.")
    ] = False,
    path: ConfigOption = CONFIG,
) -> None:
    """Erase all that is kept of one person."""
    from bot.cli.database import pseudonyms, with_store

    chosen, platform, id = _asked(context, path, person)
    keys = pseudonyms(chosen).of_person(platform, id, keep_opt_out=keep_opt_out)
    with_store(chosen, lambda store: store.forget(keys=keys))
    typer.echo("erased; that they want no offers is still kept" if keep_opt_out else "erased")


def _asked(context: typer.Context, path: Path, person: str) -> tuple[Settings, str, str]:
    """Return the settings and the account, which is never printed."""
    platform, id = account(context, person, "account")
    if not id.isdecimal():
        raise QuietlineError("account: the ID is a number")
    return settings(context, path, os.environ), platform, id
