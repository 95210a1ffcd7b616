"""Which statements need care?  Those that must decide and record in one step, on both databases.

Where keys are taken, the first is under the newest secret: what is found under the others comes under it.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Table, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import (
    PSEUDONYM_LENGTH,
    Keys,
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


async def claim(
    connection: AsyncConnection, scope: str, keys: Keys, now: datetime, lasting: timedelta
) -> bool:
    """Start a cool-down unless one is running; tell whether it was started."""
    await _renew_cooldown(connection, scope, keys)
    statement = _insert(connection, cooldown).values(
        scope=scope, key=keys[0], until=from_moment(now + lasting)
    )
    started = await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[cooldown.c.scope, cooldown.c.key],
            set_={"until": statement.excluded.until},
            where=cooldown.c.until <= from_moment(now),
        ).returning(cooldown.c.until)
    )
    return started.first() is not None


async def release(connection: AsyncConnection, scope: str, keys: Keys) -> None:
    """End a cool-down before its time."""
    await connection.execute(delete(cooldown).where(cooldown.c.scope == scope, cooldown.c.key.in_(keys)))


async def is_opted_out(connection: AsyncConnection, keys: Keys) -> bool:
    """Tell whether a person has opted out."""
    await _renew_opt_out(connection, keys)
    found = await connection.execute(select(optout.c.person).where(optout.c.person == keys[0]))
    return found.first() is not None


async def opt_out(connection: AsyncConnection, keys: Keys, day: date) -> None:
    """Note that a person has opted out; the first day stays."""
    await _renew_opt_out(connection, keys)
    await _insert_opt_out(connection, keys[0], day)


async def kept(connection: AsyncConnection, person: Keys, cooling: Keys, outgoing: Keys) -> Kept:
    """Return all that is kept of a person, by their pseudonyms."""
    since = await connection.execute(select(func.min(optout.c.since)).where(optout.c.person.in_(person)))
    theirs = func.substr(cooldown.c.key, 1, PSEUDONYM_LENGTH).in_(cooling)
    ends = await connection.execute(select(cooldown.c.until).where(theirs).order_by(cooldown.c.until))
    promises = await connection.execute(
        select(func.count()).select_from(outbox).where(outbox.c.person.in_(outgoing))
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


async def _renew_opt_out(connection: AsyncConnection, keys: Keys) -> None:
    """Bring an opt-out that was written under an older secret under the newest."""
    gone = delete(optout).where(optout.c.person.in_(keys[1:])).returning(optout.c.since)
    if len(keys) > 1 and (days := (await connection.execute(gone)).scalars().all()):
        await _insert_opt_out(connection, keys[0], min(days))


async def _insert_opt_out(connection: AsyncConnection, person: str, day: date) -> None:
    row = {"person": person, "since": day}
    await connection.execute(_insert(connection, optout).values(row).on_conflict_do_nothing())


async def _renew_cooldown(connection: AsyncConnection, scope: str, keys: Keys) -> None:
    """The same for a cool-down; of several the longest counts."""
    older = cooldown.c.scope == scope, cooldown.c.key.in_(keys[1:])
    gone = delete(cooldown).where(*older).returning(cooldown.c.until)
    if len(keys) > 1 and (ends := (await connection.execute(gone)).scalars().all()):
        statement = _insert(connection, cooldown).values(scope=scope, key=keys[0], until=max(ends))
        await connection.execute(
            statement.on_conflict_do_update(
                index_elements=[cooldown.c.scope, cooldown.c.key],
                set_={"until": statement.excluded.until},
                where=cooldown.c.until < statement.excluded.until,
            )
        )


def _insert(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    # ON CONFLICT reads alike in both products, but SQLAlchemy keeps a class for each.
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
