"""Does whoever got a mass email that claims to have filmed them find calm words, and nobody else?"""

import re

import pytest

from bot.content.directory_file import Entry
from bot.guide import Go, encode
from bot.model import Button, Card
from tests.content.real import CONTENT, GUIDE, own_words, shown

PAGE = "email-scam"


@pytest.mark.parametrize("country", CONTENT.countries)
def test_it_is_one_phone_screen(country: str) -> None:
    assert len(shown(GUIDE.screen(PAGE, "en", country))) <= 900


def test_hope_comes_first_then_what_to_do() -> None:
    words = "\n".join(own_words(GUIDE.screen(PAGE, "en", "GB")))
    in_order = (
        r"way through.*not your fault.*very many people.*usually nobody filmed.*often comes from an old leak"
        r".*do not pay.*do not answer.*change that password.*two-step sign-in.*report it"
    )
    assert re.search(in_order, words, re.IGNORECASE | re.DOTALL)


def test_whoever_has_pictures_to_fear_leaves_by_the_first_button() -> None:
    first = GUIDE.screen(PAGE, "en", "GB").actions[0]
    assert first == Button("It is different: they do have pictures", encode(Go("sextortion")))


@pytest.mark.parametrize("country", CONTENT.countries)
def test_it_shows_where_the_country_takes_reports_of_fraud(country: str) -> None:
    def takes_fraud(entry: Entry) -> bool:
        return "fraud-report" in entry.what and entry.leads_somewhere

    there = [entry.name for entry in CONTENT.directory[country].services if takes_fraud(entry)]
    cards = [one.name for one in GUIDE.screen(PAGE, "en", country).blocks if isinstance(one, Card)]
    assert [name for name in cards if name in there] == there[:1]


@pytest.mark.parametrize("screen_id", ["index", "sextortion/fake", "sextortion/deadline"])
def test_it_is_one_tap_from_where_such_readers_land(screen_id: str) -> None:
    actions = GUIDE.screen(screen_id, "en", "GB").actions
    assert encode(Go(PAGE)) in [action.id for action in actions if isinstance(action, Button)]


def test_an_offer_on_it_leads_there_and_shows_as_little_as_any() -> None:
    usual, offer = GUIDE.offer("sextortion", "en", "GB"), GUIDE.offer(PAGE, "en", "GB")
    targets = [action.id for action in offer.actions if isinstance(action, Button)]
    assert set(targets) == {encode(Go(PAGE)), "q1:wipe", "q1:stop"}
    assert [one.label for one in offer.actions] == [one.label for one in usual.actions]
    assert (offer.preview, offer.veiled, offer.blocks) == (usual.preview, True, usual.blocks)


@pytest.mark.parametrize(
    "text",
    [
        "email-scam",
        "e-mail scam",
        "emial scam",
        "scam emails",
        "email says they hacked my webcam",
        "an e-mail says they hacked my computer and filmed me",
        "someone emailed me a password and says they filmed me through my webcam, pay bitcoin",
        "I got an email with my password saying they recorded me",
        "got an email saying my computer was hacked and they have a video of me",
        "is this email real? they say they hacked me and want bitcoin",
        "I received an email that they recorded me watching porn",
        "got a spam email saying they have access to all my devices",
        "i got an email threatening to send a video to my family",
        "i got this email hello pervert",
        "email from hacker says he put pegasus on my phone",
        "they emailed me saying they have footage of me",
    ],
)
def test_people_find_it_in_their_own_words(text: str) -> None:
    assert GUIDE.find(text, "en") == PAGE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("he has my nudes and emailed them to my mom", "sextortion"),
        ("he emailed me my nudes", "sextortion"),
        ("he hacked my email and has my nudes", "sextortion"),
        ("he got into my email with my password and has my nudes", "sextortion"),
        ("i got an email threatening to send my nudes to everyone", "sextortion"),
        ("i am being blackmailed by email", "sextortion"),
        ("someone on insta hacked me and says he will leak my nudes", "sextortion"),
        ("they recorded our call on webcam and want money", "sextortion"),
        ("webcam blackmail", "sextortion"),
        ("i got an email saying they filmed me and i already paid", "sextortion/paid"),
        ("an email says they filmed me and i want to die", "sextortion/unsafe"),
        ("my email is hacked", "index"),
    ],
)
def test_it_takes_nobody_away_who_may_have_pictures_to_fear(text: str, expected: str) -> None:
    assert GUIDE.find(text, "en") == expected
