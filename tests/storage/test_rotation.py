"""Is what older secrets named found on both databases, and brought under the newest on sight?"""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.privacy import Pseudonyms
from bot.storage import Claim, Count, Promise, Store, StoredPhrase
from bot.storage.queries import Kept
from bot.storage.tables import Keys, cooldown, optout, phrase
from tests.storage.conftest import Address
from tests.storage.test_store import rows

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
COUNT = Count(NOW.date(), "x", "t", "trigger", "promised")
FIRST, SECOND, THIRD = b"1" * 32, b"2" * 32, b"3" * 32
OLD, NEW, NEWER = Pseudonyms(FIRST), Pseudonyms(SECOND, FIRST), Pseudonyms(THIRD, SECOND, FIRST)
LATER = pytest.mark.parametrize("later", [NEW, NEWER], ids=["one rotation", "two rotations"])


def optout_of(pseudonyms: Pseudonyms, person: str = "p") -> Keys:
    return pseudonyms.keys("optout", "x", person)


def cooldown_of(pseudonyms: Pseudonyms, person: str = "p") -> Keys:
    return pseudonyms.keys("cooldown", "x", person, "c")


async def promise(store: Store, pseudonyms: Pseudonyms, now: datetime = NOW, key: str = "k") -> Claim:
    made = Promise(key, pseudonyms.key("outbox", "x", "p"), "x", b"sealed", now, now + HOUR)
    return await store.outbox.promise(
        made,
        optout=optout_of(pseudonyms),
        cooldown=cooldown_of(pseudonyms),
        now=now,
        lasting=timedelta(days=1),
        count=COUNT,
    )


@LATER
async def test_an_opt_out_holds_and_comes_under_the_newest(
    address: Address, store: Store, later: Pseudonyms
) -> None:
    await store.opt_out(optout=optout_of(OLD), outbox=(), now=NOW)
    assert await promise(store, later) is Claim.OPTED_OUT
    assert await rows(address, select(optout.c.person, optout.c.since)) == [(optout_of(later)[0], NOW.date())]
    assert await promise(store, later) is Claim.OPTED_OUT
    assert await store.is_opted_out(optout=optout_of(later)[:1])


async def test_a_second_stop_after_a_rotation_keeps_the_first_day(address: Address, store: Store) -> None:
    await store.opt_out(optout=optout_of(OLD), outbox=(), now=NOW)
    await store.opt_out(optout=optout_of(NEW), outbox=(), now=NOW + timedelta(days=9))
    assert await rows(address, select(optout.c.person, optout.c.since)) == [(optout_of(NEW)[0], NOW.date())]


@LATER
async def test_a_cool_down_goes_on_and_ends_when_it_would_have(
    address: Address, store: Store, later: Pseudonyms
) -> None:
    assert await promise(store, OLD) is Claim.GRANTED
    assert await promise(store, later, NOW + HOUR) is Claim.COOLDOWN
    assert await rows(address, select(cooldown.c.key)) == [(cooldown_of(later)[0],)]
    assert await promise(store, later, NOW + timedelta(hours=23)) is Claim.COOLDOWN
    assert await promise(store, later, NOW + timedelta(hours=24), "l") is Claim.GRANTED


async def test_of_two_cool_downs_the_longer_counts(store: Store) -> None:
    """As when a bot with the old secret still runs beside one with the new."""
    for place, lasting in ((NEW.keys("note", "x", "g")[:1], HOUR), (OLD.keys("note", "x", "g"), 5 * HOUR)):
        assert await store.claim_note(place=place, now=NOW, lasting=lasting)
    note = NEW.keys("note", "x", "g")
    assert not await store.claim_note(place=note, now=NOW + 4 * HOUR, lasting=HOUR)
    assert await store.claim_note(place=note, now=NOW + 5 * HOUR, lasting=HOUR)


