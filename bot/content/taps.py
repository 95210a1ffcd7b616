"""Where can somebody go from a screen?"""

from collections.abc import Iterator
from typing import assert_never

from bot.content.content import COUNTRY_PAGES, Content
from bot.content.screen_file import Clear, GoTo, NeverAgain, Tap, Visit

HOME = "sextortion"
REPORT = "sextortion/report"
UNSAFE = "sextortion/unsafe"


def taps(content: Content, locale: str, screen_id: str, country: str) -> tuple[Tap, ...]:
    """Return the countries on the page that asks for one, then what the file offers, then the ways out.

    The ways out are back, clear and `UNSAFE`, in this order. A screen that leads to one of these in its own
    words keeps those. Services of other countries than the reader's are left out.
    """
    page = content.page(locale, screen_id)
    reader = content.country_of_page(screen_id) or country
    offered = [
        tap for tap in page.actions if not isinstance(tap, Visit) or content.is_for(tap.service, reader)
    ]
    led_to = {tap.go for tap in offered if isinstance(tap, GoTo)}
    clear = [tap for tap in offered if isinstance(tap, Clear)]
    content_taps = [tap for tap in offered if not isinstance(tap, Clear)]
    countries = _countries(content) if screen_id == REPORT else ()
    back = [tap for tap in _back(content, locale, screen_id) if tap.go not in led_to]
    unsafe = (
        [GoTo(go=UNSAFE, label=content.words(locale).unsafe)] if page.unsafe and UNSAFE not in led_to else []
    )
    return (*countries, *content_taps, *back, *clear, *unsafe)


def label(tap: Tap) -> str:
    """Return what stands on the button."""
    match tap:
        case GoTo(label=text) | Visit(label=text) | NeverAgain(stop=text) | Clear(wipe=text):
            return text
        case _:
            assert_never(tap)


def _countries(content: Content) -> Iterator[GoTo]:
    # A stand-in, until the list of countries has pages: no message holds all of them.
    for code, name in [*content.countries.items()][-3:]:
        yield GoTo(go=COUNTRY_PAGES + code.lower(), label=name)


def _back(content: Content, locale: str, screen_id: str) -> Iterator[GoTo]:
    if screen_id.startswith(f"{HOME}/"):
        yield GoTo(go=HOME, label=content.words(locale).back)
