"""Which facts are due for another look?"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.content.content import Content

# Helplines move, rename and close; a release comes more often than this.
LASTING = timedelta(days=180)


def overdue(content: Content, today: date) -> list[str]:
    """Return one line for every entry and source last checked more than LASTING before `today`."""
    return [
        f"{where}: last checked {checked.isoformat()}; look at the page again and write the new date"
        for where, checked in _dates(content)
        if today - checked > LASTING
    ]


def _dates(content: Content) -> Iterator[tuple[str, date]]:
    for code, file in content.directory.items():
        name = f"messages/directory/{code.lower()}.yaml"
        if file.emergency:
            yield f"{name}: emergency", file.emergency.checked
        for entry in file.services:
            yield f"{name}: {entry.id}", entry.checked
    for locale, language in content.languages.items():
        for screen_id, screen in language.screens.items():
            for source in screen.sources:
                yield f"messages/{locale}/{screen_id}.yaml: sources: {source.name}", source.checked
