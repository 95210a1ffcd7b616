"""Who wants no offers?  Holds from the tap on, also while the database is away."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import StorageError
from bot.model import Person
from bot.privacy import OPTOUT, OUTBOX, Pseudonyms
from bot.storage import Store

# How long somebody who says "never again" may wait for the database. Platforms wait three seconds for us.
SAVING_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class OptOuts:
    """The opt-outs of one platform."""

    store: Store
    pseudonyms: Pseudonyms
    now: Callable[[], datetime]
    # Those that the database has not taken yet, with what is on its way to them.
    _unsaved: dict[str, str] = field(default_factory=dict)

    async def add(self, person: Person) -> bool:
        """Never offer this person help again. False while it holds for this process only."""
        key = self.key(person)
        self._unsaved[key] = self.pseudonyms.key(OUTBOX, person.platform, person.id)
        saving = asyncio.create_task(self._save(key))
        await asyncio.wait({saving}, timeout=SAVING_SECONDS)
        return saving.done() and saving.exception() is None and saving.result()

    def is_unsaved(self, person: Person) -> bool:
        """Tell whether they said so and the database does not know it yet."""
        return self.key(person) in self._unsaved

    def key(self, person: Person) -> str:
        """Return the pseudonym under which the database knows it."""
        return self.pseudonyms.key(OPTOUT, person.platform, person.id)

    async def tend(self) -> None:
        """Save those that could not be saved when they were made."""
        for key in tuple(self._unsaved):
            await self._save(key)

    async def _save(self, key: str) -> bool:
        try:
            await self.store.opt_out(optout=key, outbox=self._unsaved[key], now=self.now())
        except StorageError:
            return False
        self._unsaved.pop(key, None)
        return True
