"""Which addresses do we send people to, or rest on, and where does each stand?"""

from collections.abc import Iterator, Mapping

from bot.content.content import Content


def addresses(content: Content) -> Mapping[str, tuple[str, ...]]:
    """Return every link and source, with the places where it stands: a file and an entry of it."""
    places: dict[str, list[str]] = {}
    for url, place in (*_in_directory(content), *_under_screens(content)):
        known = places.setdefault(url, [])
        if place not in known:
            known.append(place)
    return {url: tuple(known) for url, known in places.items()}


def _in_directory(content: Content) -> Iterator[tuple[str, str]]:
    for code, file in content.directory.items():
        name = f"messages/directory/{code.lower()}.yaml"
        if file.emergency:
            for url in (file.emergency.source_url, *file.emergency.more_sources):
                yield url, f"{name}: emergency"
        for entry in file.services:
            for url in filter(None, (entry.url, entry.source_url, *entry.more_sources)):
                yield url, f"{name}: {entry.id}"


def _under_screens(content: Content) -> Iterator[tuple[str, str]]:
    for locale, screen_id, screen in content.written():
        for source in screen.sources:
            yield source.url, f"messages/{locale}/{screen_id}.yaml: sources"
