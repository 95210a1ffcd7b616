"""Which screen comes next, and what does it show to this reader?"""

import re
from dataclasses import replace

from bot.content import Content
from bot.content.blocks import blocks
from bot.content.content import FALLBACK
from bot.content.directory_file import INTERNATIONAL
from bot.content.links import SMALL
from bot.content.screen_file import Clear, GoTo, NeverAgain, Tap, Visit
from bot.content.taps import HOME, UNSAFE, taps
from bot.guide.finding import Finder
from bot.guide.presses import Go, Stop, Wipe, encode
from bot.model import Action, Button, Link, Screen
from bot.ports import CommandInfo

INDEX = "index"

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Guide:
    """The conversation as a graph of screens; keeps nothing about anyone.

    `default_locale` (BCP 47) is for whoever's language is not there; English where it is not there either.
    """

    def __init__(self, content: Content, default_locale: str = FALLBACK) -> None:
        self._content = content
        self._locales = {locale.lower(): locale for locale in content.locales}
        self._default = FALLBACK
        self._default = self._locale(default_locale)
        # The small screens tell of something that happened; nobody may ask for one by name.
        self._open = tuple(screen_id for screen_id in content.screen_ids if screen_id not in SMALL)
        names = [screen_id for screen_id in self._open if not content.country_of_page(screen_id)]
        by_name = {
            screen_id.rpartition("/")[2] if shorten else screen_id: screen_id
            for shorten in (True, False)  # a full id wins over another's last part
            for screen_id in names
        }
        # Many people write English to a bot that would answer in their own language.
        self._finders = {
            locale: Finder(
                topics=[content.topics(locale), content.topics(FALLBACK)],
                urgent=UNSAFE,
                names=by_name,
                negations={*content.words(locale).negations, *content.words(FALLBACK).negations},
            )
            for locale in content.locales
        }

    def screen(self, screen_id: str, locale: str | None, country: str) -> Screen:
        """Return a screen in the reader's language, with the services of their country.

        An unknown id gives the index, an unknown locale (BCP 47) the default one, and an unknown country
        (ISO 3166-1, two letters) the services for any country.
        """
        content, tongue = self._content, self._locale(locale)
        known = screen_id if screen_id in content.screen_ids else INDEX
        page = content.page(tongue, known)
        place = content.find_country(country) or INTERNATIONAL
        body = blocks(content, tongue, known, place)
        actions = tuple(self._action(tap) for tap in taps(content, tongue, known, place))
        return Screen(known, page.preview, body, actions, page.veiled)

    def offer(self, topic: str, locale: str | None, country: str) -> Screen:
        """Return the screen "offer", whose way to the first screen leads to the screen `topic` instead.

        A topic that is no screen, or none that may be asked for, leads to the first screen.
        """
        offer = self.screen("offer", locale, country)
        first, wanted = encode(Go(HOME)), encode(Go(topic if topic in self._open else HOME))
        actions = tuple(
            replace(action, id=wanted) if isinstance(action, Button) and action.id == first else action
            for action in offer.actions
        )
        return replace(offer, actions=actions)

    def find(self, text: str, locale: str | None) -> str:
        """Return the id of the screen for what somebody typed, "index" when nothing is recognised.

        Danger to life wins over everything else. Takes time linear in the text, of which only the first
        500 characters count.
        """
        return self._finders[self._locale(locale)].find(text) or INDEX

    def start(self, payload: str) -> str:
        """Return the id of the screen that a deep link leads to, "index" when there is none.

        The payload is the id with `_` for `/`: letters, digits, `_` and `-`, at most 64.
        """
        screen_id = payload.replace("_", "/")
        return screen_id if _PAYLOAD.fullmatch(payload) and screen_id in self._open else INDEX

    def menu(self) -> tuple[CommandInfo, ...]:
        """Return the commands to register, described in every language there is."""
        return tuple(
            CommandInfo(
                name=command.partition(" ")[0],
                topic=command.partition(" ")[2] or None,
                descriptions={
                    locale: self._content.commands(locale)[command]
                    for locale in self._content.locales
                    if command in self._content.commands(locale)
                },
            )
            for command in self._content.commands(FALLBACK)
        )

    def _locale(self, locale: str | None) -> str:
        tag = (locale or "").replace("_", "-")
        return self._known(tag) or self._known(tag.partition("-")[0]) or self._default

    def _known(self, tag: str) -> str | None:
        return self._locales.get(tag.lower())

    def _action(self, tap: Tap) -> Action:
        match tap:
            case GoTo(go=target, label=label):
                return Button(label, encode(Go(target)))
            case NeverAgain(stop=label):
                return Button(label, encode(Stop()))
            case Clear(wipe=label):
                return Button(label, encode(Wipe()))
            case Visit(service=service_id, label=label):
                # `content.links` lets no link to a service without an address pass.
                return Link(label, self._content.entry(service_id).url or "")
