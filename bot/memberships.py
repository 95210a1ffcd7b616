"""Which communities has the bot been removed from?  What is kept of one goes when it does not come back."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from bot.errors import StorageError
from bot.phrases import Community, Phrases
from bot.storage import Store

AT_ONCE = 200  # communities in one statement; databases limit how many values it may hold


@dataclass(frozen=True, slots=True)
class Memberships:
    """Those of one platform. What the database does not take is kept until it does."""

    platform: str
    store: Store
    phrases: Phrases
    now: Callable[[], datetime]
    # When the bot was removed from each; None: it is in there.
    _unsaved: dict[str, datetime | None] = field(default_factory=dict)
    # One at a time, so that what was heard last is what stays.
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def hear(self, communities: Iterable[str], *, inside: bool) -> None:
        """Note that the bot is in these communities, or in them no longer."""
        for id in communities:
            self._unsaved[id] = None if inside else self.now()
            if not inside:
                self.phrases.forget(Community(self.platform, id))
        await self.save()

    async def save(self) -> None:
        """Write down what was heard; StorageError is kept back, for the next call tries again."""
        async with self._writing:
            while self._unsaved:
                left = next(iter(self._unsaved.values()))
                some = list(islice((id for id, when in self._unsaved.items() if when == left), AT_ONCE))
                keys = [key for id in some for key in self.phrases.keys(Community(self.platform, id))]
                try:
                    await self.store.set_left(communities=keys, now=left)
                except StorageError:
                    return
                for id in some:
                    if self._unsaved.get(id, left) == left:
                        self._unsaved.pop(id, None)
