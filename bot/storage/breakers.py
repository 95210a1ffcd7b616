"""Which roads are closed, and until when?"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from bot.storage import queries
from bot.storage.database import Database
from bot.storage.tables import breaker, from_moment, to_moment
from bot.storage.unbroken import unbroken


class Breakers:
    """Kept, because a bot that starts again must not forget that its platform has flagged it.

    Raises StorageError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def close(self, platform: str, road: str, until: datetime) -> None:
        """Close a road until then; of two ends the later one holds."""
        async with self._database.transaction() as connection:
            await queries.close_road(connection, platform, road, until)

    @unbroken
    async def closed(self, platform: str, now: datetime) -> Mapping[str, datetime]:
        """Return the roads of a platform that are closed now, each with the end of that."""
        async with self._database.transaction() as connection:
            chosen = breaker.c.platform == platform, breaker.c.until > from_moment(now)
            rows = (await connection.execute(select(breaker).where(*chosen))).all()
        return {row.road: to_moment(row.until) for row in rows}

    @unbroken
    async def reset(self, platform: str) -> int:
        """Open all roads of a platform; return how many had been closed."""
        async with self._database.transaction() as connection:
            gone = delete(breaker).where(breaker.c.platform == platform).returning(breaker.c.road)
            return len((await connection.execute(gone)).all())
