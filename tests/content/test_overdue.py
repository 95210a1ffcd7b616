"""Are facts looked at again in time, and never before their day?"""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.content import load, overdue
from tests.content.tree import CHECKED, screen, small, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path)


def test_facts_grow_old(root: Path) -> None:
    content = load(root)
    assert overdue(content, CHECKED + timedelta(days=180)) == []
    lines = overdue(content, CHECKED + timedelta(days=181))
    assert any(
        line.startswith("messages/directory/gb.yaml: gb-line: last checked 2026-11-24") for line in lines
    )


def test_no_fact_was_looked_at_tomorrow(root: Path) -> None:
    source = {"name": "A", "url": "https://a.example", "checked": CHECKED}
    write(root / "en/sextortion/report-country.yaml", screen(sources=[source]))
    lines = overdue(load(root), CHECKED - timedelta(days=1))
    mend = "last checked 2026-11-24; that day has not come; write the day you looked"
    assert f"messages/directory/gb.yaml: emergency: {mend}" in lines
    assert f"messages/directory/gb.yaml: gb-line: {mend}" in lines
    assert f"messages/en/sextortion/report-country.yaml: sources: A: {mend}" in lines
