"""What do the commands that look into the database share?"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.config import Settings
from bot.errors import QuietlineError
from bot.privacy import Pseudonyms
from bot.secretfile import load_secrets
from bot.storage import Store

T = TypeVar("T")


def with_store(chosen: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    """Open the configured database, do something with it, and close it. Raises StorageError."""

    async def run() -> T:
        store = Store(chosen.storage_url, chosen.folder)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())


def pseudonyms(chosen: Settings) -> Pseudonyms:
    """Return the names in the database; raises QuietlineError where no bot has run, and makes no secret."""
    if not chosen.secret_file.exists():
        raise QuietlineError(f"secret_file: {chosen.secret_file} is not there; nothing is found without it")
    return Pseudonyms(*load_secrets(chosen.secret_file))
