"""Under which topic is a page counted?"""

from bot.content.content import COUNTRY_PAGES
from bot.content.taps import HOME, REPORT

# Not where somebody is, nor how old: a number of one is a person.
_TELLING = {COUNTRY_PAGES: REPORT, f"{HOME}/removal/": f"{HOME}/removal", f"{HOME}/under18": HOME}


def topic(screen_id: str) -> str:
    """Return the name of the page, or of the one before it where the page tells of its reader."""
    return next((whole for part, whole in _TELLING.items() if screen_id.startswith(part)), screen_id)
