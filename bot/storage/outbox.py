"""What is still on its way to somebody, and who takes care of it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, case, delete, func, insert, or_, select, update

from bot.storage import queries
from bot.storage.database import Database
from bot.storage.queries import Count
from bot.storage.tables import Keys, from_moment, outbox, to_moment
from bot.storage.unbroken import unbroken

OFFER, NOTE = "offer", "note"  # scopes of cool-downs


class Claim(StrEnum):
    """Whether the bot may offer help to a person now."""

    GRANTED = "granted"  # yes, and nobody else may until the cool-down ends
    COOLDOWN = "cooldown"  # no, it has just done so
    OPTED_OUT = "opted_out"  # no, the person does not want it


class Stage(StrEnum):
    """How far something has come."""

    PRIVATE = "private"  # to be shown to the person alone
    NOTE = "note"  # no private road leads there: a neutral note is to be posted
    POSTING = "posting"  # the place's cool-down for notes was taken for it


@dataclass(frozen=True, slots=True)
class Promise:
    """Something to deliver until `expires`. `person` is a pseudonym; `sealed` holds whom and what."""

    key: str
    person: str
    platform: str
    sealed: bytes = field(repr=False)
    due: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A promise that is this caller's alone until `lease`.

    `attempts` surely did not arrive; `doubts`, the one going on counted, may have, since `since`; those
    before it took this `road`, or any where it is "".
    """

    key: str
    sealed: bytes = field(repr=False)
    stage: Stage
    attempts: int
    doubts: int
    road: str
    since: datetime
    expires: datetime
    lease: datetime


class Outbox:
    """Promises, from the transaction that makes one to the one that ends it. Raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @unbroken
    async def promise(
        self,
        promise: Promise,
        *,
        optout: Keys,
        cooldown: Keys,
        now: datetime,
        lasting: timedelta,
        count: Count,
    ) -> Claim:
        """Check the opt-out, start the cool-down, promise and count: all of it, or nothing.

        Of simultaneous calls for one cool-down one is granted. `optout` are the person's pseudonyms for
        opting out, `cooldown` those in that community (`Pseudonyms.keys` with `community`).
        """
        async with self._database.transaction() as connection:
            if await queries.is_opted_out(connection, optout):
                return Claim.OPTED_OUT
            if not await queries.claim(connection, OFFER, cooldown, now, lasting):
                return Claim.COOLDOWN
            row = {
                "key": promise.key,
                "person": promise.person,
                "platform": promise.platform,
                "sealed": promise.sealed,
                "stage": Stage.PRIVATE,
                "attempts": 0,
                "doubts": 0,
                "road": "",
                "since": 0,
                "due": from_moment(promise.due),
                "lease_until": 0,
                "expires": from_moment(promise.expires),
            }
            await connection.execute(insert(outbox).values(row))
            await queries.count(connection, count)
            return Claim.GRANTED

    @unbroken
    async def take(
        self, platform: str, now: datetime, lease: datetime, limit: int, latest: datetime
    ) -> list[Due]:
        """Take up to `limit` promises that are due or expired; each belongs to the caller until `lease`.

        One that expires after `latest` is handed out whoever has it: the clock has been set back, and its
        lease may run for hours.
        Each counts as a doubt until the caller says how it went: whoever dies meanwhile may have sent it.
        """
        at = from_moment(now)
        # A CTE, because the planner may run a plain subquery again and lock more than `limit` rows.
        free = (
            select(outbox.c.key)
            .where(outbox.c.platform == platform)
            .where(
                or_(
                    and_(outbox.c.lease_until <= at, or_(outbox.c.due <= at, outbox.c.expires <= at)),
                    outbox.c.expires > from_moment(latest),
                )
            )
            .order_by(outbox.c.due)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .cte("free")
        )
        taking = (
            update(outbox)
            .where(outbox.c.key.in_(select(free.c.key)))
            .values(
                lease_until=from_moment(lease),
                doubts=outbox.c.doubts + 1,
                since=case((outbox.c.since == 0, at), else_=outbox.c.since),
            )
            .returning(outbox)
        )
        async with self._database.transaction() as connection:
            rows = (await connection.execute(taking)).all()
        return [
            Due(
                key=row.key,
                sealed=row.sealed,
                stage=Stage(row.stage),
                attempts=row.attempts,
                doubts=row.doubts,
                road=row.road,
                since=to_moment(row.since),
                expires=to_moment(row.expires),
                lease=lease,
            )
            for row in sorted(rows, key=lambda row: (row.due, row.key))
        ]

    @unbroken
    async def postpone(self, row: Due, due: datetime) -> None:
        """Give a promise back as `row` says, until `due`.

        Nothing happens when the lease ran out and somebody else has it.
        """
        values = {
            "stage": row.stage,
            "due": from_moment(due),
            "lease_until": 0,
            "attempts": row.attempts,
            "doubts": row.doubts,
            "road": row.road,
            "since": from_moment(row.since) if row.doubts else 0,
        }
        mine = (outbox.c.key == row.key) & (outbox.c.lease_until == from_moment(row.lease))
        async with self._database.transaction() as connection:
            await connection.execute(update(outbox).where(mine).values(values))

    @unbroken
    async def post(self, row: Due, *, place: Keys, now: datetime, lasting: timedelta) -> bool:
        """Take the right to post a neutral note in a place, for `lasting`, and remember for which promise."""
        async with self._database.transaction() as connection:
            if not await queries.claim(connection, NOTE, place, now, lasting):
                return False
            posting = {"stage": Stage.POSTING, "doubts": 1, "road": "", "since": from_moment(now)}
            await connection.execute(update(outbox).where(outbox.c.key == row.key).values(posting))
            return True

    @unbroken
    async def settle(
        self,
        key: str,
        *,
        count: Count,
        release: Mapping[str, Keys] | None = None,
    ) -> None:
        """End a promise and count how; `release` gives cool-downs back, by scope, when nothing arrived.

        Nothing happens when it has ended already.
        """
        async with self._database.transaction() as connection:
            ending = delete(outbox).where(outbox.c.key == key).returning(outbox.c.key)
            if (await connection.execute(ending)).first() is None:
                return
            for scope, cooldown in (release or {}).items():
                await queries.release(connection, scope, cooldown)
            await queries.count(connection, count)

    @unbroken
    async def waiting(self, platform: str) -> tuple[int, datetime | None]:
        """Return how many promises of a platform are open, and when the first of them is due."""
        counted = select(func.count(), func.min(outbox.c.due)).where(outbox.c.platform == platform)
        async with self._database.transaction() as connection:
            number, first = (await connection.execute(counted)).one()
        return number, None if first is None else to_moment(first)

    @unbroken
    async def sweep(self, now: datetime) -> None:
        """Delete what has expired and nobody takes any more, and the traces of the rest on SQLite's disk."""
        left = (outbox.c.expires <= from_moment(now)) & (outbox.c.lease_until <= from_moment(now))
        async with self._database.transaction() as connection:
            await connection.execute(delete(outbox).where(left))
        await self._database.truncate_log()
