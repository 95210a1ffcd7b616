"""`doctor`: what is missing before the bot can do its work?"""

import asyncio
import logging
import os
from pathlib import Path

import typer
from rich.console import Console

from bot.cli.context import CONFIG, ConfigOption, platforms, settings
from bot.config import Settings
from bot.errors import StorageError
from bot.ports import Finding, Platform
from bot.secretfile import is_private, load_secrets

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
    country = f"shown first: emergency number and services of {chosen.defaults.country} (defaults.country)"
    findings = [_secret(chosen.secret_file), await _storage(chosen)]
    findings.append(Finding(True, country))
    for name, section in chosen.platforms.items():
        findings += [
            Finding(finding.ok, f"{name}: {finding.what}", finding.mend)
            for finding in await found[name].diagnose(section)
        ]
    return findings


def _secret(path: Path) -> Finding:
    load_secrets(path)
    mend = f"others can read or change it: chmod 600 {path}"
    return Finding(is_private(path), f"secret file {path.name}", mend)


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
