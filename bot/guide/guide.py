"""Which screen comes next, and what does it show to this reader?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.content import Content
from bot.content.blocks import blocks
from bot.content.content import FALLBACK
from bot.content.countries import likely_country
from bot.content.directory_file import INTERNATIONAL
from bot.content.links import SMALL
from bot.content.taps import COUNTRY_LISTS, HOME, TAKE_BACK, taps
from bot.guide.actions import action
from bot.guide.choosing import choosing_ids, choosing_screen
from bot.guide.finders import Finders
from bot.guide.presses import NOTHING, Chosen, Go, TakeBack, encode, parse_payload, payload
from bot.model import Button, Screen
from bot.ports import CommandInfo

INDEX = "index"

# The command behind which people may say where they are, so that the first answer is for there.
_ASKS_COUNTRY = "help sextortion"


class Guide:
    """The conversation as a graph of screens; keeps nothing about anyone.

    `default_locale` (BCP 47) is for whoever's language is not there; English where it is not there either.
    With `now` (aware) services say whether they are open, and those nobody has checked for long come last.
    """

    def __init__(
        self,
        content: Content,
        default_locale: str = FALLBACK,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._content = content
        self._now = now
        self._locales = {locale.lower(): locale for locale in content.locales}
        self._default = FALLBACK
        self._default = self._locale(default_locale)
        self._choosing = choosing_ids(content)
        # The small screens tell of something that happened; nobody may ask for one by name.
        self._open = tuple(screen_id for screen_id in self.screen_ids if screen_id not in SMALL)
        names = [
            screen_id
            for screen_id in self._open
            if not content.country_of_page(screen_id) and not screen_id.startswith(COUNTRY_LISTS)
        ]
        self._finders = Finders(content, names)

    @property
    def screen_ids(self) -> tuple[str, ...]:
        """Every screen there is, sorted: those of the content, and those to choose a language or country."""
        return tuple(sorted((*self._content.screen_ids, *self._choosing)))

    def screen(self, screen_id: str, locale: str | None, country: str, chosen: Chosen = NOTHING) -> Screen:
        """Return a screen in the reader's language, with the services of their country.

        `locale` (BCP 47) and `country` (ISO 3166-1, two letters) are what the reader's app and community
        suggest; what was `chosen` goes before, and on into every button. An unknown id gives the index, an
        unknown locale the default one, an unknown country the services for any. The page of a country is
        itself a choice.
        """
        content = self._content
        known = screen_id if screen_id in self._open or screen_id in SMALL else INDEX
        chosen = self._real(known, chosen)
        tongue = chosen.locale or self._locale(locale)
        if known in self._choosing:
            screen = choosing_screen(content, known, tongue, chosen)
        else:
            page = content.page(tongue, known)
            place = content.find_country(chosen.country or country) or INTERNATIONAL
            likely = filter(None, (likely_country(one) for one in (locale, chosen.locale)))
            ways = taps(content, tongue, known, place, tuple(likely))
            body = blocks(content, tongue, known, place, now=self._now() if self._now else None)
            actions = tuple(action(content, tap, chosen) for tap in ways)
            screen = Screen(known, page.preview, body, actions, page.veiled)
        return replace(screen, link=payload(Go(known, chosen)))

    def offer(self, topic: str, locale: str | None, country: str) -> Screen:
        """Return the screen "offer", whose way to the first screen leads to the screen `topic` instead.

        A topic that is no screen, or none that may be asked for, leads to the first screen.
        """
        offer = self.screen("offer", locale, country)
        first, wanted = encode(Go(HOME)), encode(Go(topic if topic in self._open else HOME))
        actions = tuple(
            replace(one, id=wanted) if isinstance(one, Button) and one.id == first else one
            for one in offer.actions
        )
        return replace(offer, actions=actions)

    def with_take_back(self, screen: Screen, ticket: str, locale: str | None) -> Screen:
        """Return the screen with the way to take back the message that the ticket is for; "" is for none.

        On the page about that stands the button that does it.
        """
        if not ticket:
            return screen
        words, sure = self._content.words(self._locale(locale)), screen.id == TAKE_BACK
        at = 0 if sure else 1
        button = Button(words.take_it_back if sure else words.take_back, encode(TakeBack(ticket, sure)))
        return replace(screen, actions=(*screen.actions[:at], button, *screen.actions[at:]))

    def is_stop(self, text: str, locale: str | None) -> bool:
        """Tell whether somebody asks to be left alone, in their language or in English, and says no more."""
        own, english = self._content.words(self._locale(locale)), self._content.words(FALLBACK)
        return text.strip(" .!/").casefold() in {*own.stop_words, *english.stop_words}

    def find(self, text: str, locale: str | None) -> str:
        """Return the id of the screen for what somebody typed, "index" when nothing is recognised.

        Danger to life wins over everything else. Takes time linear in the text, of which only the first
        500 characters count.
        """
        return self._finders.find(text, self._locale(locale)) or INDEX

    def start(self, text: str) -> Go:
        """Return where a deep link leads (`Screen.link`); to "index" when it leads nowhere."""
        go = parse_payload(text)
        return go if go and go.screen in self._open else Go(INDEX)

    def country(self, typed: str, locale: str | None) -> Chosen:
        """Return the choice of a country by its code, or by its name in any language; NOTHING without one."""
        code = self._content.find_country(typed) or self._finders.country(typed, self._locale(locale))
        return Chosen(country=code.lower()) if code else NOTHING

    def countries(self, typed: str, locale: str | None, country: str) -> tuple[tuple[str, str], ...]:
        """Return (name, code) of at most 25 countries that fit what was typed so far.

        Without anything typed, `country` and those likely for the locale come first; the last is for
        whoever is in none.
        """
        likely = tuple(filter(None, (country, likely_country(locale))))
        return self._finders.suggest(typed, self._locale(locale), likely)

    def menu(self) -> tuple[CommandInfo, ...]:
        """Return the commands to register, described in every language there is."""
        words = {locale: self._content.words(locale) for locale in self._content.locales}
        return tuple(
            CommandInfo(
                name=command.partition(" ")[0],
                topic=command.partition(" ")[2] or None,
                descriptions={
                    locale: own.commands[command] for locale, own in words.items() if command in own.commands
                },
                country={locale: own.country_option for locale, own in words.items()}
                if command == _ASKS_COUNTRY
                else {},
            )
            for command in words[FALLBACK].commands
        )

    def _real(self, screen_id: str, chosen: Chosen) -> Chosen:
        """Return the choice without what is not there, and with what opening this screen chooses."""
        country = self._content.country_of_page(screen_id) or self._content.find_country(chosen.country or "")
        return Chosen(self._known(chosen.locale or ""), country.lower() if country else None)

    def _locale(self, locale: str | None) -> str:
        tag = (locale or "").replace("_", "-")
        return self._known(tag) or self._known(tag.partition("-")[0]) or self._default

    def _known(self, tag: str) -> str | None:
        return self._locales.get(tag.lower())
