"""How do the files under messages/ become `Content`, and what is wrong with them?

`reading` finds and parses the files, `links` looks at what one file owes another, `sizes` at what the
platforms can carry, `labels` at what may be seen, `translation` at what has not followed English.
"""

from pathlib import Path

from bot.content.content import FALLBACK, Content, Language
from bot.content.labels import label_faults
from bot.content.links import link_faults
from bot.content.reading import Files, read
from bot.content.screen_file import Say
from bot.content.sizes import size_faults
from bot.content.translation import awaits_review, translation_faults, translation_notes
from bot.errors import ContentError

ABOUT = "about"


def load(root: Path) -> Content:
    """Return everything written under `root`, the folder messages/.

    Raises ContentError with the first fault, in one line: file, key and mend. What another language has
    not translated yet is no fault here; English is shown. Sizes are those for a reader in one country;
    `check` takes each, for which a start would wait too long.
    """
    content, faults = _examine(read(root), countries=1)
    if content is None or faults:
        more = f" (and {len(faults) - 1} more: python -m bot check)" if len(faults) > 1 else ""
        raise ContentError(faults[0] + more)
    return content


def check(root: Path) -> list[str]:
    """Return every fault under `root`, translations that have not followed included, one line each."""
    files = read(root)
    _, faults = _examine(files)
    return faults + translation_faults(files)


def notes(root: Path) -> list[str]:
    """Return what is known of the translations under `root` and no fault, one line each."""
    return translation_notes(read(root))


def _examine(files: Files, countries: int | None = None) -> tuple[Content | None, list[str]]:
    faults = [*files.faults, *link_faults(files)]
    if faults:
        return None, faults
    content = _assemble(files)
    readers = list(content.directory)[:countries]
    return content, [*size_faults(content, files.shown, readers), *label_faults(content, files.shown)]


def _assemble(files: Files) -> Content:
    english = files.locales[FALLBACK]
    if english.words is None or english.country_page is None or english.topics is None:
        raise AssertionError("link_faults lets no English without these pass")
    languages = {}
    for locale, part in files.locales.items():
        words = part.words or english.words
        screens = dict(part.screens)
        # Whoever asks who made the bot learns how far to trust its words, whatever the page says.
        if locale != FALLBACK and awaits_review(part):
            own = part.screens.get(ABOUT)
            about, sources = own or english.screens[ABOUT], own.sources if own else ()
            body = (*about.body, Say(say=words.awaiting_review))
            screens[ABOUT] = about.model_copy(update={"body": body, "sources": sources})
        languages[locale] = Language(
            words=words,
            screens=screens,
            country_page=part.country_page or english.country_page,
            topics=part.topics or english.topics,
            services=part.services,
        )
    return Content(languages, files.directory)
