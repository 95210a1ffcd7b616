"""What has been written, in which languages, and for which countries?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.content import names
from bot.content.directory_file import INTERNATIONAL, DirectoryFile, Emergency, Entry
from bot.content.screen_file import Choice, ScreenFile
from bot.content.words_file import ServiceWords, WordsFile

# Written first; what another language lacks is shown in it.
FALLBACK = "en"

COUNTRY_PAGES = "sextortion/report/"
# The file they are all made from.
COUNTRY_PAGE = "sextortion/report-country"


@dataclass(frozen=True, slots=True)
class Language:
    """All files of one locale. `country_page` is the template of the pages in COUNTRY_PAGES.

    `services` has what somebody wrote about a service, by its id, in this language.
    """

    words: WordsFile
    screens: Mapping[str, ScreenFile]
    country_page: ScreenFile
    topics: Mapping[str, tuple[str, ...]]
    services: Mapping[str, ServiceWords] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """Everything under messages/ but the triggers, validated. `locales` are BCP 47 tags, English first."""

    languages: Mapping[str, Language]
    directory: Mapping[str, DirectoryFile]

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages there are, English first."""
        return tuple(self.languages)

    @property
    def countries(self) -> Mapping[str, str]:
        """The English names of the countries there are, by ISO 3166-1 code, and of "international".

        Parts of a country that have services of their own are among them, by ISO 3166-2 code.
        """
        return {code: self.country_name(code, FALLBACK) for code in self.directory}

    def country_name(self, code: str, locale: str) -> str:
        """Return what a country in `countries` is called in a language; KeyError for another."""
        if code == INTERNATIONAL:
            return self.words(locale).any_country
        file = self.directory[code]
        return file.names.get(locale) or file.name or names.country_name(code, locale) or code

    def countries_for(self, locale: str) -> tuple[tuple[str, str], ...]:
        """Return (code, name) of all `countries` in the order of a language, "international" last."""
        named = ((code, self.country_name(code, locale)) for code in self.directory)
        return tuple(
            sorted(named, key=lambda one: (one[0] == INTERNATIONAL, names.alphabetical(one[1]), one[0]))
        )

    @property
    def screen_ids(self) -> tuple[str, ...]:
        """Every screen there is, the page of each country included, sorted."""
        pages = (COUNTRY_PAGES + code.lower() for code in self.directory)
        return tuple(sorted({*self.languages[FALLBACK].screens, *pages}))

    def words(self, locale: str) -> WordsFile:
        """Return the small texts. Raises KeyError for a locale not in `locales`, as all methods do."""
        return self.languages[locale].words

    def commands(self, locale: str) -> Mapping[str, str]:
        """Return the description of each command, "help" and "help sextortion" for example."""
        return self.words(locale).commands

    def topics(self, locale: str) -> Mapping[str, tuple[str, ...]]:
        """Return what people type for each screen id."""
        return self.languages[locale].topics

    def page(self, locale: str, screen_id: str) -> ScreenFile:
        """Return a screen's file, in English where the language lacks it.

        Raises KeyError for an id that is not in `screen_ids`.
        """
        language = self.languages[locale]
        if screen_id.startswith(COUNTRY_PAGES) and self.country_of_page(screen_id):
            return language.country_page
        return language.screens.get(screen_id) or self.languages[FALLBACK].screens[screen_id]

    def written(self) -> Iterator[tuple[str, str, ScreenFile]]:
        """Yield every page file as (locale, name, file); English ones that stand in for others only once."""
        template = self.languages[FALLBACK].country_page
        for locale, language in self.languages.items():
            yield from ((locale, name, page) for name, page in language.screens.items())
            if locale == FALLBACK or language.country_page != template:
                yield locale, COUNTRY_PAGE, language.country_page

    def is_for(self, service_id: str, country: str) -> bool:
        """Tell whether a service helps a reader in this country or part of one."""
        home, entry = self._places[service_id]
        if home == self._part_of(country):
            return country not in entry.not_in
        return home in (country, INTERNATIONAL)

    def emergency(self, country: str) -> Emergency | None:
        """Return the emergency numbers of a country in `countries`; a part has those of the whole."""
        file = self.directory[country]
        return file.emergency or (self.directory[file.part_of].emergency if file.part_of else None)

    def country_of_page(self, screen_id: str) -> str | None:
        """Return the code of the country that a page is about; None for every other screen."""
        if not screen_id.startswith(COUNTRY_PAGES):
            return None
        return self.find_country(screen_id.removeprefix(COUNTRY_PAGES))

    def find_country(self, code: str) -> str | None:
        """Return the code as `countries` has it, however it is cased; None when it is not there."""
        return next((known for known in self.directory if known.lower() == code.lower()), None)

    def entry(self, service_id: str) -> Entry:
        """Return a service. Raises KeyError for an unknown id."""
        return self._places[service_id][1]

    def country_of(self, service_id: str) -> str:
        """Return the code of the country a service is for. Raises KeyError for an unknown id."""
        return self._places[service_id][0]

    def choose(self, choice: Choice, country: str, today: date | None = None) -> tuple[Entry, ...]:
        """Return the services that fit, those that lead for the audience first.

        Where the country has none, those for any country. What nobody has looked at in time before
        `today` comes last.
        """
        fitting = self._fitting(choice, country) or self._fitting(choice, INTERNATIONAL)

        def rank(entry: Entry) -> tuple[bool, bool]:
            return today is not None and entry.is_stale(today), not _leads(entry, choice)

        return tuple(sorted(fitting, key=rank)[: choice.most])

    def lacks(self, choice: Choice, country: str) -> bool:
        """Tell whether `choose` can only offer services for any country to a reader in this one."""
        return country != INTERNATIONAL and not self._fitting(choice, country)

    def _fitting(self, choice: Choice, country: str) -> list[Entry]:
        """A part of a country has its own services, and then those of the whole that serve it."""
        files = [self.directory.get(country), self.directory.get(self._part_of(country) or "")]
        there = [entry for file in files if file for entry in file.services]
        serving = (entry for entry in there if country not in entry.not_in and entry.leads_somewhere)
        return [entry for entry in serving if _fits(entry, choice)]

    def _part_of(self, country: str) -> str | None:
        file = self.directory.get(country)
        return file.part_of if file else None

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, Entry]]:
        return {entry.id: (code, entry) for code, file in self.directory.items() for entry in file.services}


def _fits(entry: Entry, choice: Choice) -> bool:
    does = not choice.what or set(choice.what) & set(entry.what)
    serves = not choice.audience or {*choice.audience, "anyone"} & set(entry.audience)
    return bool(does and serves)


def _leads(entry: Entry, choice: Choice) -> bool:
    wanted: set[str] = {audience for audience in choice.audience if audience != "anyone"}
    if "crisis-line" in choice.what:
        wanted.add("crisis")
    return bool(wanted & set(entry.lead_for) if wanted else entry.lead_for)
