"""Which roads has a platform closed to us?  To try them all the same makes it worse."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.errors import StorageError
from bot.model import Road
from bot.ops.metrics import Metrics
from bot.storage.breakers import Breakers

log = structlog.get_logger()

# Who is told to wait for longer than an hour has been flagged; only an operator can see to that.
FLAGGED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Breaker:
    """The closed roads of one platform; in the database, so that a restart opens none."""

    platform: str
    kept: Breakers
    now: Callable[[], datetime]
    metrics: Metrics
    _closed: dict[Road, datetime] = field(default_factory=dict)
    _unsaved: dict[Road, datetime] = field(default_factory=dict)

    def is_closed(self, road: Road) -> bool:
        """Tell whether a road is closed now."""
        until = self._closed.get(road)
        return until is not None and self.now() < until

    async def close(self, road: Road, wait: timedelta) -> None:
        """Close a road for so long, or until the operator opens it with `python -m bot breaker --reset`."""
        until = self.now() + wait
        if until <= self._closed.get(road, until - wait):
            return
        self._closed[road] = self._unsaved[road] = until
        mend = (
            f"see what the platform says about the bot; then: python -m bot breaker --reset {self.platform}"
            if wait > FLAGGED
            else "none needed"
        )
        minutes = int(wait.total_seconds() // 60)
        log.error("road closed", platform=self.platform, road=road.value, minutes=minutes, mend=mend)
        await self._save()
        self._show()

    async def refresh(self) -> None:
        """Take over what the database says: an operator may have opened a road."""
        await self._save()
        with suppress(StorageError):  # then what is known holds
            kept = await self.kept.closed(self.platform, self.now())
            self._closed.clear()
            self._closed.update({Road(road): until for road, until in kept.items()})
            self._closed.update(self._unsaved)
        self._show()

    async def _save(self) -> None:
        with suppress(StorageError):
            for road, until in tuple(self._unsaved.items()):
                await self.kept.close(self.platform, road.value, until)
                self._unsaved.pop(road, None)

    def _show(self) -> None:
        for road in (Road.DIRECT, Road.EPHEMERAL):
            self.metrics.breaker(self.platform, road.value, is_open=self.is_closed(road))
