"""Which facts are due for another look, and which cannot have been looked at yet?"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.content.content import Content
from bot.content.directory_file import LASTING


def overdue(content: Content, today: date) -> list[str]:
    """Return one line for each entry and source checked more than LASTING before `today`, or after it."""
    return [
        f"{where}: last checked {checked.isoformat()}; {mend}"
        for where, checked in _dates(content)
        if (mend := _mend(today - checked))
    ]


def _mend(age: timedelta) -> str | None:
    if age < timedelta():
        return "that day has not come; write the day you looked"
    return "look at the page again and write the new date" if age > LASTING else None


def _dates(content: Content) -> Iterator[tuple[str, date]]:
    for code, file in content.directory.items():
        name = f"messages/directory/{code.lower()}.yaml"
        if file.emergency:
            yield f"{name}: emergency", file.emergency.checked
        for entry in file.services:
            yield f"{name}: {entry.id}", entry.checked
    for locale, screen_id, screen in content.written():
        for source in screen.sources:
            yield f"messages/{locale}/{screen_id}.yaml: sources: {source.name}", source.checked
