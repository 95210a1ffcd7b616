"""What do the files owe one another?"""

from collections.abc import Iterator

from bot.content.content import COUNTRY_PAGE, COUNTRY_PAGES, FALLBACK
from bot.content.directory_faults import directory_faults, translation_faults
from bot.content.directory_file import Entry
from bot.content.reading import TOPICS, WORDS, Files, LocaleFiles
from bot.content.screen_file import Forget, GoTo, ScreenFile, Services, Tap, Visit
from bot.content.taps import HOME, UNSAFE
from bot.content.words_file import COMMANDS

# Shown by the bot itself, not chosen by anyone: too short for the button to UNSAFE.
SMALL = frozenset(
    {
        *("erased", "erased-but-stop", "no-pictures", "not-erased", "not-taken-back", "note", "offer"),
        *("stop-failed", "stopped", "taken-back", "wiped"),
    }
)
REQUIRED = frozenset(
    {
        HOME,
        *(f"{HOME}/{name}" for name in ("deadline", "paid", "sent-more", "posted", "fake", "under18")),
        *(f"{HOME}/{name}" for name in ("deleted", "evidence", "report", "tell", "friend", "unsafe")),
        *(f"{HOME}/{name}" for name in ("more", "app", "removal", "fee", "known", "here", "show")),
        *(f"{HOME}/{name}" for name in ("after", "asked", "take-back", "here/moderator")),
        *("prevention", "parents", "moderators", "about", "privacy", "forget", "index", "no-pictures"),
        *SMALL,
    }
)


def link_faults(files: Files) -> list[str]:
    """Return what is broken between files, one line each."""
    faults = [*directory_faults(files)]
    for locale, part in files.locales.items():
        faults += _words_faults(files, locale, part)
        faults += _topic_faults(files, locale, part)
        faults += translation_faults(files, locale, part)
        for screen_id, screen in _pages(part):
            faults += _screen_faults(files, files.named(locale, screen_id), screen_id, screen)
        faults += _graph_faults(files, locale, part)
    if FALLBACK in files.locales:
        for missing in sorted(REQUIRED - files.locales[FALLBACK].ids):
            faults.append(f"{files.named(FALLBACK, missing)}: no such file; the bot needs this screen")
    return faults


def _pages(part: LocaleFiles) -> Iterator[tuple[str, ScreenFile]]:
    yield from part.screens.items()
    if part.country_page:
        yield COUNTRY_PAGE, part.country_page


def _known_screens(files: Files) -> set[str]:
    english = files.locales.get(FALLBACK, LocaleFiles())
    return english.ids | {COUNTRY_PAGES + code.lower() for code in files.directory}


def _entries(files: Files) -> dict[str, Entry]:
    return {entry.id: entry for file in files.directory.values() for entry in file.services}


def _words_faults(files: Files, locale: str, part: LocaleFiles) -> Iterator[str]:
    if part.words is None:
        return
    for command in COMMANDS:
        if command not in part.words.commands:
            yield f"{files.named(locale, WORDS)}: commands.{command}: is missing; describe it"


def _topic_faults(files: Files, locale: str, part: LocaleFiles) -> Iterator[str]:
    shown = files.named(locale, TOPICS)
    owner: dict[str, str] = {}
    for screen_id, phrases in (part.topics or {}).items():
        if screen_id not in _known_screens(files):
            yield f"{shown}: {screen_id}: no such screen; write it, or take the topic out"
        for phrase in phrases:
            first = owner.setdefault(phrase.casefold(), screen_id)
            if first != screen_id:
                yield f'{shown}: {screen_id}: "{phrase}" leads to {first} already; keep one'


def _screen_faults(files: Files, shown: str, screen_id: str, screen: ScreenFile) -> Iterator[str]:
    if not screen.unsafe and screen_id not in SMALL | {UNSAFE}:
        yield f"{shown}: unsafe: must be true: everybody reading this may need that button"
    if screen.seed and not screen.sources:
        yield f"{shown}: sources: is missing; say where the facts come from"
    for at, action in enumerate(screen.actions, start=1):
        if isinstance(action, GoTo) and action.go not in _known_screens(files):
            yield f"{shown}: actions.{at}.go: no screen {action.go}; write it, or mend the spelling"
        if isinstance(action, Visit) and files.directory_whole:
            yield from _visit_faults(_entries(files), f"{shown}: actions.{at}.service", action.service)
    for at, item in enumerate(screen.body, start=1):
        if isinstance(item, Services) and isinstance(item.services, tuple) and files.directory_whole:
            for unknown in sorted(set(item.services) - _entries(files).keys()):
                yield f"{shown}: body.{at}.services: no service {unknown} in messages/directory"


def _visit_faults(entries: dict[str, Entry], where: str, service_id: str) -> Iterator[str]:
    if service_id not in entries:
        yield f"{where}: no service {service_id} in messages/directory"
    elif entries[service_id].url is None:
        yield f"{where}: {service_id} has no url to open; show it with `services` in the body"


def _graph_faults(files: Files, locale: str, part: LocaleFiles) -> Iterator[str]:
    """A screen leads to the same places in every language."""
    english = files.locales.get(FALLBACK, LocaleFiles())
    if locale == FALLBACK:
        return
    for unknown in sorted(part.ids - english.ids):
        yield f"{files.named(locale, unknown)}: English has no such screen; write that first"
    originals = dict(_pages(english))
    for screen_id, screen in _pages(part):
        if screen_id in originals and _shape(screen) != _shape(originals[screen_id]):
            original = files.named(FALLBACK, screen_id)
            yield f"{files.named(locale, screen_id)}: actions: lead elsewhere than in {original}; mend one"
        if screen_id in originals and _order(screen) != _order(originals[screen_id]):
            original = files.named(FALLBACK, screen_id)
            yield (
                f"{files.named(locale, screen_id)}: body: other blocks, or another number of steps, than in "
                f"{original}; mend one"
            )


def _shape(screen: ScreenFile) -> tuple[object, ...]:
    return (screen.unsafe, screen.veiled, *(_target(action) for action in screen.actions))


def _order(screen: ScreenFile) -> list[object]:
    """Which kinds of blocks there are, with all in them that is no text."""
    return [
        (type(item), item.services if isinstance(item, Services) else len(getattr(item, "steps", ())))
        for item in screen.body
    ]


def _target(action: Tap) -> str:
    match action:
        case GoTo(go=target) | Visit(service=target):
            return target
        case Forget(everything=everything):
            return f"Forget {everything}"
        case _:
            return type(action).__name__
