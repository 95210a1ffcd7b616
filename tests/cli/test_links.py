"""Does `check --links` say which link is dead, and where it stands?"""

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli import links
from bot.content import load
from bot.content.addresses import addresses
from bot.ops.linkcheck import Result, Tried
from tests.content.tree import SOURCES, screen, small, write

DEAD = "https://gb-ceop.example/"
REFUSES = "https://gb-line.example/about"


async def answers(urls: Iterable[str], limit: float, done: Callable[[], None]) -> tuple[Tried, ...]:
    given = {DEAD: Tried(DEAD, Result.DEAD, "404"), REFUSES: Tried(REFUSES, Result.REFUSES, "403")}
    return tuple(given.get(url, Tried(url, Result.ANSWERS, "200", url)) for url in urls)


def test_a_dead_link_is_one_line_and_one_that_refuses_programs_only_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "try_links", answers)
    printed = io.StringIO()
    faults = links.link_faults(load(small(tmp_path)), Console(file=printed, width=200))
    assert faults == [
        f"messages/directory/gb.yaml: gb-ceop: {DEAD}: 404; find its new address, or take it out"
    ]
    assert DEAD in printed.getvalue()
    assert "refuses programs: 403" in printed.getvalue()
    assert "https://int-tool.example/" not in printed.getvalue()


def test_links_of_the_directory_and_sources_of_pages_are_all_tried(tmp_path: Path) -> None:
    root = small(tmp_path)
    write(root / "en/about.yaml", screen(sources=SOURCES))
    found = addresses(load(root))
    assert found["https://police.example/warning"] == ("messages/en/about.yaml: sources",)
    assert found["https://numbers.example/"] == ("messages/directory/gb.yaml: emergency",)
    assert {DEAD, REFUSES} <= set(found)
