"""Who wants no offers, or to be forgotten?  Holds from the tap on, also while the database is away."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import StorageError
from bot.model import Person
from bot.privacy import OPTOUT, OUTBOX, Pseudonyms
from bot.storage import Keys, Store

# How long somebody who says "never again" or "forget me" may wait for the database. Platforms wait three
# seconds for us.
SAVING_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class OptOuts:
    """The opt-outs of one platform."""

    store: Store
    pseudonyms: Pseudonyms
    now: Callable[[], datetime]
    # Those that the database has not taken yet, each with the pseudonyms of what is on its way to them.
    _unsaved: dict[Keys, Keys] = field(default_factory=dict)
    # One at a time, so that what a person wanted last is what stays.
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def add(self, person: Person) -> bool:
        """Never offer this person help again. False while it holds for this process only."""
        key = self.keys(person)
        self._unsaved[key] = self.pseudonyms.keys(OUTBOX, person.platform, person.id)
        return await _in_time(self._save(key))

    async def forget(self, person: Person, *, keep_opt_out: bool) -> bool:
        """Erase what the database keeps of this person. False while that is not done.

        When it fails, an opt-out not saved yet holds as before.
        """
        key = self.keys(person)
        held = {} if keep_opt_out or key not in self._unsaved else {key: self._unsaved.pop(key)}
        keys = self.pseudonyms.of_person(person.platform, person.id, keep_opt_out=keep_opt_out)
        return await _in_time(self._erase(keys, held))

    def is_unsaved(self, person: Person) -> bool:
        """Tell whether they want no offers and the database does not know it yet."""
        return self.keys(person) in self._unsaved

    def keys(self, person: Person) -> Keys:
        """Return the pseudonyms under which the database may know it."""
        return self.pseudonyms.keys(OPTOUT, person.platform, person.id)

    async def tend(self) -> None:
        """Save those that could not be saved when they were made."""
        for key in tuple(self._unsaved):
            if not await self._save(key):
                return  # the next would wait as long in vain

    async def _save(self, key: Keys) -> bool:
        async with self._writing:
            if key not in self._unsaved:  # saved by another call, or they want to be forgotten
                return True
            try:
                await self.store.opt_out(optout=key, outbox=self._unsaved[key], now=self.now())
            except StorageError:
                return False
            self._unsaved.pop(key, None)
            return True

    async def _erase(self, keys: Sequence[str], held: dict[Keys, Keys]) -> bool:
        async with self._writing:
            try:
                await self.store.forget(keys=keys)
            except StorageError:
                self._unsaved.update(held)
                return False
            return True


async def _in_time(change: Coroutine[None, None, bool]) -> bool:
    """Tell whether the change is made already; one that takes longer goes on."""
    making = asyncio.create_task(change)
    await asyncio.wait({making}, timeout=SAVING_SECONDS)
    return making.done() and making.exception() is None and making.result()
