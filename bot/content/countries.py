"""What is a country called in a language, and in which is a reader likely to be?"""

from textwrap import shorten

from babel.core import get_global

from bot.content import limits
from bot.content.content import Content
from bot.content.directory_file import INTERNATIONAL
from bot.content.names import known_locale


def country_name(content: Content, code: str, locale: str) -> str:
    """Return the name of a country in a language, short enough for a button."""
    return shorten(content.country_name(code, locale), limits.LABEL, placeholder="…")


def listed(content: Content, locale: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of every country, in the order of the names."""
    codes = (code for code, _ in content.countries_for(locale) if code != INTERNATIONAL)
    return tuple((code, country_name(content, code, locale)) for code in codes)


def likely_country(locale: str | None) -> str | None:
    """Return the code of the country that a client's language (BCP 47) speaks for, if it does for one."""
    if (cldr := known_locale(locale or "")) is None:
        return None
    likely: str = get_global("likely_subtags").get(cldr.language, "")
    return cldr.territory or likely.rpartition("_")[2] or None


def language_name(locale: str) -> str:
    """Return what a language calls itself: Deutsch."""
    cldr = known_locale(locale)
    name = (cldr.get_display_name() if cldr else None) or locale
    return shorten(name[:1].upper() + name[1:], limits.LABEL, placeholder="…")
