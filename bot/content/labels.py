"""Can a reader tell the buttons of a screen apart, and may they be seen by whoever stands near?"""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.content.content import COUNTRY_PAGE, Content
from bot.content.links import SMALL
from bot.content.reading import WORDS
from bot.content.screen_file import Visit
from bot.content.taps import REPORT, label, taps
from bot.content.words_file import WordsFile

# What a person may get or open beside others, before they chose to read on.
_SEEN_UNOPENED = SMALL | {"index"}


def label_faults(content: Content, shown: str) -> list[str]:
    """Return one line for each label or first line that a reader should not meet; `shown` names messages/."""
    faults: dict[str, None] = {}
    for locale in content.locales:
        words = content.words(locale)
        for command, description in words.commands.items():
            if found := _telling(words, description):
                faults[f"{shown}/{locale}/{WORDS}.yaml: commands.{command}: {_never(found)}"] = None
        for name, text in (("take_back", words.take_back), ("take_it_back", words.take_it_back)):
            if found := _telling(words, text):
                faults[f"{shown}/{locale}/{WORDS}.yaml: {name}: {_never(found)}"] = None
        for screen_id in content.screen_ids:
            name = COUNTRY_PAGE if content.country_of_page(screen_id) else screen_id
            for fault in (*_equal(content, locale, screen_id), *_unsafe_to_see(content, locale, screen_id)):
                faults[f"{shown}/{locale}/{name}.yaml: {fault}"] = None
    return list(faults)


def _equal(content: Content, locale: str, screen_id: str) -> Iterator[str]:
    for country in _readers(content, locale, screen_id):
        labels = Counter(label(tap).casefold() for tap in taps(content, locale, screen_id, country))
        for text, count in labels.items():
            if count > 1:
                yield f'actions: {count} buttons are labelled "{text}"; nobody can tell them apart'


def _readers(content: Content, locale: str, screen_id: str) -> Iterable[str]:
    """Countries enough to see every button: only a link to a service is not for all, and the suggestions."""
    if own := content.country_of_page(screen_id):
        return (own,)
    varies = screen_id == REPORT or any(
        isinstance(tap, Visit) for tap in content.page(locale, screen_id).actions
    )
    return content.directory if varies else list(content.directory)[:1]


def _unsafe_to_see(content: Content, locale: str, screen_id: str) -> Iterator[str]:
    page, words = content.page(locale, screen_id), content.words(locale)
    if found := _telling(words, page.preview):
        yield f"preview: {_never(found)}"
    if screen_id not in _SEEN_UNOPENED:
        return
    for country in _readers(content, locale, screen_id):
        for tap in taps(content, locale, screen_id, country):
            if found := _telling(words, label(tap)):
                yield f'actions: "{label(tap)}" {_never(found)}'


def _telling(words: WordsFile, text: str) -> str | None:
    plain = text.casefold()
    return next((stem for stem in words.never_on_lock_screen if stem in plain), None)


def _never(stem: str) -> str:
    return f'holds "{stem}", which stands under never_on_lock_screen in {WORDS}.yaml; say it in other words'
