"""Does the database hold anything that points to a person, to someone who steals it?"""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.owed import Owed
from bot.privacy import Pseudonyms, Sealer
from bot.storage import Count, Store, StoredPhrase
from tests.storage.promising import promise

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PERSON, PLACE, MESSAGE = "708512345678901234", "-1001234598765", "918273645546372819"
SECRET = bytes(range(32))
PSEUDONYMS = Pseudonyms(SECRET)
OPTOUT = PSEUDONYMS.key("optout", "x", PERSON)
COOLDOWN = PSEUDONYMS.key("cooldown", "x", PERSON, PLACE)
OUTBOX = PSEUDONYMS.key("outbox", "x", PERSON)


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def modes(folder: Path) -> set[int]:
    return {file.stat().st_mode & 0o777 for file in folder.iterdir()}


async def use_everything(store: Store) -> int:
    owed = Owed("x", PERSON, "en", PLACE, PLACE, "sextortion").seal(Sealer(SECRET))
    await promise(store, optout=OPTOUT, cooldown=COOLDOWN, now=NOW, person=OUTBOX, sealed=owed)
    await store.opt_out(optout=(OPTOUT,), outbox=(), now=NOW)
    await store.claim_note(place=PSEUDONYMS.keys("note", "x", PLACE), now=NOW, lasting=timedelta(hours=6))
    await store.count(Count(NOW.date(), "x", "t", "s", "o"))
    own = StoredPhrase("threat", "gonna out me", NOW.date())
    community = PSEUDONYMS.keys("phrases", "x", PLACE)
    stored = await store.phrases(community=community)
    await store.change_phrases(community=community, stamp=stored.stamp, added=[own])
    sealed = Sealer(SECRET).seal((PLACE, "", MESSAGE))
    return await store.keep_note(platform="x", sealed=sealed, due=NOW)


async def test_no_id_and_no_key_is_in_the_database_or_its_log(tmp_path: Path) -> None:
    store = Store("sqlite:///quietline.db", tmp_path)
    await use_everything(store)
    held = bytes_on_disk(tmp_path)
    assert OPTOUT.encode() in held  # the scan does see what is there
    for trace in (PERSON, PLACE, MESSAGE):
        assert trace.encode() not in held
        assert int(trace).to_bytes(8, "big", signed=True) not in held
    assert SECRET not in held
    assert SECRET.hex().encode() not in held
    await store.close()


async def test_what_is_forgotten_is_gone_from_the_disk(tmp_path: Path) -> None:
    store = Store("sqlite:///quietline.db", tmp_path)
    note = await use_everything(store)
    sealed = (await store.notes())[0].sealed
    await store.drop_note(note)
    assert OUTBOX.encode() in bytes_on_disk(tmp_path)
    await store.forget(keys=[OPTOUT, OUTBOX, PSEUDONYMS.key("cooldown", "x", PERSON)])
    held = bytes_on_disk(tmp_path)
    assert OPTOUT.encode() not in held
    assert COOLDOWN.encode() not in held
    assert OUTBOX.encode() not in held
    assert sealed not in held
    await store.close()


async def test_what_has_expired_in_the_outbox_is_gone_from_the_disk(tmp_path: Path) -> None:
    store = Store("sqlite:///quietline.db", tmp_path)
    await use_everything(store)
    await store.outbox.sweep(NOW + timedelta(minutes=9))
    assert OUTBOX.encode() in bytes_on_disk(tmp_path)
    await store.outbox.sweep(NOW + timedelta(minutes=10))
    assert OUTBOX.encode() not in bytes_on_disk(tmp_path)
    await store.close()


async def test_what_is_swept_is_gone_from_the_disk(tmp_path: Path) -> None:
    store = Store("sqlite:///quietline.db", tmp_path)
    await use_everything(store)
    await store.sweep(NOW + timedelta(days=1))
    assert COOLDOWN.encode() not in bytes_on_disk(tmp_path)
    assert PSEUDONYMS.key("note", "x", PLACE).encode() not in bytes_on_disk(tmp_path)
    await store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
async def test_only_the_bots_user_can_read_the_files(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        store = Store("sqlite:///quietline.db", tmp_path)
        await use_everything(store)
        assert modes(tmp_path) == {0o600}
        await store.close()
    finally:
        os.umask(before)
