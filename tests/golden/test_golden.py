"""Is every screen still as it was when somebody last looked at it?"""

import pytest

from tests.content.real import CONTENT
from tests.golden.pages import COMMAND, FOLDER, pages, screens_of

NOW = pages(CONTENT)


def told(name: str, before: str, now: str) -> str:
    """Which screen changed first, and how the file is written anew."""
    old, new = screens_of(before), screens_of(now)
    first = next(one for one in [*new, *old] if old.get(one) != new.get(one))
    return f'tests/golden/{name}: the screen "{first}" changed; if it is meant, run {COMMAND}'


@pytest.mark.parametrize("name", sorted(NOW))
def test_every_screen_is_as_it_was_when_somebody_looked(name: str) -> None:
    path = FOLDER / name
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before != NOW[name]:
        pytest.fail(told(name, before, NOW[name]), pytrace=False)


def test_no_file_is_left_of_a_language_that_is_gone() -> None:
    assert {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*.txt")} == set(NOW)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("=== a\n\nOne.\n\n=== b\n\nOther.\n", "b"),
        ("=== a\n\nOne.\n", "b"),
        ("=== a\n\nOne.\n\n=== ab\n\nNew.\n\n=== b\n\nTwo.\n", "ab"),
    ],
)
def test_the_first_screen_that_changed_is_named(now: str, first: str) -> None:
    line = told("discord/en.txt", "=== a\n\nOne.\n\n=== b\n\nTwo.\n", now)
    assert line.startswith(f'tests/golden/discord/en.txt: the screen "{first}" changed;')
    assert COMMAND in line
