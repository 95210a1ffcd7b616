"""Does each screen show the right things, and lead where its buttons say?"""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.content import load
from bot.guide import Chosen, Go, Guide
from bot.model import Button, Card, Link, Paragraph, Quote, Steps
from tests.content.tree import entry, screen, small, words, write

BACK = Button("Back", "q1:go:sextortion")
UNSAFE = Button("I am not safe", "q1:go:sextortion/unsafe")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small(tmp_path)


def guide(root: Path) -> Guide:
    return Guide(load(root))


def test_blocks_and_actions_are_built_in_order(root: Path) -> None:
    body = [{"say": "One."}, {"steps": ["Two.", "Three."]}, {"quote": "Four."}]
    actions = [
        {"go": "sextortion/paid", "label": "I paid"},
        {"service": "int-tool", "label": "A tool"},
        {"stop": "Never again"},
        {"wipe": "Clear"},
    ]
    write(root / "en/parents.yaml", screen(body=body, actions=actions))
    shown = guide(root).screen("parents", "en", "GB")
    assert (shown.id, shown.preview, shown.veiled) == ("parents", "A calm first line.", False)
    assert shown.blocks == (Paragraph("One."), Steps(("Two.", "Three.")), Quote("Four."))
    assert shown.actions == (
        Button("I paid", "q1:go:sextortion/paid"),
        Link("A tool", "https://int-tool.example/"),
        Button("Never again", "q1:stop"),
        Button("Clear", "q1:wipe"),
        UNSAFE,
    )


def test_screens_below_the_first_lead_back_and_to_safety(root: Path) -> None:
    shown = guide(root)
    assert shown.screen("sextortion/paid", "en", "GB").actions == (BACK, UNSAFE)
    assert shown.screen("sextortion", "en", "GB").actions == (UNSAFE,)
    assert shown.screen("sextortion/unsafe", "en", "GB").actions == (BACK,)
    assert shown.screen("note", "en", "GB").actions == ()


def test_a_screen_that_leads_back_in_its_own_words_has_one_such_button(root: Path) -> None:
    write(root / "en/sextortion/paid.yaml", screen(actions=[{"go": "sextortion", "label": "First steps"}]))
    labels = [action.label for action in guide(root).screen("sextortion/paid", "en", "GB").actions]
    assert labels == ["First steps", "I am not safe"]


def test_an_offer_is_veiled(root: Path) -> None:
    write(root / "en/offer.yaml", screen(unsafe=False, veiled=True))
    assert guide(root).screen("offer", "en", "GB").veiled


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("sextortion", "sextortion"),
        ("sextortion/friend", "sextortion/friend"),
        ("parents", "parents"),
        # Nothing anybody could ask for by that name: the first screen is never wrong.
        ("nowhere", "sextortion"),
        ("", "sextortion"),
        ("wiped", "sextortion"),
    ],
)
def test_an_offer_leads_to_its_topic_and_changes_nothing_else(root: Path, topic: str, expected: str) -> None:
    actions = [{"go": "sextortion", "label": "Read"}, {"wipe": "Not me"}, {"stop": "Never"}]
    write(root / "en/offer.yaml", screen(unsafe=False, veiled=True, actions=actions))
    shown = guide(root)
    plain, offer = shown.screen("offer", "en", "GB"), shown.offer(topic, "en", "GB")
    assert offer.actions == (Button("Read", f"q1:go:{expected}"), *plain.actions[1:])
    assert replace(offer, actions=plain.actions) == plain


@pytest.mark.parametrize(
    "unknown", ["", "nowhere", "words", "sextortion/report-country", "sextortion/report/fr", "../x"]
)
def test_an_unknown_screen_is_the_index(root: Path, unknown: str) -> None:
    assert guide(root).screen(unknown, "en", "GB").id == "index"


def test_a_card_holds_the_facts_of_its_entry(root: Path) -> None:
    write(root / "en/parents.yaml", screen(body=[{"services": ["gb-line", "gb-no-url"]}]))
    line, text = guide(root).screen("parents", "en", "GB").blocks
    assert line == Card(
        "Name of gb-line",
        "They listen.",
        "https://gb-line.example/",
        (("Phone", "116 123 (United Kingdom)"), ("Hours", "24 hours")),
        "Checked November 24, 2026",
    )
    assert isinstance(text, Card)
    assert text.contacts == (("Text", "85258 (United Kingdom)"),)


