"""`try`: how can the bot be met without any account?"""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.context import platforms
from bot.config import Defaults, Raid
from bot.ops.logging import configure

# One person plays them all; five of them are no raid.
MEMBERS = 1_000


def try_(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a thing sent.")] = False,
    locale: Annotated[str | None, typer.Option(help="The member's language, e.g. en.")] = None,
) -> None:
    """Chat with the bot in this terminal; no token, nothing is kept."""
    # Here, because no other command should wait for the database to be loaded.
    from bot.app import serve
    from bot.cli.build import core

    interactive = sys.stdin.isatty() and not as_json
    configure(level="INFO" if interactive else "WARNING", secrets=(), stream=sys.stderr)
    terminal = platforms(context).load(platforms(context).terminal)
    adapter = terminal.build(terminal.Section.model_validate({"as_json": as_json, "locale": locale}))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        parts = core(
            Defaults(raid=Raid(writers=MEMBERS)), "sqlite:///try.db", Path(folder), Path(folder) / "try.key"
        )
        asyncio.run(serve(parts, [adapter]))
