"""Which screen or country does somebody mean, in each of the languages?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.content import Content
from bot.content.content import COUNTRY_PAGES, FALLBACK
from bot.content.countries import country_name, listed
from bot.content.directory_file import INTERNATIONAL
from bot.content.taps import UNSAFE
from bot.guide.finding import Finder, normalise

# A platform shows so many suggestions; one is kept for whoever is in none of the countries.
_MOST = 24


@dataclass(frozen=True, slots=True)
class _Country:
    code: str
    name: str
    # As a reader of this language writes it, then as others do, then what else the directory has.
    spelt: tuple[tuple[str, ...], ...]


class Finders:
    """One finder a language, each of which knows English phrases too; `names` are screens by their id."""

    def __init__(self, content: Content, names: Sequence[str]) -> None:
        by_name = {
            screen_id.rpartition("/")[2] if shorten else screen_id: screen_id
            for shorten in (True, False)  # a full id wins over another's last part
            for screen_id in names
        }
        self._countries = {locale: tuple(_countries(content, locale)) for locale in content.locales}
        self._content, self._by_name = content, by_name
        self._finders: dict[str, Finder] = {}

    def _finder(self, locale: str) -> Finder:
        """Made when a language is first asked for: a start would wait a second for all of them."""
        if locale not in self._finders:
            content = self._content
            spelt = [
                (nth, name, country.code)
                for country in self._countries[locale]
                for nth, name in enumerate(country.spelt)
            ]
            own, english = content.words(locale), content.words(FALLBACK)
            self._finders[locale] = Finder(
                # Many people write English to a bot that would answer in their own language.
                topics=[content.topics(locale), content.topics(FALLBACK)],
                urgent=UNSAFE,
                names=self._by_name,
                negations={*own.negations, *english.negations},
                countries={  # of two with one name that which the reader's own language has
                    name: COUNTRY_PAGES + code.lower() for _, name, code in sorted(spelt, reverse=True)
                },
                before={*own.in_country, *english.in_country},
            )
        return self._finders[locale]

    def find(self, text: str, locale: str) -> str | None:
        """Return the id of the screen meant, or None."""
        return self._finder(locale).find(text)

    def country(self, text: str, locale: str) -> str | None:
        """Return the code of the country that the text names, or None."""
        page = self._finder(locale).country(text)
        return page.removeprefix(COUNTRY_PAGES) if page else None

    def suggest(self, typed: str, locale: str, likely: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Return (name, code) of the countries that fit, the `likely` first; last the one for all others."""
        wanted = normalise(typed)
        order = {code: at for at, code in enumerate(likely)}
        places = sorted(self._countries[locale], key=lambda one: order.get(one.code, len(order)))
        found = [(one.name, one.code) for one in places if any(_fits(wanted, name) for name in one.spelt)]
        return (*found[:_MOST], (self._content.country_name(INTERNATIONAL, locale), INTERNATIONAL))


def _countries(content: Content, locale: str) -> Iterator[_Country]:
    others = [other for other in content.locales if other != locale]
    for code, name in listed(content, locale):
        names = [country_name(content, code, tongue) for tongue in (locale, *others)]
        names += content.directory[code].also
        yield _Country(code, name, tuple(map(normalise, names)))


def _fits(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether each word that was typed begins one of the name."""
    return all(any(word.startswith(part) for word in name) for part in wanted)
