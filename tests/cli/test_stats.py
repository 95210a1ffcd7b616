"""Does an operator see what came of the triggers, and no figure small enough to be a person?"""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.storage import Count, Store
from tests.cli.bot import bot_inside

TODAY = datetime.now(UTC).date()


async def plant(folder: Path) -> None:
    store = Store("sqlite:///here.db", folder)
    for days, outcome, times in ((0, "promised", 8), (1, "promised", 4), (0, "note", 3), (60, "shadow", 99)):
        for _ in range(times):
            await store.count(Count(TODAY - timedelta(days=days), "discord", "t", "trigger", outcome))
    await store.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "discord: {token: 'aaaa.bbbb.cccc'}\nstorage: {url: 'sqlite:///here.db'}\n"
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    return tmp_path


def test_sums_are_told_and_small_figures_are_not(folder: Path) -> None:
    asyncio.run(plant(folder))
    told = json.loads(bot_inside("stats", "--json", cwd=folder).out)
    assert told == {"days": 28, "platforms": {"discord": {"promised": "12", "note": "<10"}}}
    shown = bot_inside("stats", cwd=folder).out
    assert "12  help was offered" in shown
    assert "<10  ... a neutral note led to it" in shown
    older = json.loads(bot_inside("stats", "--days", "90", "--json", cwd=folder).out)
    assert older["platforms"]["discord"]["shadow"] == "99"


def test_an_installation_in_which_nothing_happened_says_so(folder: Path) -> None:
    ended = bot_inside("stats", cwd=folder)
    assert (ended.code, ended.out) == (0, "No trigger fired in the last 28 days.\n")