def test_an_entry_to_verify_first_shows_name_and_link_only(root: Path) -> None:
    write(root / "en/parents.yaml", screen(body=[{"services": ["gb-old"]}]))
    assert guide(root).screen("parents", "en", "GB").blocks == (
        Card("Name of gb-old", "", "https://gb-old.example/"),
    )


def names(root: Path, choice: dict[str, object], country: str) -> list[str]:
    write(root / "en/parents.yaml", screen(body=[{"services": choice}]))
    cards = guide(root).screen("parents", "en", country).blocks
    return [card.name.removeprefix("Name of ") for card in cards if isinstance(card, Card)]


@pytest.mark.parametrize(
    ("choice", "country", "expected"),
    [
        ({"what": ["crisis-line"]}, "GB", ["gb-line"]),
        ({}, "GB", ["gb-ceop", "gb-line", "gb-old", "gb-no-url"]),
        ({"most": 1}, "GB", ["gb-ceop"]),
        ({"for": ["adults"]}, "GB", ["gb-old", "gb-line", "gb-no-url"]),
        ({"for": ["under18"]}, "GB", ["gb-ceop", "gb-old", "gb-line", "gb-no-url"]),
        ({"what": ["image-removal"]}, "GB", ["int-tool"]),
        ({"what": ["crisis-line"]}, "FR", ["int-finder"]),
        ({"what": ["crisis-line"]}, "gb", ["gb-line"]),
        ({"what": ["fraud-report"]}, "GB", []),
    ],
)
def test_services_are_chosen_for_country_and_audience(
    root: Path, choice: dict[str, object], country: str, expected: list[str]
) -> None:
    assert names(root, choice, country) == expected


def test_crisis_names_the_country_and_its_line_then_the_finder(root: Path) -> None:
    write(root / "en/parents.yaml", screen(body=[{"crisis": True}]))
    elsewhere, url = "Elsewhere? They listen.", "https://int-finder.example/"
    finder = Card("Name of int-finder", elsewhere, url)
    shown = guide(root)
    assert shown.screen("parents", "en", "GB").blocks == (
        Paragraph(
            "**In danger? 999 or 112** (United Kingdom). Talk to Name of gb-line: 116 123 (United Kingdom)."
        ),
        finder,
    )
    assert shown.screen("parents", "en", "JP").blocks == (
        Paragraph("**In danger? Call for help.**"),
        Card("Name of int-finder", "They listen.", url),
    )


def test_a_service_has_one_card_on_a_screen(root: Path) -> None:
    body = [{"crisis": True}, {"services": {"what": ["crisis-line"]}}, {"services": ["int-finder"]}]
    write(root / "en/parents.yaml", screen(body=body))
    shown = guide(root)
    for country, expected in (("GB", ["int-finder", "gb-line"]), ("JP", ["int-finder"])):
        cards = [one for one in shown.screen("parents", "en", country).blocks if isinstance(one, Card)]
        assert [card.name.removeprefix("Name of ") for card in cards] == expected


def test_a_card_says_it_briefly_where_somebody_did(root: Path) -> None:
    us = {"country": "US", "services": [entry("us-a", short="They help.")]}
    write(root / "directory/us.yaml", us)
    write(root / "en/parents.yaml", screen(body=[{"services": ["us-a"]}]))
    (card,) = guide(root).screen("parents", "en", "US").blocks
    assert isinstance(card, Card)
    assert card.summary == "They help."


def test_clear_is_the_last_but_unsafe(root: Path) -> None:
    actions = [{"wipe": "Clear"}, {"go": "sextortion/report", "label": "Report"}]
    write(root / "en/parents.yaml", screen(actions=actions))
    labels = [action.label for action in guide(root).screen("parents", "en", "GB").actions]
    assert labels[:2] == ["Report", "Clear"]


def test_services_of_another_country_are_left_out(root: Path) -> None:
    actions = [{"service": "gb-line", "label": "UK line"}, {"service": "int-finder", "label": "Anywhere"}]
    write(root / "en/parents.yaml", screen(actions=actions, body=[{"services": ["gb-line", "int-finder"]}]))
    shown = guide(root)

    def seen(country: str) -> tuple[list[str], int]:
        page = shown.screen("parents", "en", country)
        return [action.label for action in page.actions][:2], len(page.blocks)

    assert seen("GB") == (["UK line", "Anywhere"], 2)
    assert seen("JP")[0][0] == "Anywhere"
    assert seen("JP")[1] == 1


