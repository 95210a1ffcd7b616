"""Is everybody sent to services that are theirs, sourced, and told of in plain words?"""

import re

import pytest

from bot.content.screen_file import Crisis
from bot.model import Card, Link, Screen
from tests.content.grade import kincaid
from tests.content.real import CONTENT, GUIDE, by_country, own_words, shown

SCREENS = by_country()


def ids(value: object) -> str:
    return value.id if isinstance(value, Screen) else str(value)


def test_the_links_of_the_seed_are_shown_in_the_united_kingdom() -> None:
    links = {
        block.url
        for block in GUIDE.screen("sextortion/report/gb", "en", "GB").blocks
        if isinstance(block, Card)
    }
    assert "https://www.kent.police.uk/contact/af/contact-us/" in links
    assert "https://www.ceop.police.uk/ceop-reporting" in links


NUMBER = re.compile(r"(?<![\w-])\+?\d[\d -]*\d")
ENTRIES = [
    (file, entry) for file in CONTENT.directory.values() for entry in file.services if entry.source_url
]
LINKS = {entry.url for _, entry in ENTRIES}
DIGITS = {
    re.sub(r"\D", "", one.number)
    for _, entry in ENTRIES
    for one in (*(entry.phone or ()), *(entry.text or ()))
} | {
    one.number
    for file in CONTENT.directory.values()
    for one in (file.emergency.numbers if file.emergency else ())
}


@pytest.mark.parametrize("country", SCREENS)
def test_every_link_and_number_has_a_source(country: str) -> None:
    for screen in SCREENS[country]:
        links = [action.url for action in screen.actions if isinstance(action, Link)]
        cards = [block for block in screen.blocks if isinstance(block, Card)]
        assert {*links, *(card.url for card in cards if card.url)} <= LINKS
        for number in NUMBER.findall("\n".join(own_words(screen))):
            if len(digits := re.sub(r"\D", "", number)) > 2:
                assert digits in DIGITS


@pytest.mark.parametrize("country", SCREENS)
def test_an_entry_to_verify_first_shows_no_number(country: str) -> None:
    files = CONTENT.directory.values()
    names = {entry.name for file in files for entry in file.services if entry.verify_first}
    for screen in SCREENS[country]:
        for block in screen.blocks:
            if isinstance(block, Card) and block.name in names:
                assert (block.summary, block.contacts, block.note) == ("", (), "")
        # A name may hold the number; a number that only the name tells was never checked.
        text = shown(screen)
        for name in names:
            text = text.replace(name, "")
        here = CONTENT.directory[CONTENT.country_of_page(screen.id) or country].services
        trusted = {one.number for _, entry in ENTRIES if not entry.verify_first for one in entry.phone or ()}
        own = {one.number for entry in here for one in entry.phone or ()}
        assert not [number for number in own - trusted if number in text]


@pytest.mark.parametrize("country", SCREENS)
def test_no_card_is_a_bare_name(country: str) -> None:
    for screen in SCREENS[country]:
        for card in (block for block in screen.blocks if isinstance(block, Card)):
            assert card.url or card.contacts or card.summary or re.search(r"\d", card.name), card.name


def test_an_entry_to_verify_first_is_shown_at_all() -> None:
    assert any(
        "NSPCC" in block.name
        for block in GUIDE.screen("parents", "en", "GB").blocks
        if isinstance(block, Card)
    )


OWN = {country: {entry.name for entry in file.services} for country, file in CONTENT.directory.items()}
URLS = {country: {entry.url for entry in file.services} for country, file in CONTENT.directory.items()}


@pytest.mark.parametrize("country", SCREENS)
def test_nobody_is_sent_to_the_services_of_another_country(country: str) -> None:
    for screen in SCREENS[country]:
        here = CONTENT.country_of_page(screen.id) or country
        cards = {block.name for block in screen.blocks if isinstance(block, Card)}
        links = {action.url for action in screen.actions if isinstance(action, Link)}
        there = {here, CONTENT.directory[here].part_of or here, "international"}
        assert cards <= set().union(*(OWN[one] for one in there))
        assert links <= set().union(*(URLS[one] for one in there))
        if "GB" not in there and screen.id != "sextortion/removal/report-remove":  # a UK service's card
            assert not re.search(r"CEOP|Report Remove", shown(screen))


@pytest.mark.parametrize("country", SCREENS)
def test_every_crisis_block_says_whom_to_call(country: str) -> None:
    for screen in SCREENS[country]:
        if not any(isinstance(item, Crisis) for item in CONTENT.page("en", screen.id).body):
            continue
        here = CONTENT.country_of_page(screen.id) or country
        emergency = CONTENT.emergency(here)
        text = shown(screen)
        assert ("Call the emergency number where you are." in text) == (emergency is None)
        assert all(one.number in text for one in (emergency.numbers if emergency else ()))
        assert text.count("Find A Helpline") == 1
        assert "Free help lines in many countries." in text
        assert ("In another country? Free" in text) == (emergency is not None)


CARDS = sorted(
    {
        block
        for own in SCREENS.values()
        for screen in own
        for block in screen.blocks
        if isinstance(block, Card)
    },
    key=repr,
)
NOTES_TO_OURSELVES = re.compile(
    r"\b(?:19|20)\d\d\b(?!-)|sources?\b|check the site|differ|changed over", re.IGNORECASE
)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_card_is_brief_plain_and_without_notes_to_ourselves(card: Card) -> None:
    assert len(card.summary.removeprefix("In another country? ")) <= 110
    assert not card.summary or kincaid([card.summary]) <= 5
    told = [value for label, value in card.contacts if label not in ("Phone", "Text")]
    assert not NOTES_TO_OURSELVES.search(" ".join((card.summary, *told)))
