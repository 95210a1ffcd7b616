"""What are countries, languages and days called in a language?"""

import unicodedata
from datetime import date
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

_ENGLISH = Locale("en")


@lru_cache(maxsize=1_000)  # apps may send anything
def known_locale(tag: str) -> Locale | None:
    """Return the CLDR data for a tag, "pt-BR" or "pt_BR"; None where it has none."""
    try:
        return Locale.parse(tag.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def locale_of(tag: str) -> Locale:
    """Return the CLDR data for a BCP 47 tag: those of its language where it has none, then English."""
    return known_locale(tag) or known_locale(tag.partition("-")[0]) or _ENGLISH


@cache
def country_name(code: str, locale: str) -> str | None:
    """Return the name of a country (ISO 3166-1, two letters); None where CLDR has none."""
    name = locale_of(locale).territories.get(code) or _ENGLISH.territories.get(code)
    return str(name) if name else None


def language_name(tag: str, locale: str) -> str:
    """Return the name of a language; its tag where CLDR has none."""
    known = locale_of(locale).languages.get(tag) or _ENGLISH.languages.get(tag)
    return str(known or tag)


def day(when: date, locale: str) -> str:
    """Return a date as people write it, with the month as a word: no reader takes it for another day."""
    return format_date(when, "long", locale_of(locale))


def alphabetical(name: str) -> str:
    """Return what to sort names by: neither case nor accents count."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()
