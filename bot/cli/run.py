"""`run`: how is the bot connected to its platforms?"""

import asyncio
import os
import sys
from urllib.parse import urlsplit

import structlog
import typer
from pydantic import SecretStr

from bot.cli.context import CONFIG, ConfigOption, platforms, settings
from bot.config import Settings
from bot.ops.dumps import forbid_core_dumps
from bot.ops.logging import configure

log = structlog.get_logger()

SAFE_DELAY = 30  # seconds in which a channel that is in use has moved on


def run(context: typer.Context, path: ConfigOption = CONFIG) -> None:
    """Connect the configured platforms and run until stopped."""
    # Here, because no other command should wait for the web server and the database to be loaded.
    from bot.cli.build import core
    from bot.cli.hosting import host

    forbid_core_dumps()
    chosen = settings(context, path, os.environ)
    configure(level=os.environ.get("QUIETLINE_LOG", "INFO"), secrets=_secrets(chosen), stream=sys.stderr)
    adapters = [platforms(context).load(name).build(section) for name, section in chosen.platforms.items()]
    parts = core(chosen.defaults, chosen.storage_url, chosen.folder, chosen.secret_file)
    if chosen.defaults.notice.delay_seconds[0] < SAFE_DELAY:
        log.warning("defaults.notice.delay_seconds is short: a note may point at whoever wrote last")
    if "country" not in chosen.defaults.model_fields_set:
        log.warning("defaults.country is not set: emergency number and services of the UK are shown first")
    asyncio.run(host(parts, adapters, chosen.ops.listen))


def _secrets(chosen: Settings) -> list[str]:
    values = [value for section in chosen.platforms.values() for _, value in section]
    tokens = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    return [*tokens, urlsplit(chosen.storage_url).password or ""]
