"""How does a promise end, and what if the database is not there to hear of it?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.delivery.owed import Owed
from bot.errors import StorageError
from bot.ops.metrics import Metrics
from bot.privacy import COOLDOWN, NOTE_PLACE, Pseudonyms
from bot.storage import Count, Keys, Outbox
from bot.storage.outbox import NOTE, OFFER


class Ending(StrEnum):
    """The values stand in counters."""

    DELIVERED = "delivered"
    NOTE = "note"  # a neutral note leads to it
    IN_DOUBT = "ambiguous"  # it may have arrived
    UNREACHABLE = "unreachable"  # no road leads there
    FAILED = "failed"
    EXPIRED = "expired"
    OPTED_OUT = "opted_out"
    UNREADABLE = "unreadable"  # sealed with a secret that is gone


@dataclass(frozen=True, slots=True)
class _Unsaved:
    count: Count
    release: Mapping[str, Keys]


@dataclass(frozen=True, slots=True)
class Endings:
    """Ends the promises of one platform. What the database does not take is kept until it does."""

    platform: str
    outbox: Outbox
    pseudonyms: Pseudonyms
    metrics: Metrics
    now: Callable[[], datetime]
    ended: Callable[[str], None]
    _unsaved: dict[str, _Unsaved] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self._unsaved

    async def of(
        self, key: str, owed: Owed | None, ending: Ending, *, give_back: bool = False, note: bool = False
    ) -> None:
        """End a promise.

        `give_back`: nothing has arrived, and a later trigger may try again. `note`: the place's right to
        a note goes back as well.
        """
        self.metrics.promise(self.platform, ending.value)
        release = {}
        if owed and give_back:
            whole = owed.community or owed.place
            release[OFFER] = self.pseudonyms.keys(COOLDOWN, owed.platform, owed.person, whole)
        if owed and note:
            release[NOTE] = self.pseudonyms.keys(NOTE_PLACE, owed.platform, owed.place)
        topic = owed.topic if owed else ""
        count = Count(self.now().date(), self.platform, topic, "trigger", ending.value)
        self._unsaved[key] = _Unsaved(count, release)
        self.ended(key)
        await self.save()

    async def save(self) -> None:
        """Write down what has ended; StorageError is kept back, for nothing is lost by it."""
        for key, unsaved in tuple(self._unsaved.items()):
            try:
                await self.outbox.settle(key, count=unsaved.count, release=unsaved.release)
            except StorageError:
                return
            self._unsaved.pop(key, None)
