"""Where can somebody go from a screen?"""

from collections.abc import Iterator

from bot.content.content import COUNTRY_PAGES, Content
from bot.content.screen_file import GoTo, Tap

HOME = "sextortion"
REPORT = "sextortion/report"
UNSAFE = "sextortion/unsafe"


def taps(content: Content, locale: str, screen_id: str) -> tuple[Tap, ...]:
    """Return what the file offers, then what every screen of its kind has; `UNSAFE` stands last.

    A screen that leads to one of these in its own words keeps those.
    """
    page = content.page(locale, screen_id)
    led_to = {tap.go for tap in page.actions if isinstance(tap, GoTo)}
    added = _added(content, locale, screen_id, page.unsafe)
    return (*page.actions, *(tap for tap in added if tap.go not in led_to))


def _added(content: Content, locale: str, screen_id: str, unsafe: bool) -> Iterator[GoTo]:
    words = content.words(locale)
    if screen_id == REPORT:
        for code, name in content.countries.items():
            yield GoTo(go=COUNTRY_PAGES + code.lower(), label=name)
    if screen_id.startswith(f"{HOME}/"):
        yield GoTo(go=HOME, label=words.back)
    if unsafe:
        yield GoTo(go=UNSAFE, label=words.unsafe)
