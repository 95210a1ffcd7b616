"""Which phrases has a community added, and did they change since somebody looked?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import Keys
from bot.storage.tables import phrase as phrases

# How many phrases a community has, and the sum of their ids: it differs after every change.
Stamp: TypeAlias = tuple[int, int]
NO_PHRASES: Stamp = (0, 0)


@dataclass(frozen=True, slots=True)
class StoredPhrase:
    """A phrase of a community's own, and the concept it counts for."""

    concept: str
    phrase: str
    added: date


@dataclass(frozen=True, slots=True)
class StoredPhrases:
    """All phrases of a community, the oldest first, as they were at `stamp`."""

    stamp: Stamp
    phrases: tuple[StoredPhrase, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PhraseNews:
    """What became of communities: the stamps of those that have phrases, and who added some lately."""

    stamps: Mapping[str, Stamp]
    added_to: frozenset[str]
    newest: int


async def read(connection: AsyncConnection, community: Keys) -> StoredPhrases:
    """Return the phrases of a community."""
    await _renew(connection, community)
    chosen = select(phrases).where(phrases.c.community == community[0]).order_by(phrases.c.id)
    rows = (await connection.execute(chosen)).all()
    stamp = len(rows), sum(row.id for row in rows)
    return StoredPhrases(stamp, tuple(StoredPhrase(row.concept, row.phrase, row.added) for row in rows))


async def _stamps(connection: AsyncConnection, communities: Collection[str]) -> dict[str, Stamp]:
    found = await connection.execute(
        select(phrases.c.community, func.count(), func.sum(phrases.c.id))
        .where(phrases.c.community.in_(communities))
        .group_by(phrases.c.community)
    )
    return {community: (number, int(total)) for community, number, total in found}


async def news(connection: AsyncConnection, communities: Collection[str], since: int) -> PhraseNews:
    """Return the stamps of these communities, and whoever added phrases after the one with id `since`."""
    added = await connection.execute(
        select(phrases.c.community, func.max(phrases.c.id))
        .where(phrases.c.id > since)
        .group_by(phrases.c.community)
    )
    newest = {community: int(last) for community, last in added}
    return PhraseNews(
        stamps=await _stamps(connection, communities) if communities else {},
        added_to=frozenset(newest),
        newest=max(newest.values(), default=since),
    )


async def change(
    connection: AsyncConnection,
    keys: Keys,
    stamp: Stamp,
    *,
    added: Collection[StoredPhrase],
    removed: Iterable[StoredPhrase],
) -> bool:
    """Remove and add phrases; False, and nothing done, when the community's are not those of `stamp`."""
    if connection.dialect.name == "postgresql":
        # Of two who edit at once the second must see what the first did, and ids must be committed in the
        # order in which they are given. SQLite has one writer at a time.
        await connection.execute(text("LOCK TABLE phrase IN SHARE ROW EXCLUSIVE MODE"))
    await _renew(connection, keys)
    community = keys[0]
    if (await _stamps(connection, [community])).get(community, NO_PHRASES) != stamp:
        return False
    for one in removed:
        await connection.execute(
            delete(phrases).where(
                phrases.c.community == community,
                phrases.c.concept == one.concept,
                phrases.c.phrase == one.phrase,
            )
        )
    if added:
        rows = [
            {"community": community, "concept": one.concept, "phrase": one.phrase, "added": one.added}
            for one in added
        ]
        await connection.execute(insert(phrases), rows)
    return True


async def set_left(connection: AsyncConnection, communities: Collection[str], day: date | None) -> None:
    """Mark the phrases of communities that the bot has left; with None take the mark away."""
    # The day of the first leaving stays, so that a repeated event does not prolong it.
    changes = phrases.c.left_on.is_(None) if day else phrases.c.left_on.is_not(None)
    theirs = phrases.c.community.in_(communities)
    await connection.execute(update(phrases).where(theirs, changes).values(left_on=day))


async def sweep(connection: AsyncConnection, oldest: date) -> None:
    """Delete the phrases of communities that the bot left before that day."""
    left = select(phrases.c.community).where(phrases.c.left_on < oldest)
    await connection.execute(delete(phrases).where(phrases.c.community.in_(left)))


async def _renew(connection: AsyncConnection, keys: Keys) -> None:
    """Bring phrases that were written under older secrets under the newest; their ids stay."""
    newest, *older = keys
    there = phrases.alias()
    same = (there.c.concept == phrases.c.concept) & (there.c.phrase == phrases.c.phrase)
    twice = select(there.c.id).where(there.c.community == newest, same).exists()
    for key in older:
        old = phrases.c.community == key
        await connection.execute(update(phrases).where(old, ~twice).values(community=newest))
        await connection.execute(delete(phrases).where(old))
