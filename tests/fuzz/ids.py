"""Does any button id or deep link break the guide, open what is not there, or delete without a proof?"""

import asyncio
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot import content
from bot.guide import Chosen, Go, Guide, Pressed, Stop, TakeBack, Wipe, encode, parse
from bot.guide.presses import payload
from bot.model import Message
from bot.privacy import Pseudonyms
from bot.takeback import Tickets
from tests.fakes import FakeAdapter, message, origin
from tests.fuzz.files import damaged
from tests.fuzz.runner import Target, fuzzed
from tests.fuzz.texts import anything

_LONGEST = 200
_LOCALES = st.one_of(st.none(), st.sampled_from(["en", "de", "pt_BR", "zh-Hant-TW", "", "-"]), anything)
_COUNTRIES = st.one_of(st.none(), st.sampled_from(["gb", "GB", "gb-sct", "international", "001"]), anything)
_CHOICES = st.builds(Chosen, _LOCALES, _COUNTRIES)


def ids(root: Path) -> Target:
    """Try ids and links on the guide with the content under `root`."""
    guide = Guide(content.load(root))
    known = [Go(screen, chosen) for screen in guide.screen_ids for chosen in (Chosen(), Chosen("de", "at"))]
    proper = Tickets(FakeAdapter(), Pseudonyms(b"s" * 32)).ticket(_theirs())
    others: list[Pressed] = [TakeBack(proper, sure) for sure in (True, False)]
    others += [Stop(), Wipe(Chosen("fil", "gb")), Stop(Chosen("de"))]
    good = [encode(pressed) for pressed in (*known, *others)]
    written = _texts([*good, *map(payload, known)])

    @given(written, _LOCALES, _COUNTRIES, _CHOICES)
    def one(text: str, locale: str | None, country: str | None, chosen: Chosen) -> None:
        pressed = parse(text)
        assert pressed is None or encode(pressed) == text
        for go in (pressed, guide.start(text), Go(guide.find(text, locale), guide.country(text, locale))):
            if isinstance(go, Go):
                shown = guide.screen(go.screen, locale, country or "GB", go.chosen)
                assert shown.id in guide.screen_ids
        assert guide.screen(text, locale, country or "", chosen).id in guide.screen_ids
        guide.offer(text, locale, country or "GB")
        assert len(guide.countries(text, locale, country or "")) <= 25

    return fuzzed(one)


def tickets() -> Target:
    """Try tickets on a platform that deletes whatever it is told to."""
    adapter = FakeAdapter()
    giver = Tickets(adapter, Pseudonyms(b"s" * 32))
    proper = giver.ticket(_theirs())
    written = st.one_of(_texts([proper]), st.builds(".".join, st.lists(anything, max_size=4)))

    @given(written, st.sampled_from(["person-1", "person-2", ""]))
    def one(ticket: str, presser: str) -> None:
        adapter.removed.clear()
        gone = asyncio.run(giver.redeem(origin(presser).person, ticket))
        is_theirs = ticket == proper and presser == "person-1"
        assert gone == is_theirs
        assert adapter.removed == (["301"] if is_theirs else [])

    return fuzzed(one)


def _theirs() -> Message:
    return replace(message("hello", person="person-1"), posted="301")


def _texts(good: list[str]) -> st.SearchStrategy[str]:
    """These, damaged or whole, or anything else, as a client may send it."""
    broken = damaged([one.encode() for one in good]).map(lambda some: some.decode("utf-8", "surrogateescape"))
    whole = st.one_of(
        st.sampled_from(good), broken, anything, st.text(st.characters(codec=None), max_size=_LONGEST)
    )
    return whole.map(lambda text: text[:_LONGEST])
