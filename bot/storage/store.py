"""What is remembered, and what may be asked of it?  Every query is here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, insert, select

from bot.storage import phrases, queries
from bot.storage.breakers import Breakers
from bot.storage.database import Database, Watch
from bot.storage.erasure import ERASE
from bot.storage.outbox import NOTE, Outbox
from bot.storage.phrases import PhraseNews, Stamp, StoredPhrase, StoredPhrases
from bot.storage.queries import Count, Kept
from bot.storage.tables import Keys, breaker, daily_count, from_moment, note, to_moment
from bot.storage.tables import cooldown as cooldowns
from bot.storage.tables import outbox as outboxes
from bot.storage.unbroken import unbroken

COUNTS_KEPT = timedelta(days=400)
# Telegram lets a bot delete what it posted for 48 hours; after that a note's address is of no use.
NOTES_KEPT = timedelta(hours=48)
# How long a community that removed the bot can come back and find its phrases.
LEFT_KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class StandingNote:
    """A neutral note that stands in a shared place and is to be taken down at `due`."""

    id: int
    platform: str
    sealed: bytes = field(repr=False)
    due: datetime


class Store:
    """Remembers on SQLite or PostgreSQL. Moments are aware datetimes.

    Keys are the pseudonyms of one person or place under each secret, the newest first (`bot.privacy`).
    What is found under an older one is brought under the newest, except by `kept`.

    `url` is `sqlite:///file.db` (relative to the folder `base`) or `postgresql://user@host/database`;
    any other raises ConfigError. Every method raises StorageError, with one line, while the database
    cannot be used; the next call tries again. `watch` is called with the first such error, and with None
    once the database is back.
    """

    def __init__(self, url: str, base: Path, watch: Watch = lambda _: None) -> None:
        self._database = Database(url, base, watch)
        self.outbox = Outbox(self._database)
        self.breakers = Breakers(self._database)

    @unbroken
    async def open(self) -> None:
        """Connect and upgrade the schema. Calls do it by themselves if it was not done or failed."""
        await self._database.open()

    @property
    def is_open(self) -> bool:
        """Whether the database could be used the last time it was needed."""
        return self._database.is_open

    async def close(self) -> None:
        """Give up all connections, for good."""
        await self._database.close()

    @unbroken
    async def claim_note(self, *, place: Keys, now: datetime, lasting: timedelta) -> bool:
        """Take the right to post a neutral note in a place, for `lasting`."""
        async with self._database.transaction() as connection:
            return await queries.claim(connection, NOTE, place, now, lasting)

    @unbroken
    async def opt_out(self, *, optout: Keys, outbox: Keys, now: datetime) -> None:
        """Remember, for good, that this person wants no unasked offers, and drop what is on its way to them.

        `optout` and `outbox` are their pseudonyms for each.
        """
        async with self._database.transaction() as connection:
            await queries.opt_out(connection, optout, _day(now))
            await connection.execute(ERASE[outboxes](outbox))

    @unbroken
    async def is_opted_out(self, *, optout: Keys) -> bool:
        """Tell whether this person wants no unasked offers."""
        async with self._database.transaction() as connection:
            return await queries.is_opted_out(connection, optout)

    @unbroken
    async def count(self, counter: Count) -> None:
        """Add one to a counter that names nobody."""
        async with self._database.transaction() as connection:
            await queries.count(connection, counter)

    @unbroken
    async def counts(self, *, since: date) -> list[tuple[Count, int]]:
        """Return the counters from that day on, the oldest first."""
        chosen = select(daily_count).where(daily_count.c.day >= since).order_by(daily_count.c.day)
        async with self._database.transaction() as connection:
            rows = (await connection.execute(chosen)).all()
        return [
            (Count(row.day, row.platform, row.topic, row.surface, row.outcome), int(row.n)) for row in rows
        ]

    @unbroken
    async def keep_note(self, *, platform: str, sealed: bytes, due: datetime) -> int:
        """Remember to take a note down at `due`; `sealed` is its address (`bot.privacy.Sealer`)."""
        row = {"platform": platform, "sealed": sealed, "due": from_moment(due)}
        async with self._database.transaction() as connection:
            return (await connection.execute(insert(note).values(row).returning(note.c.id))).scalar_one()

    @unbroken
    async def drop_note(self, id: int) -> None:
        """Forget a note: it is gone."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(note).where(note.c.id == id))

    @unbroken
    async def notes(self) -> list[StandingNote]:
        """Return the notes that still stand, the earliest due first."""
        async with self._database.transaction() as connection:
            rows = (await connection.execute(select(note).order_by(note.c.due, note.c.id))).all()
        return [StandingNote(row.id, row.platform, row.sealed, to_moment(row.due)) for row in rows]

    @unbroken
    async def phrases(self, *, community: Keys) -> StoredPhrases:
        """Return the phrases that a community added, the oldest first."""
        async with self._database.transaction() as connection:
            return await phrases.read(connection, community)

    @unbroken
    async def phrase_news(self, *, communities: Collection[str], since: int) -> PhraseNews:
        """Return how the phrases of these communities stand, and whoever added some after `since`.

        `since` is 0, or `newest` of the news before.
        """
        async with self._database.transaction() as connection:
            return await phrases.news(connection, communities, since)

    @unbroken
    async def change_phrases(
        self,
        *,
        community: Keys,
        stamp: Stamp,
        added: Collection[StoredPhrase] = (),
        removed: Collection[StoredPhrase] = (),
    ) -> bool:
        """Remove and add phrases, all or none; False when others changed them since `stamp`.

        What is removed is gone from SQLite's disk as well.
        """
        async with self._database.transaction() as connection:
            done = await phrases.change(connection, community, stamp, added=added, removed=removed)
        if removed:
            await self._database.truncate_log()
        return done

    @unbroken
    async def set_left(self, *, communities: Collection[str], now: datetime | None) -> None:
        """Note that the bot was removed from these communities, or with None is in them.

        A week later `sweep` deletes their phrases. Nothing is noted of communities without phrases.
        """
        async with self._database.transaction() as connection:
            await phrases.set_left(connection, communities, None if now is None else _day(now))

    @unbroken
    async def kept(self, *, optout: Keys, cooldown: Keys, outbox: Keys) -> Kept:
        """Return what is kept of the person who has these pseudonyms, in whatever communities."""
        async with self._database.transaction() as connection:
            return await queries.kept(connection, optout, cooldown, outbox)

    @unbroken
    async def forget(self, *, keys: Sequence[str]) -> None:
        """Erase from every table, in one transaction, the person or community that has these pseudonyms.

        The keys are `Pseudonyms.key(purpose, …)` for each purpose. Leave out the one for opting out to
        keep the opt-out.
        """
        async with self._database.transaction() as connection:
            for erase in ERASE.values():
                await connection.execute(erase(keys))
        await self._database.truncate_log()

    @unbroken
    async def sweep(self, now: datetime) -> None:
        """Delete what is no longer needed, down to the bytes on SQLite's disk."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(cooldowns).where(cooldowns.c.until <= from_moment(now)))
            await connection.execute(delete(breaker).where(breaker.c.until <= from_moment(now)))
            await phrases.sweep(connection, _day(now - LEFT_KEPT))
            await connection.execute(delete(note).where(note.c.due <= from_moment(now - NOTES_KEPT)))
            await connection.execute(delete(daily_count).where(daily_count.c.day < _day(now - COUNTS_KEPT)))
        await self._database.truncate_log()


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
