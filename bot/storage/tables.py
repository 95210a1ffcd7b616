"""Which tables are there?  Pseudonyms, sealed addresses, counters, and what moderators chose.

`bot.storage.erasure` says how a person is erased from each. Moments are whole microseconds since 1970
in UTC, so that both databases compare them alike and exactly.
"""

from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    Named,
    String,
    Table,
    TypedColumns,
    UniqueConstraint,
)

PSEUDONYM_LENGTH = 32  # hex digits that `bot.privacy.Pseudonyms` gives a person or a place
Keys: TypeAlias = tuple[str, ...]  # somebody's pseudonym under each secret, the newest first

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_EPOCH = datetime.fromtimestamp(0, UTC)


def from_moment(moment: datetime) -> int:
    """Return an aware datetime as the tables keep it."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def to_moment(stored: int) -> datetime:
    """Return what a table keeps as an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=stored)


class _OptOut(TypedColumns):
    person: Named[str] = Column(String(PSEUDONYM_LENGTH), primary_key=True)
    since: Named[date] = Column(Date)  # a day, because a moment could be matched with a message


class _Cooldown(TypedColumns):
    scope: Named[str] = Column(String(16), primary_key=True)
    key: Named[str] = Column(String(2 * PSEUDONYM_LENGTH), primary_key=True)
    until: Named[int] = Column(BigInteger)


class _DailyCount(TypedColumns):
    day: Named[date] = Column(Date, primary_key=True)
    platform: Named[str] = Column(String(32), primary_key=True)
    topic: Named[str] = Column(String(64), primary_key=True)
    surface: Named[str] = Column(String(32), primary_key=True)
    outcome: Named[str] = Column(String(32), primary_key=True)
    n: Named[int] = Column(BigInteger)


class _Note(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, autoincrement=True)
    platform: Named[str] = Column(String(32))
    sealed: Named[bytes] = Column(LargeBinary)
    due: Named[int] = Column(BigInteger)


class _Phrase(TypedColumns):
    id: Named[int] = Column(Integer, primary_key=True, autoincrement=True)
    community: Named[str] = Column(String(PSEUDONYM_LENGTH))
    concept: Named[str] = Column(String(64))
    phrase: Named[str] = Column(String(260))  # the longest regular expression of Discord's AutoMod
    added: Named[date] = Column(Date)
    left_on: Named[date | None] = Column(Date)  # when the bot was removed from the community


class _Outbox(TypedColumns):
    key: Named[str] = Column(String(20), primary_key=True)  # random; platforms know a repeat by it
    person: Named[str] = Column(String(PSEUDONYM_LENGTH))
    platform: Named[str] = Column(String(32))
    sealed: Named[bytes] = Column(LargeBinary)  # whom it goes to, and about what
    stage: Named[str] = Column(String(8))
    attempts: Named[int] = Column(Integer)  # that surely did not arrive
    doubts: Named[int] = Column(Integer)  # that may have arrived, with the one going on
    road: Named[str] = Column(String(16))  # which road they took; "" when nobody was left to say
    since: Named[int] = Column(BigInteger)  # when the first of the doubts began; 0 without
    due: Named[int] = Column(BigInteger)
    lease_until: Named[int] = Column(BigInteger)  # until when it belongs to whoever took it; 0 if nobody
    expires: Named[int] = Column(BigInteger)


class _Breaker(TypedColumns):
    platform: Named[str] = Column(String(32), primary_key=True)
    road: Named[str] = Column(String(16), primary_key=True)
    until: Named[int] = Column(BigInteger)


optout = Table("optout", metadata, _OptOut)
cooldown = Table("cooldown", metadata, _Cooldown)
daily_count = Table("daily_count", metadata, _DailyCount)
outbox = Table("outbox", metadata, _Outbox)
breaker = Table("breaker", metadata, _Breaker)
# Without it SQLite hands the id of a deleted note to the next one, and a late `drop_note` takes that.
note = Table("note", metadata, _Note, sqlite_autoincrement=True)
# No id is ever given twice, so that the number and the sum of a community's ids tell every change.
phrase = Table(
    "phrase",
    metadata,
    _Phrase,
    UniqueConstraint("community", "concept", "phrase"),
    sqlite_autoincrement=True,
)
