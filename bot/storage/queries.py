"""Which statements need care?  Those that must decide and record in one step, on both databases."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import (
    PSEUDONYM_LENGTH,
    breaker,
    cooldown,
    daily_count,
    from_moment,
    optout,
    outbox,
    to_moment,
)


@dataclass(frozen=True, slots=True)
class Count:
    """Names a counter of a day; none names a person or a community. `surface` is what it came by."""

    day: date
    platform: str
    topic: str
    surface: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of a person: since when they want no offers, cool-downs, and what is sent."""

    opted_out: date | None
    cooldowns: tuple[datetime, ...]
    promises: int


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


async def kept(connection: AsyncConnection, person: str, cooling: str, outgoing: str) -> Kept:
    """Return all that is kept of a person, by their pseudonyms."""
    since = await connection.execute(select(optout.c.since).where(optout.c.person == person))
    theirs = func.substr(cooldown.c.key, 1, PSEUDONYM_LENGTH) == cooling
    ends = await connection.execute(select(cooldown.c.until).where(theirs).order_by(cooldown.c.until))
    promises = await connection.execute(
        select(func.count()).select_from(outbox).where(outbox.c.person == outgoing)
    )
    return Kept(since.scalar(), tuple(to_moment(until) for until in ends.scalars()), promises.scalar_one())


async def count(connection: AsyncConnection, counter: Count) -> None:
    """Add one to a counter."""
    statement = _insert(connection, daily_count).values({**asdict(counter), "n": 1})
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=list(daily_count.primary_key), set_={"n": daily_count.c.n + 1}
        )
    )


async def close_road(connection: AsyncConnection, platform: str, road: str, until: datetime) -> None:
    """Note that a road is closed; a later end that is known already stays."""
    statement = _insert(connection, breaker).values(platform=platform, road=road, until=from_moment(until))
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[breaker.c.platform, breaker.c.road],
            set_={"until": statement.excluded.until},
            where=breaker.c.until < statement.excluded.until,
        )
    )


def _insert(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    # ON CONFLICT reads alike in both products, but SQLAlchemy keeps a class for each.
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
