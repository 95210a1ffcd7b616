"""`doctor`: what is missing before the bot can do its work?"""

import asyncio
import logging
import os

import typer
from rich.console import Console

from bot.cli.context import CONFIG, ConfigOption, platforms, settings
from bot.config import Settings
from bot.errors import StorageError
from bot.ports import Finding, Platform
from bot.privacy import load_secret

CHECK_FAILED = 1


def doctor(context: typer.Context, path: ConfigOption = CONFIG) -> None:
    """Connect and say what is missing, each with its mend."""
    logging.disable()  # the findings say it all
    chosen = settings(context, path, os.environ)
    found = {name: platforms(context).load(name) for name in chosen.platforms}
    findings = asyncio.run(_findings(chosen, found))
    out = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        mend = "" if finding.ok or not finding.mend else f"\n     mend: {finding.mend}"
        out.print(f"{'ok  ' if finding.ok else 'MISS'} {finding.what}{mend}", markup=False)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(CHECK_FAILED)


async def _findings(chosen: Settings, found: dict[str, Platform]) -> list[Finding]:
    load_secret(chosen.secret_file)
    country = f"shown first: emergency number and services of {chosen.defaults.country} (defaults.country)"
    findings = [Finding(True, f"secret file {chosen.secret_file.name}"), await _storage(chosen)]
    findings.append(Finding(True, country))
    for name, section in chosen.platforms.items():
        findings += [
            Finding(finding.ok, f"{name}: {finding.what}", finding.mend)
            for finding in await found[name].diagnose(section)
        ]
    return findings


async def _storage(chosen: Settings) -> Finding:
    from bot.storage import Store  # here, because no other command should wait for it

    store = Store(chosen.storage_url, chosen.folder)
    try:
        await store.open()
    except StorageError as error:
        return Finding(False, "database", str(error))
    finally:
        await store.close()
    return Finding(True, "database")
