"""Which statements need care?  Those that must decide and record in one step, on both databases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import PSEUDONYM_LENGTH, cooldown, daily_count, from_moment, optout, to_moment


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of a person: since when they want no offers, and when each cool-down ends."""

    opted_out: date | None
    cooldowns: tuple[datetime, ...]


async def claim(connection: AsyncConnection, scope: str, key: str, now: datetime, lasting: timedelta) -> bool:
    """Start a cool-down unless one is running; tell whether it was started."""
    statement = _insert(connection, cooldown).values(scope=scope, key=key, until=from_moment(now + lasting))
    started = await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[cooldown.c.scope, cooldown.c.key],
            set_={"until": statement.excluded.until},
            where=cooldown.c.until <= from_moment(now),
        ).returning(cooldown.c.until)
    )
    return started.first() is not None


async def release(connection: AsyncConnection, scope: str, key: str) -> None:
    """End a cool-down before its time."""
    await connection.execute(delete(cooldown).where(cooldown.c.scope == scope, cooldown.c.key == key))


async def is_opted_out(connection: AsyncConnection, person: str) -> bool:
    """Tell whether a person has opted out."""
    found = await connection.execute(select(optout.c.person).where(optout.c.person == person))
    return found.first() is not None


async def opt_out(connection: AsyncConnection, person: str, day: date) -> None:
    """Note that a person has opted out; the first day stays."""
    row = {"person": person, "since": day}
    await connection.execute(_insert(connection, optout).values(row).on_conflict_do_nothing())


async def kept(connection: AsyncConnection, person: str, cooling: str) -> Kept:
    """Return all that is kept of a person, by their pseudonyms."""
    since = await connection.execute(select(optout.c.since).where(optout.c.person == person))
    theirs = func.substr(cooldown.c.key, 1, PSEUDONYM_LENGTH) == cooling
    ends = await connection.execute(select(cooldown.c.until).where(theirs).order_by(cooldown.c.until))
    return Kept(since.scalar(), tuple(to_moment(until) for until in ends.scalars()))


async def count(connection: AsyncConnection, names: Mapping[str, str | date]) -> None:
    """Add one to the counter that has these values in its key columns."""
    statement = _insert(connection, daily_count).values({**names, "n": 1})
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(daily_count.primary_key), set_={"n": daily_count.c.n + 1}
        )
    )


def _insert(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    # ON CONFLICT reads alike in both products, but SQLAlchemy keeps a class for each.
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