async def test_at_once_after_a_rotation_nobody_is_let_through(address: Address, store: Store) -> None:
    assert await promise(store, OLD) is Claim.GRANTED
    other = address.store()
    claims = await asyncio.gather(
        *(promise(each, NEW, NOW + HOUR, f"k{at}") for at, each in enumerate((store, other) * 5))
    )
    assert set(claims) == {Claim.COOLDOWN}
    await other.close()


async def test_what_was_promised_before_gives_its_cool_down_back(store: Store) -> None:
    assert await promise(store, OLD) is Claim.GRANTED
    await store.outbox.settle("k", count=COUNT, release={"offer": cooldown_of(NEW)})
    assert await promise(store, NEW, key="l") is Claim.GRANTED


async def test_a_stop_takes_back_what_was_promised_under_the_old_secret(store: Store) -> None:
    assert await promise(store, OLD) is Claim.GRANTED
    await store.opt_out(optout=optout_of(NEW), outbox=NEW.keys("outbox", "x", "p"), now=NOW)
    assert await store.outbox.waiting("x") == (0, None)


async def test_a_person_is_found_and_erased_under_every_secret(address: Address, store: Store) -> None:
    for at, pseudonyms in enumerate((OLD, NEW, NEWER)):
        await store.opt_out(optout=optout_of(pseudonyms)[:1], outbox=(), now=NOW + at * timedelta(days=1))
        where = pseudonyms.key("cooldown", "x", "p", f"c{at}")
        await store.outbox.promise(
            Promise(f"k{at}", pseudonyms.key("outbox", "x", "p"), "x", b"sealed", NOW, NOW + HOUR),
            optout=("nobody",),
            cooldown=(where,),
            now=NOW,
            lasting=HOUR,
            count=COUNT,
        )

    async def kept() -> Kept:
        optout, cooldown, outbox = (NEWER.keys(of, "x", "p") for of in ("optout", "cooldown", "outbox"))
        return await store.kept(optout=optout, cooldown=cooldown, outbox=outbox)

    assert await kept() == Kept(NOW.date(), (NOW + HOUR,) * 3, 3)
    await store.forget(keys=NEWER.of_person("x", "p", keep_opt_out=True))
    assert await kept() == Kept(NOW.date(), (), 0)
    await store.forget(keys=NEWER.of_person("x", "p", keep_opt_out=False))
    assert await kept() == Kept(None, (), 0)
    assert await rows(address, select(optout.c.person)) == []


@LATER
async def test_phrases_are_found_changed_and_erased_after_a_rotation(
    address: Address, store: Store, later: Pseudonyms
) -> None:
    one, two = (StoredPhrase("threat", text, date(2026, 11, 24)) for text in ("gonna out me", "on blast"))
    for community in ("1", "2"):
        old = OLD.keys("phrases", "x", community)
        stored = await store.phrases(community=old)
        assert await store.change_phrases(community=old, stamp=stored.stamp, added=[one])
    keys, before = later.keys("phrases", "x", "1"), (await rows(address, select(phrase.c.id)))[:1]
    stored = await store.phrases(community=keys)
    assert stored.phrases == (one,)
    assert await rows(address, select(phrase.c.id).where(phrase.c.community == keys[0])) == before
    assert await store.change_phrases(community=keys, stamp=stored.stamp, added=[two])
    news = await store.phrase_news(communities=keys, since=0)
    assert set(news.stamps) == {keys[0]}
    await store.forget(keys=later.of_community("x", "1"))
    assert (await store.phrases(community=keys)).phrases == ()
    await store.forget(keys=later.of_community("x", "2"))  # nobody has come upon these yet
    assert await rows(address, select(phrase.c.id)) == []


async def test_a_phrase_under_two_secrets_is_one_afterwards(store: Store) -> None:
    own = StoredPhrase("threat", "gonna out me", date(2026, 11, 24))
    for keys in (OLD.keys("phrases", "x", "1"), NEW.keys("phrases", "x", "1")[:1]):
        stored = await store.phrases(community=keys)
        assert await store.change_phrases(community=keys, stamp=stored.stamp, added=[own])
    assert (await store.phrases(community=NEW.keys("phrases", "x", "1"))).phrases == (own,)