def test_report_leads_to_a_page_for_each_country(root: Path) -> None:
    template = screen(body=[{"services": {"what": ["report-police", "image-removal"]}}])
    write(root / "en/sextortion/report-country.yaml", template)
    shown = guide(root)
    assert shown.screen("sextortion/report", "en", "GB").actions == (
        Button("United Kingdom", "q1:go:sextortion/report/gb"),
        Button("Another country", "q1:go:sextortion/countries/1"),
        Button("Any country", "q1:go:sextortion/report/international"),
        BACK,
        UNSAFE,
    )
    # The page's country counts, not the reader's.
    page = shown.screen("sextortion/report/gb", "en", "FR")
    assert page.id == "sextortion/report/gb"
    heading, card = page.blocks
    assert heading == Paragraph("**United Kingdom**")
    assert isinstance(card, Card)
    assert card.name == "Name of gb-ceop"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("de", "Deutsch"),
        ("de-AT", "Deutsch"),
        ("DE_at", "Deutsch"),
        ("pt-br", "Brasil"),
        ("pt", "English"),
        ("en-GB", "English"),
        ("xx", "English"),
        ("", "English"),
        (None, "English"),
    ],
)
def test_the_readers_language_exactly_then_roughly_then_the_default(
    root: Path, locale: str | None, expected: str
) -> None:
    write(root / "en/about.yaml", screen(preview="English"))
    write(root / "de/about.yaml", screen(preview="Deutsch"))
    write(root / "pt-BR/about.yaml", screen(preview="Brasil"))
    assert guide(root).screen("about", locale, "GB").preview == expected


def test_another_default_language(root: Path) -> None:
    write(root / "de/about.yaml", screen(preview="Deutsch"))
    write(root / "de/words.yaml", words(unsafe="Nicht sicher"))
    shown = Guide(load(root), "de-DE")
    assert shown.screen("about", "fr", "GB").preview == "Deutsch"
    # What German lacks is English; the buttons around it stay German.
    parents = shown.screen("parents", "fr", "GB")
    assert parents.preview == "A calm first line."
    assert parents.actions[-1].label == "Nicht sicher"
    assert Guide(load(root), "fr").screen("about", None, "GB").preview == "A calm first line."


def test_deep_links_lead_there_and_back(root: Path) -> None:
    shown = guide(root)
    assert shown.start("sextortion_paid") == Go("sextortion/paid")
    assert shown.start("sextortion_report_gb") == Go("sextortion/report/gb")
    for screen_id in ("sextortion", "sextortion/sent-more", "sextortion/countries/1", "index"):
        assert shown.start(shown.screen(screen_id, "en", "GB").link) == Go(screen_id)
    chosen = Chosen("en", "gb")
    assert shown.start(shown.screen("sextortion/paid", "xx", "US", chosen).link) == Go(
        "sextortion/paid", chosen
    )


@pytest.mark.parametrize(
    "payload", ["", "nowhere", "sextortion/paid", "sextortion paid", "x" * 65, "stopped", "wiped"]
)
def test_any_other_deep_link_leads_to_the_index(root: Path, payload: str) -> None:
    assert guide(root).start(payload) == Go("index")


def test_the_menu_describes_each_command_in_every_language(root: Path) -> None:
    german = words()["commands"]
    assert isinstance(german, dict)
    write(root / "de/words.yaml", words(commands={**german, "help sextortion": "Erste Schritte."}))
    menu = guide(root).menu()
    assert [(info.name, info.topic) for info in menu][:3] == [
        ("help", None),
        ("help", "sextortion"),
        ("help", "prevention"),
    ]
    assert menu[1].descriptions == {"en": "What help sextortion does.", "de": "Erste Schritte."}


def test_nothing_is_lost_between_yaml_and_reader(root: Path) -> None:
    """A text that YAML folds over lines arrives as one line."""
    (root / "en/parents.yaml").write_text(
        "preview: Hi\nbody:\n  - say: >\n      One\n      two.\n", encoding="utf-8"
    )
    assert (
        yaml.safe_load((root / "en/parents.yaml").read_text(encoding="utf-8"))["body"][0]["say"]
        == "One two.\n"
    )
    assert guide(root).screen("parents", "en", "GB").blocks == (Paragraph("One two."),)
