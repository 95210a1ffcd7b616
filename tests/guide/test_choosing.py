"""Does a language or a country that somebody chose stay chosen, and is it easy to choose?"""

from pathlib import Path

import pytest
from babel import Locale

from bot.content import load
from bot.guide import Chosen, Go, Guide, parse
from bot.model import Button, Menu, Screen
from tests.content.real import CONTENT, GUIDE
from tests.content.tree import entry, screen, small, words, write

MANY = (
    *("AR", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CL", "CO", "CZ", "DE", "DK", "EE", "ES", "FI", "FR"),
    *("GR", "HR", "HU", "IE", "IN", "IT", "JP", "KE", "KR", "LT", "LV", "MX", "MY", "NG", "NL", "NO", "NZ"),
    *("PE", "PH", "PL", "PT", "RO", "SE", "SG", "SK", "TR", "US", "ZA"),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three languages and 46 countries."""
    root = small(tmp_path_factory.mktemp("many"))
    write(root / "de/words.yaml", words(language="Sprache / Language", unsafe="Nicht sicher"))
    for small_one in ("sextortion", "wiped", "stopped"):
        write(root / f"de/{small_one}.yaml", screen(preview="Deutsch.", unsafe=small_one == "sextortion"))
    write(root / "pt-BR/words.yaml", words(language="Idioma / Language"))
    crisis_lines = [{"services": {"what": ["crisis-line"]}}]
    write(root / "en/parents.yaml", screen(body=crisis_lines, actions=[{"wipe": "Clear"}, {"stop": "Never"}]))
    for code in MANY:
        services = [entry(f"{code.lower()}-line", what=["crisis-line"], phone="116 123")]
        also = ["Turkey"] if code == "TR" else []  # Unicode calls it Türkiye
        write(root / f"directory/{code.lower()}.yaml", {"country": code, "also": also, "services": services})
    return root


@pytest.fixture(scope="module")
def guide(root: Path) -> Guide:
    return Guide(load(root))


def choices(shown: Screen) -> set[Chosen]:
    asked = [parse(one.id) for one in shown.buttons if isinstance(one, Button)]
    assert None not in asked
    return {one.chosen for one in asked if one is not None}


def leads(shown: Screen, label: str) -> str:
    (button,) = [one for one in shown.buttons if one.label == label]
    assert isinstance(button, Button)
    asked = parse(button.id)
    assert isinstance(asked, Go)
    return asked.screen


@pytest.mark.parametrize("screen_id", ["parents", "sextortion", "sextortion/paid", "index"])
def test_what_was_chosen_rides_in_every_button(guide: Guide, screen_id: str) -> None:
    chosen = Chosen("de", "fr")
    shown = guide.screen(screen_id, "en", "GB", chosen)
    assert choices(shown) == {chosen}


def test_a_chosen_language_goes_before_the_apps(guide: Guide) -> None:
    assert guide.screen("sextortion", "en", "GB", Chosen("de")).preview == "Deutsch."
    assert guide.screen("wiped", "en", "GB", Chosen("de")).preview == "Deutsch."
    assert guide.screen("sextortion", "de", "GB", Chosen("en")).preview == "A calm first line."


def test_a_chosen_country_goes_before_the_communitys(guide: Guide) -> None:
    shown = guide.screen("parents", "en", "GB", Chosen(country="fr"))
    assert "fr-line" in str(shown.blocks)
    assert "gb-line" not in str(shown.blocks)


def test_the_page_of_a_country_is_the_choice_of_it(guide: Guide) -> None:
    shown = guide.screen("sextortion/report/fr", "en", "GB", Chosen("de", "us"))
    assert choices(shown) == {Chosen("de", "fr")}
    anywhere = guide.screen("sextortion/report/international", "en", "GB")
    assert choices(anywhere) == {Chosen(country="international")}


@pytest.mark.parametrize("forged", [Chosen("xx"), Chosen(country="zz"), Chosen("xx", "zz"), Chosen("", "")])
def test_a_choice_of_what_is_not_there_is_none(guide: Guide, forged: Chosen) -> None:
    assert guide.screen("sextortion", "de", "GB", forged) == guide.screen("sextortion", "de", "GB")


@pytest.mark.parametrize("screen_id", ["index", "sextortion", "about", "privacy"])
def test_the_languages_are_one_tap_from_where_people_arrive(guide: Guide, screen_id: str) -> None:
    assert leads(guide.screen(screen_id, "de", "GB"), "Sprache / Language") == "language"


def test_each_language_is_offered_in_its_own_name_and_then_stays(guide: Guide) -> None:
    shown = guide.screen("language", "en", "GB", Chosen(country="fr"))
    assert shown.actions[:3] == (
        Button("English", "q2:go:sextortion:en:fr"),
        Button("Deutsch", "q2:go:sextortion:de:fr"),
        Button("Português (Brasil)", "q2:go:sextortion:pt-BR:fr"),
    )
    assert leads(shown, "I am not safe") == "sextortion/unsafe"


def test_one_language_alone_is_no_choice(tmp_path: Path) -> None:
    guide = Guide(load(small(tmp_path)))
    assert "Language" not in [one.label for one in guide.screen("index", "en", "GB").actions]
    assert guide.screen("language", "en", "GB").id == "index"


@pytest.mark.parametrize(
    ("locale", "country", "chosen", "expected"),
    [
        ("en-US", "GB", Chosen(), ["United Kingdom", "United States"]),
        ("de", "GB", Chosen(), ["Vereinigtes Königreich", "Deutschland"]),
        ("de-AT", "", Chosen(), ["Österreich"]),
        ("pt_BR", "GB", Chosen(), ["Reino Unido", "Brasil"]),
        ("fil", "GB", Chosen(), ["United Kingdom", "Philippines"]),
        ("es-419", "GB", Chosen(), ["United Kingdom"]),
        ("en-GB", "GB", Chosen("de", "at"), ["Österreich", "Vereinigtes Königreich", "Deutschland"]),
        (None, "nowhere", Chosen(), []),
        ("?", "GB", Chosen(), ["United Kingdom"]),
    ],
)
def test_where_to_report_suggests_the_likely_countries(
    guide: Guide, locale: str | None, country: str, chosen: Chosen, expected: list[str]
) -> None:
    shown = guide.screen("sextortion/report", locale, country, chosen)
    labels = [one.label for one in shown.actions]
    assert labels[: len(expected) + 2] == [*expected, "Another country", "Any country"]


@pytest.mark.parametrize("locale", ["en", "de", "pt-BR"])
def test_every_country_is_on_one_of_the_lists_in_the_readers_order(guide: Guide, locale: str) -> None:
    first, second = (guide.screen(f"sextortion/countries/{number}", locale, "GB") for number in (1, 2))
    menus = [one for shown in (first, second) for one in shown.actions if isinstance(one, Menu)]
    assert [len(menu.options) for menu in menus] == [24, len(MANY) + 1 - 24]
    ids = {option.id for menu in menus for option in menu.options}
    assert ids == {f"q1:go:sextortion/report/{code.lower()}" for code in (*MANY, "GB")}
    assert leads(first, "More countries") == second.id
    assert leads(second, "The countries before") == first.id
    for shown in (first, second):
        assert leads(shown, "Any country") == "sextortion/report/international"
        assert leads(shown, "Back") == "sextortion"


def test_accents_do_not_move_a_country(guide: Guide) -> None:
    shown = guide.screen("sextortion/countries/2", "de", "GB")
    (menu,) = [one for one in shown.actions if isinstance(one, Menu)]
    labels = [option.label for option in menu.options]
    assert labels.index("Norwegen") < labels.index("Österreich") < labels.index("Peru")


@pytest.mark.parametrize("unknown", ["0", "3", "x", "01", "-1"])
def test_a_list_that_is_not_there_is_the_index(guide: Guide, unknown: str) -> None:
    assert guide.screen(f"sextortion/countries/{unknown}", "en", "GB").id == "index"


@pytest.mark.parametrize(
    ("typed", "locale", "expected"),
    [
        ("germany", "en", "sextortion/report/de"),
        ("  Germany! ", "en", "sextortion/report/de"),
        ("Deutschland", "en", "sextortion/report/de"),
        ("Germany", "de", "sextortion/report/de"),
        ("alemanha", "de", "sextortion/report/de"),
        ("osterreich", "de", "sextortion/report/at"),
        ("report in Turkey", "en", "sextortion/report/tr"),
        ("in the weather", "en", "index"),
        ("united kingdom", "en", "sextortion/report/gb"),
        ("turkey sandwich", "en", "index"),
        ("i want to die in Germany", "en", "sextortion/unsafe"),
        ("blackmail in germany", "en", "sextortion"),
        ("in", "en", "index"),
    ],
)
def test_a_countrys_name_opens_its_page_when_it_is_all(
    guide: Guide, typed: str, locale: str, expected: str
) -> None:
    assert guide.find(typed, locale) == expected


@pytest.mark.parametrize("name", ["Germany", "Deutschland", "DE", "de"])
def test_a_country_is_chosen_by_code_or_name(guide: Guide, name: str) -> None:
    assert guide.country(name, "en") == Chosen(country="de")


@pytest.mark.parametrize("typed", ["", "xx", "the moon"])
def test_what_is_no_country_is_no_choice(guide: Guide, typed: str) -> None:
    assert guide.country(typed, "en") == Chosen()


def test_suggestions_begin_with_the_likely_ones_and_end_with_elsewhere(guide: Guide) -> None:
    found = guide.countries("", "de-AT", "GB")
    assert found[:3] == (("Vereinigtes Königreich", "GB"), ("Österreich", "AT"), ("Argentinien", "AR"))
    assert found[-1] == ("Any country", "international")
    assert len(found) == 25


@pytest.mark.parametrize(
    ("typed", "expected"), [("ger", ["Germany"]), ("deutsch", ["Germany"]), ("uni ki", ["United Kingdom"])]
)
def test_suggestions_follow_what_is_typed(guide: Guide, typed: str, expected: list[str]) -> None:
    assert [name for name, _ in guide.countries(typed, "en-GB", "GB")] == [*expected, "Any country"]


def test_the_menu_asks_for_the_country_where_help_is_asked_for(guide: Guide) -> None:
    asking = [info.topic for info in guide.menu() if info.country]
    assert asking == ["sextortion"]


def test_nothing_about_choosing_tells_who_reads_over_a_shoulder_what_it_is_about() -> None:
    words = CONTENT.words("en")
    labels = (words.language, words.choose_language, words.choose_country, words.country_option)
    for text in (*labels, words.other_country, words.any_country, words.next_page, words.previous_page):
        assert not [stem for stem in words.never_on_lock_screen if stem in text.casefold()]


@pytest.mark.parametrize("locale", ["en", "es", "fr", "de", "pt-BR", "it", "nl", "pl", "fil", "hi"])
def test_no_countrys_name_is_mistaken_for_danger(locale: str) -> None:
    named = Locale.parse(locale, sep="-").territories
    assert not [name for code, name in named.items() if GUIDE.find(name, "en") == "sextortion/unsafe"]
