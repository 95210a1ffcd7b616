"""Do a community's phrases count at once, and does no message wait for them or get lost over them?"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.detection import Detector
from bot.model import Place
from bot.phrases import Community, Editor, Phrases, Proposal, live
from bot.privacy import Pseudonyms
from bot.storage import Store, StoredPhrase
from tests.bench import Bench, words
from tests.detection.packs import MESSAGES, detector
from tests.fakes import GROUP, message

RULE: dict[str, object] = {"all_of": ["threat", "nudes"], "within": 8}
TEXT = "he is gonna out me with my nudes"
DAY = date(2026, 11, 24)
OUT = StoredPhrase("threat", "gonna out me", DAY)
HERE, THERE = Community("x", "1"), Community("x", "2")
SMALL = detector(RULE)


def place(community: Community) -> Place:
    return Place(community.platform, "channel", False, community.id)


@dataclass
class Process:
    """The bot, as far as it knows phrases."""

    store: Store
    phrases: Phrases

    async def fires(self, community: Community = HERE, text: str = TEXT) -> bool:
        return SMALL.judge(text, await self.phrases.overlay(place(community))).fired

    async def put(self, *phrases: StoredPhrase, community: Community = HERE) -> None:
        """Make these the community's phrases, as another process would."""
        keys = self.phrases.keys(community)
        stored = await self.store.phrases(community=keys)
        assert await self.store.change_phrases(
            community=keys, stamp=stored.stamp, added=phrases, removed=stored.phrases
        )

    async def edit(self, *proposals: Proposal) -> None:
        editor = Editor(SMALL, self.store, self.phrases, MESSAGES, lambda: DAY)
        vetted = await editor.add(HERE, proposals)
        assert not vetted.refused


def process(folder: Path, detector: Detector = SMALL) -> Process:
    store = Store("sqlite:///phrases.db", folder)
    return Process(store, Phrases(detector, store, Pseudonyms(b"s" * 32)))


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Process]:
    made = process(tmp_path)
    yield made
    await made.phrases.stop()
    await made.store.close()


async def test_phrases_are_loaded_with_the_first_message_and_count_in_their_community_alone(
    bot: Process,
) -> None:
    await bot.put(OUT)
    assert await bot.fires()
    assert not await bot.fires(THERE)
    assert not await bot.fires(Community("y", "1"))


async def test_where_there_is_no_community_the_place_itself_is_one(bot: Process) -> None:
    await bot.put(OUT, community=Community("x", "alone"))
    assert await bot.phrases.overlay(Place("x", "alone", False)) is not None


async def test_a_community_is_asked_about_once_also_when_it_has_nothing(bot: Process, tmp_path: Path) -> None:
    await bot.put(OUT)
    assert [await bot.fires(), await bot.fires(THERE)] == [True, False]
    await bot.store.close()  # from now on every query would fail
    assert [await bot.fires(), await bot.fires(THERE)] == [True, False]


async def test_an_edit_in_this_process_counts_for_the_next_message(bot: Process) -> None:
    assert not await bot.fires()
    await bot.edit(Proposal("threat", "gonna out me"))
    assert await bot.fires()
    editor = Editor(SMALL, bot.store, bot.phrases, MESSAGES, lambda: DAY)
    assert await editor.remove(HERE, "Gonna out ME")
    assert not await bot.fires()


async def test_an_edit_in_another_process_counts_after_a_refresh(bot: Process, tmp_path: Path) -> None:
    other = process(tmp_path)
    await other.put(OUT, community=THERE)
    assert [await bot.fires(), await bot.fires(THERE)] == [False, True]

    await other.put(OUT)  # of nothing, something
    await other.put(community=THERE)  # of something, nothing
    assert [await bot.fires(), await bot.fires(THERE)] == [False, True]
    await bot.phrases.refresh()
    assert [await bot.fires(), await bot.fires(THERE)] == [True, False]

    await other.put(StoredPhrase("threat", "out you", DAY))  # of something, something else
    await bot.phrases.refresh()
    assert [await bot.fires(), await bot.fires(text="out you with nudes")] == [False, True]
    await other.store.close()


