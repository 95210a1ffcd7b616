"""How does a reader choose a language or a country?  The screens that no file holds."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from bot.content import Content
from bot.content.countries import language_name, listed
from bot.content.directory_file import INTERNATIONAL
from bot.content.limits import OPTIONS
from bot.content.screen_file import GoTo
from bot.content.taps import COUNTRY_LISTS, HOME, LANGUAGE, back, country_tap, way_to_safety
from bot.guide.actions import action
from bot.guide.presses import Chosen, Go, encode
from bot.model import Action, Button, Menu, Screen


def choosing_ids(content: Content) -> tuple[str, ...]:
    """Return the ids of the screens made here."""
    languages = (LANGUAGE,) if len(content.locales) > 1 else ()
    return (*languages, *(f"{COUNTRY_LISTS}{number}" for number in range(1, _pages(content) + 1)))


def choosing_screen(content: Content, screen_id: str, locale: str, chosen: Chosen) -> Screen:
    """Return one of `choosing_ids`, in a language there is."""
    words = content.words(locale)
    if screen_id == LANGUAGE:
        preview, offered = words.choose_language, _languages(content, chosen)
    else:
        number = int(screen_id.removeprefix(COUNTRY_LISTS))
        preview, offered = words.choose_country, _countries(content, number, locale, chosen)
    ways_out = (*back(content, locale, screen_id), *way_to_safety(content, locale))
    actions = (*offered, *(action(content, tap, chosen) for tap in ways_out))
    return Screen(screen_id, preview, actions=actions)


def _languages(content: Content, chosen: Chosen) -> Sequence[Action]:
    return [
        Button(language_name(locale), encode(Go(HOME, replace(chosen, locale=locale))))
        for locale in content.locales
    ]


def _countries(content: Content, number: int, locale: str, chosen: Chosen) -> Sequence[Action]:
    words, all_of_them = content.words(locale), listed(content, locale)
    here = all_of_them[(number - 1) * OPTIONS : number * OPTIONS]
    options = [action(content, country_tap(content, locale, code), chosen) for code, _ in here]
    ways = []
    if number < _pages(content):
        ways.append(GoTo(go=f"{COUNTRY_LISTS}{number + 1}", label=words.next_page))
    if number > 1:
        ways.append(GoTo(go=f"{COUNTRY_LISTS}{number - 1}", label=words.previous_page))
    ways.append(country_tap(content, locale, INTERNATIONAL))
    menu = Menu(words.choose_country, tuple(one for one in options if isinstance(one, Button)))
    return [menu, *(action(content, tap, chosen) for tap in ways)]


def _pages(content: Content) -> int:
    return ceil((len(content.directory) - 1) / OPTIONS)
