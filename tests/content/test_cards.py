"""What does a card say in another language, at an hour of the day, and long after it was checked?"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.content import Content, check, load
from bot.content.blocks import blocks, texts
from bot.content.hours import is_open
from bot.content.screen_file import Choice
from bot.model import Block, Card, Paragraph
from tests.content.real import CONTENT
from tests.content.tree import CHECKED, entry, screen, small, words, write

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
SENTENCES = {
    "summary": "They listen to you.",
    "hours": "most of the day",
    "cost": "free from most phones",
    "privacy": "they tell nobody",
    "chat": "on the website",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small(tmp_path)
    write(root / "de/words.yaml", words(free="kostenlos", always="Tag und Nacht", online="im Netz"))
    return root


def country(root: Path, *services: dict[str, object], **head: object) -> Content:
    """The folder with these services in Germany, all of them on one page."""
    write(root / "directory/de.yaml", {"country": "DE", **head, "services": list(services)})
    write(root / "en/about.yaml", screen(body=[{"services": [str(one["id"]) for one in services]}]))
    return load(root)


def cards(content: Content, locale: str = "en", now: datetime | None = None, place: str = "DE") -> list[Card]:
    return [one for one in blocks(content, locale, "about", place, now=now) if isinstance(one, Card)]


def facts(card: Card) -> dict[str, str]:
    return dict(card.contacts)


def test_another_language_shows_no_english_sentence(root: Path) -> None:
    content = country(
        root, entry("de-a", **SENTENCES, free=True, open="always", on_bill=False, audience=["under18"])
    )
    (card,) = cards(content, "de")
    assert card.summary == "Kind helpline"
    assert card.note.startswith("for under18 · ")
    assert facts(card) == {
        "Chat": "im Netz",
        "Hours": "Tag und Nacht",
        "Cost": "kostenlos, not seen on the bill",
    }
    (english,) = cards(content)
    assert english.summary == SENTENCES["summary"]
    assert facts(english)["Privacy"] == SENTENCES["privacy"]


@pytest.mark.parametrize(
    ("anonymous", "german", "english"),
    [
        (True, "no name needed", "they tell nobody"),
        (False, "name needed", "they tell nobody"),
        (None, None, "they tell nobody"),
    ],
)
def test_a_card_says_whether_a_name_is_needed(
    root: Path, anonymous: bool | None, german: str | None, english: str
) -> None:
    told = {} if anonymous is None else {"anonymous": anonymous}
    content = country(root, entry("de-a", privacy=SENTENCES["privacy"], **told))
    assert [facts(card).get("Privacy") for card in cards(content, "de")] == [german]
    assert [facts(card).get("Privacy") for card in cards(content)] == [english]


def test_a_card_says_whom_it_is_for_unless_that_is_anyone(root: Path) -> None:
    content = country(
        root, entry("de-a", audience=["under18", "parents"]), entry("de-b", audience=["anyone", "under18"])
    )
    first, second = (card.note.partition(" · ")[0] for card in cards(content))
    assert first == "for under18, for parents"
    assert second.startswith("Checked")


def test_a_translated_line_wins(root: Path) -> None:
    write(root / "de/directory.yaml", {"de-a": {"name": "Linie A", "short": "Sie hören zu."}})
    (card,) = cards(country(root, entry("de-a")), "de")
    assert (card.name, card.summary) == ("Linie A", "Sie hören zu.")


def test_a_line_for_a_service_that_is_not_there_is_refused(root: Path) -> None:
    write(root / "de/directory.yaml", {"de-none": {"short": "Niemand."}})
    expected = "messages/de/directory.yaml: de-none: no such service in messages/directory; mend the spelling"
    assert expected in check(root)


def test_an_address_to_chat_stands_in_every_language(root: Path) -> None:
    (card,) = cards(country(root, entry("de-a", chat="line.example/chat")), "de")
    assert facts(card)["Chat"] == "line.example/chat"


def test_chat_and_text_stand_before_the_phone(root: Path) -> None:
    (card,) = cards(country(root, entry("de-a", phone="116 111", text="12345", chat="a.example")))
    assert [label for label, _ in card.contacts] == ["Chat", "Text", "Phone"]


OFFICE = [{"days": ["mon", "tue"], "from": "09:00", "to": "17:00"}]


@pytest.mark.parametrize(
    ("at", "said"),
    [("07:59", "closed now"), ("08:00", "open now"), ("15:59", "open now"), ("16:00", "closed now")],
)
def test_a_card_says_whether_it_is_open_by_the_clock_of_its_country(root: Path, at: str, said: str) -> None:
    content = country(root, entry("de-a", open=OFFICE), zone="Europe/Berlin")
    now = NOON.replace(hour=int(at[:2]), minute=int(at[3:]))
    assert facts(*cards(content, now=now))["Hours"] == f"Mon, Tue 09:00-17:00 ({said})"
    assert facts(*cards(content))["Hours"] == "Mon, Tue 09:00-17:00"


def test_where_holidays_count_the_card_promises_less(root: Path) -> None:
    content = country(root, entry("de-a", open=OFFICE, closed_on_holidays=True), zone="Europe/Berlin")
    assert "open now, unless it is a holiday" in facts(*cards(content, now=NOON))["Hours"]


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (23, "05:59", True),  # Monday morning
        (23, "06:00", False),
        (23, "18:00", True),
        (24, "01:59", True),  # still Monday's night
        (24, "02:00", False),
        (27, "23:59", True),  # Friday into the weekend
        (28, "00:00", True),
        (29, "23:59", True),
    ],
)
def test_nights_and_weekends_belong_to_the_hours_they_began_in(day: int, clock: str, expected: bool) -> None:
    line = CONTENT.entry("gb-breathing-space")
    assert line.open
    now = datetime(2026, 11, day, int(clock[:2]), int(clock[3:]), tzinfo=UTC)
    assert is_open(line.open, "Europe/London", now) is expected


def test_what_nobody_checked_for_long_comes_last_and_says_so(root: Path) -> None:
    fresh = entry("de-fresh", checked=CHECKED + timedelta(days=300))
    country(root, entry("de-stale", lead_for=["adults"]), fresh)
    write(root / "en/about.yaml", screen(body=[{"services": {"what": ["helpline"], "most": 2}}]))
    content = load(root)
    later = NOON + timedelta(days=365)
    assert [card.name[-5:] for card in cards(content, now=NOON)] == ["stale", "fresh"]
    assert [card.name[-5:] for card in cards(content, now=later)] == ["fresh", "stale"]
    assert cards(content, now=later)[1].note == "Last checked November 24, 2026"
    assert cards(content, now=NOON)[0].note == "Checked November 24, 2026"


def test_the_line_is_not_said_twice_in_a_row(root: Path) -> None:
    country(root, entry("de-a"))
    wanted = [{"services": {"what": [what]}} for what in ("image-removal", "crisis-line")]
    write(root / "en/about.yaml", screen(body=wanted))
    shown = chosen(load(root), "DE")
    assert [type(block) for block in shown] == [Paragraph, Card, Card]


def chosen(content: Content, place: str) -> list[Block]:
    return list(blocks(content, "en", "about", place))


def test_a_country_that_lacks_a_kind_says_so_before_it_shows_others(root: Path) -> None:
    country(root, entry("de-a"))
    wanted = {"what": ["image-removal"]}
    write(root / "en/about.yaml", screen(body=[{"services": wanted}, {"services": wanted}]))
    content = load(root)
    line, card = chosen(content, "DE")  # once: the second time the card stands above already
    assert line == Paragraph("None for Germany. These are for any country:")
    assert isinstance(card, Card)
    assert card.name == "Name of int-tool"
    assert [type(block) for block in chosen(content, "international")] == [Card]
    assert content.lacks(Choice(what=("image-removal",)), "DE")


@pytest.mark.parametrize("place", CONTENT.countries)
def test_real_cards_in_another_language_hold_no_sentence_of_the_directory(place: str) -> None:
    german = Content({**CONTENT.languages, "de": CONTENT.languages["en"]}, CONTENT.directory)
    sentences = {
        sentence
        for file in CONTENT.directory.values()
        for one in file.services
        for sentence in (one.summary, one.short, one.hours, one.privacy)
        if sentence and " " in sentence
    }
    for screen_id in CONTENT.screen_ids:
        for block in blocks(german, "de", screen_id, place, now=NOON):
            if isinstance(block, Card):
                assert not [text for text in texts(block) if sentences & {text, text.partition(": ")[2]}]


@pytest.mark.parametrize(("locale", "label"), [("fr", "Téléphone\N{NO-BREAK SPACE}"), ("de", "Telefon")])
def test_french_puts_a_space_before_the_colon_behind_a_label(locale: str, label: str) -> None:
    cards = [one for one in blocks(CONTENT, locale, "sextortion/unsafe", "FR") if isinstance(one, Card)]
    assert label in {name for card in cards for name, _ in card.contacts}