async def test_refreshing_goes_on_for_ever_and_at_least_once_a_minute(bot: Process, tmp_path: Path) -> None:
    await bot.fires()
    await bot.put(OUT)
    slept: list[float] = []
    turn = asyncio.Event()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            turn.set()
            await asyncio.sleep(60)

    fresh = asyncio.create_task(bot.phrases.keep_fresh(sleep))
    await turn.wait()
    fresh.cancel()
    assert max(slept) < 60
    assert await bot.fires()


async def test_without_a_database_messages_are_judged_by_the_packs_until_it_is_back(tmp_path: Path) -> None:
    blocked = tmp_path / "phrases.db"
    blocked.mkdir()
    bot = process(tmp_path)
    assert not await bot.fires()
    assert await bot.fires(text="threatening me with nudes")
    await bot.phrases.refresh()
    assert not await bot.fires()
    blocked.rmdir()
    await bot.put(OUT)
    await bot.phrases.refresh()
    assert await bot.fires()
    await bot.store.close()


async def test_what_is_held_goes_on_counting_without_a_database(bot: Process) -> None:
    await bot.put(OUT)
    assert await bot.fires()
    await bot.store.close()
    await bot.phrases.refresh()
    assert await bot.fires()


async def test_a_slow_database_is_waited_for_once_and_its_answer_still_counts(
    bot: Process, tmp_path: Path
) -> None:
    await bot.put(OUT)
    with sqlite3.connect(tmp_path / "phrases.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not await bot.fires()  # not in time
        (task,) = bot.phrases._tasks
        done, _ = await asyncio.wait({asyncio.create_task(bot.fires())}, timeout=0.1)
        assert [judged.result() for judged in done] == [False]  # the second does not wait at all
        other.execute("ROLLBACK")
    other.close()
    await task
    assert await bot.fires()


async def test_a_database_that_hangs_gathers_few_tasks(
    bot: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "FIRST_SECONDS", 0.001)
    await bot.store.open()
    with sqlite3.connect(tmp_path / "phrases.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        for number in range(200):
            assert not await bot.fires(Community("x", str(number)))
        assert len(bot.phrases._tasks) <= live.MOST_LOADING
        other.execute("ROLLBACK")
    other.close()
    await bot.phrases.stop()


async def test_memory_is_bounded_and_those_used_last_stay(
    bot: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_OVERLAYS", 2)
    monkeypatch.setattr(live, "MOST_WITHOUT", 3)
    several = [Community("x", f"some {number}") for number in range(4)]
    for one in several[:3]:
        await bot.put(OUT, community=one)
    for one in (several[0], several[1], several[0], several[2]):
        assert await bot.fires(one)
    for number in range(20):
        assert not await bot.fires(Community("x", str(number)))
    assert len(bot.phrases._without) == 3
    assert len(bot.phrases._by_key) == 5
    await bot.store.close()
    assert await bot.fires(several[0])
    assert not await bot.fires(several[1])  # put out, and the database is gone


async def test_phrases_that_a_newer_version_cannot_use_do_not_cost_the_others(
    bot: Process, capsys: pytest.CaptureFixture[str]
) -> None:
    await bot.put(StoredPhrase("gone", "old", DAY), StoredPhrase("threat", "o*t", DAY), OUT)
    assert await bot.fires()
    (line,) = capsys.readouterr().out.splitlines()
    assert "phrases=2" in line
    assert "o*t" not in line


async def test_a_phrase_brings_help_where_it_was_added_and_nowhere_else(bench: Bench) -> None:
    text = "the goblin thing, he has my nudes"
    service = bench.service()
    phrases = service.offers.phrases
    editor = Editor(words()[1], bench.store, phrases, MESSAGES, lambda: DAY)
    await service.on_message(message(text, "m1"))
    assert not bench.shown
    await editor.add(Community(GROUP.platform, GROUP.community or ""), [Proposal("threat", "goblin thing")])
    await service.on_message(message(text, "m2", place=Place(GROUP.platform, "c", False, "elsewhere")))
    assert not bench.shown
    await service.on_message(message(text, "m3"))
    assert [screen for _, screen in bench.shown] == ["offer"]


async def test_nothing_in_memory_shows_a_community_in_a_log() -> None:
    assert "708512345678901234" not in repr(Community("x", "708512345678901234"))
