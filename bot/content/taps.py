"""Where can somebody go from a screen?"""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.content.content import COUNTRY_PAGES, Content
from bot.content.countries import country_name
from bot.content.directory_file import INTERNATIONAL
from bot.content.screen_file import Clear, Forget, GoTo, NeverAgain, Tap, Visit

HOME = "sextortion"
REPORT = "sextortion/report"
UNSAFE = "sextortion/unsafe"
TAKE_BACK = "sextortion/take-back"
LANGUAGE = "language"
# `COUNTRY_LISTS + "1"` and so on: all the countries, some on each.
COUNTRY_LISTS = "sextortion/countries/"

# Where somebody may arrive first, in a language they cannot read.
_ARRIVALS = frozenset({HOME, "index", "about", "privacy"})
_SUGGESTED = 3


def taps(
    content: Content, locale: str, screen_id: str, country: str, likely: Sequence[str] = ()
) -> tuple[Tap, ...]:
    """Return the countries on the page that asks for one, then what the file offers, then the ways out.

    The ways out are back, the languages, clear and `UNSAFE`, in this order. A screen that leads to one of
    these in its own words keeps those. Services of other countries than the reader's are left out. `likely`
    are codes of countries that the reader may be in, beside `country`.
    """
    page = content.page(locale, screen_id)
    reader = content.country_of_page(screen_id) or country
    offered = [
        tap for tap in page.actions if not isinstance(tap, Visit) or content.is_for(tap.service, reader)
    ]
    clear = [tap for tap in offered if isinstance(tap, Clear)]
    content_taps = [tap for tap in offered if not isinstance(tap, Clear)]
    countries = _countries(content, locale, (country, *likely)) if screen_id == REPORT else ()
    led_to = {tap.go for tap in offered if isinstance(tap, GoTo)}
    around = (*back(content, locale, screen_id), *_languages(content, locale, screen_id))
    ways_out = [tap for tap in around if tap.go not in led_to]
    safety = way_to_safety(content, locale) if page.unsafe and UNSAFE not in led_to else ()
    return (*countries, *content_taps, *ways_out, *clear, *safety)


def label(tap: Tap) -> str:
    """Return what stands on the button."""
    match tap:
        case GoTo(label=text) | Visit(label=text):
            return text
        case NeverAgain(stop=text) | Clear(wipe=text) | Forget(erase=text):
            return text
        case _:
            assert_never(tap)


def country_tap(content: Content, locale: str, code: str) -> GoTo:
    """Return the way to the page of a country."""
    return GoTo(go=COUNTRY_PAGES + code.lower(), label=country_name(content, code, locale))


def back(content: Content, locale: str, screen_id: str) -> tuple[GoTo, ...]:
    """Return the way back to the first screen, for the screens below it."""
    below = screen_id.startswith(f"{HOME}/") or screen_id == LANGUAGE
    return (GoTo(go=HOME, label=content.words(locale).back),) if below else ()


def way_to_safety(content: Content, locale: str) -> tuple[GoTo, ...]:
    """Return the way to `UNSAFE`."""
    return (GoTo(go=UNSAFE, label=content.words(locale).unsafe),)


def _countries(content: Content, locale: str, likely: Sequence[str]) -> Iterator[GoTo]:
    """Yield the likely ones, then the way to all, then the one for whoever is in none of them."""
    there = [code for code in content.directory if code != INTERNATIONAL]
    suggested = [code for code in dict.fromkeys(likely) if code in there][:_SUGGESTED]
    yield from (country_tap(content, locale, code) for code in suggested)
    if there:
        yield GoTo(go=f"{COUNTRY_LISTS}1", label=content.words(locale).other_country)
    yield country_tap(content, locale, INTERNATIONAL)


def _languages(content: Content, locale: str, screen_id: str) -> Iterator[GoTo]:
    if screen_id in _ARRIVALS and len(content.locales) > 1:
        yield GoTo(go=LANGUAGE, label=content.words(locale).language)
