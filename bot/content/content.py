"""What has been written, in which languages, and for which countries?"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.directory_file import INTERNATIONAL, DirectoryFile, Entry
from bot.content.screen_file import Choice, ScreenFile
from bot.content.words_file import WordsFile

# Written first; what another language lacks is shown in it.
FALLBACK = "en"

COUNTRY_PAGES = "sextortion/report/"


@dataclass(frozen=True, slots=True)
class Language:
    """All files of one locale. `country_page` is the template of the pages in COUNTRY_PAGES."""

    words: WordsFile
    screens: Mapping[str, ScreenFile]
    country_page: ScreenFile
    topics: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
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
        """The names of the countries there are, by ISO 3166-1 code, and of "international"."""
        return {code: file.name for code, file in self.directory.items()}

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

    def is_for(self, service_id: str, country: str) -> bool:
        """Tell whether a service helps a reader in this country."""
        return self.country_of(service_id) in (country, INTERNATIONAL)

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
        return self._placed(service_id)[1]

    def country_of(self, service_id: str) -> str:
        """Return the code of the country a service is for. Raises KeyError for an unknown id."""
        return self._placed(service_id)[0]

    def choose(self, choice: Choice, country: str) -> tuple[Entry, ...]:
        """Return the services that fit, those that lead for the audience first.

        Where the country has none, those for any country.
        """
        file = self.directory.get(country, self.directory[INTERNATIONAL])
        fitting = [entry for entry in file.services if _fits(entry, choice)]
        if not fitting and file.country != INTERNATIONAL:
            return self.choose(choice, INTERNATIONAL)
        return tuple(sorted(fitting, key=lambda entry: not _leads(entry, choice))[: choice.most])

    def _placed(self, service_id: str) -> tuple[str, Entry]:
        for code, file in self.directory.items():
            for entry in file.services:
                if entry.id == service_id:
                    return code, entry
        raise KeyError(service_id)


def _fits(entry: Entry, choice: Choice) -> bool:
    does = not choice.what or set(choice.what) & set(entry.what)
    serves = not choice.audience or {*choice.audience, "anyone"} & set(entry.audience)
    return bool(does and serves)


def _leads(entry: Entry, choice: Choice) -> bool:
    wanted: set[str] = {audience for audience in choice.audience if audience != "anyone"}
    if "crisis-line" in choice.what:
        wanted.add("crisis")
    return bool(wanted & set(entry.lead_for) if wanted else entry.lead_for)
