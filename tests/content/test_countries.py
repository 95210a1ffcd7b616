"""Are countries, their parts and their numbers what they are there?"""

from pathlib import Path

import pytest

from bot.content import Content, check, load
from bot.content.numbers import Number, fault, written
from bot.content.screen_file import Choice
from tests.content.real import CONTENT, MESSAGES
from tests.content.tree import entry, small, write

POLICE = Choice(what=("report-police",))
FRAUD = Choice(what=("fraud-report",))


def test_forty_four_countries_two_parts_and_any_country() -> None:
    assert len([code for code in CONTENT.countries if len(code) == 2]) == 44
    assert {"NO", "GB-SCT", "GB-NIR", "international"} <= set(CONTENT.countries)
    assert CONTENT.countries["GB"] == "United Kingdom"


def test_countries_are_named_and_sorted_in_the_reader_s_language() -> None:
    both = Content({**CONTENT.languages, "de": CONTENT.languages["en"]}, CONTENT.directory)
    assert both.country_name("DE", "de") == "Deutschland"
    names = [name for _, name in both.countries_for("de")]
    # Accents do not count: "Österreich" stands before "Pakistan".
    assert names.index("Norwegen") < names.index("Österreich") < names.index("Pakistan")
    assert both.countries_for("de")[-1] == ("international", "Any other country")
    with pytest.raises(KeyError):
        both.country_name("XX", "de")


def test_a_part_of_a_country_has_its_own_services_first_and_those_of_the_whole() -> None:
    scottish = [one.id for one in CONTENT.choose(POLICE, "GB-SCT")]
    assert scottish[0] == "gb-police-scotland"
    assert "gb-ceop" in scottish
    assert "gb-kent-police" not in scottish
    assert CONTENT.is_for("gb-childline", "GB-SCT")
    assert CONTENT.find_country("gb-sct") == "GB-SCT"
    assert CONTENT.emergency("GB-SCT") == CONTENT.emergency("GB")


def test_what_does_not_serve_a_part_is_not_shown_there() -> None:
    assert [one.id for one in CONTENT.choose(FRAUD, "GB-NIR")] == ["gb-report-fraud"]
    assert CONTENT.choose(FRAUD, "GB-SCT") == ()
    assert not CONTENT.is_for("gb-report-fraud", "GB-SCT")


def test_a_part_is_not_the_whole() -> None:
    assert not CONTENT.is_for("gb-police-scotland", "GB")
    assert not CONTENT.is_for("gb-police-scotland", "GB-NIR")


@pytest.mark.parametrize(
    ("number", "region"),
    [
        ("116 123", "GB"),
        ("1.96.96", "IT"),
        ("#8103", "JP"),
        ("*4141", "CL"),
        ("024", "ES"),
        ("0800 1111", "GB"),
        ("1-800-CALL-FBI", "US"),
        ("01 4000-4006", "AT"),
    ],
)
def test_numbers_that_people_can_dial_hold(number: str, region: str) -> None:
    assert fault(Number(number=number), region) is None


@pytest.mark.parametrize(
    "number", ["0800 1", "0345 6000 45", "12", "call us", "+49 30 123456", "1 2 3 4 5 6 7"]
)
def test_a_number_that_is_none_is_named_with_file_entry_and_mend(tmp_path: Path, number: str) -> None:
    root = small(tmp_path)
    write(root / "directory/gb.yaml", {"country": "GB", "services": [entry("gb-a", phone=number)]})
    mend = "compare it with its source, and if that has it so, add `unlisted: true`"
    line = f'messages/directory/gb.yaml: gb-a: phone: "{number}" is no number of GB; {mend}'
    assert check(root) == [line]


def test_a_real_number_the_library_does_not_know_is_kept_when_that_is_said() -> None:
    assert fault(Number(number="18001 0808 808 8000", unlisted=True), "GB") is None
    assert fault(Number(number="call us", unlisted=True), "GB")


@pytest.mark.parametrize(
    ("number", "region", "expected"),
    [
        ("08001111", "GB", "0800 1111"),
        ("0345 6000459", "GB", "0345 600 0459"),
        ("116 123", "GB", "116 123"),
        ("1-800-CALL-FBI", "US", "1-800-CALL-FBI"),  # the letters are what people remember
    ],
)
def test_a_number_is_written_as_people_there_do(number: str, region: str, expected: str) -> None:
    assert written(number, region) == expected


def test_writing_a_number_changes_no_digit() -> None:
    for file in CONTENT.directory.values():
        for one in (one for each in file.services for one in (*(each.phone or ()), *(each.text or ()))):
            shown = written(one.number, file.country[:2])
            assert [*filter(str.isdigit, shown)] == [*filter(str.isdigit, one.number)]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ({"country": "DE", "name": "Germany"}, "de.yaml: name: comes from CLDR"),
        ({"country": "GB-WLS", "part_of": "GB"}, "gb-wls.yaml: name: is missing"),
        ({"country": "FR-COR", "name": "Corsica", "part_of": "FR"}, "fr-cor.yaml: part_of: must be FR"),
        ({"country": "DE", "zone": "Europe/Bonn"}, 'de.yaml: zone: no time zone is called "Europe/Bonn"'),
    ],
)
def test_a_fault_in_the_head_of_a_file_is_named(tmp_path: Path, file: dict[str, str], expected: str) -> None:
    root, code = small(tmp_path), file["country"].lower()
    write(root / f"directory/{code}.yaml", {**file, "services": [entry(f"{code}-a")]})
    (line,) = check(root)
    assert line.startswith(f"messages/directory/{expected}")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"not_in": ["GB-SCT"]}, "gb-a: not_in: GB-SCT is no part of GB that has a file"),
        ({"open": [{"days": ["mon"], "from": "09:00", "to": "17:00"}]}, "gb-a: open: needs `zone:`"),
        ({"open": [{"days": ["mon"], "from": "9", "to": "17:00"}]}, "services.1.open."),
    ],
)
def test_a_fault_in_the_marks_of_an_entry_is_named(
    tmp_path: Path, facts: dict[str, object], expected: str
) -> None:
    root = small(tmp_path)
    write(root / "directory/gb.yaml", {"country": "GB", "services": [entry("gb-a", **facts)]})
    assert any(line.startswith(f"messages/directory/gb.yaml: {expected}") for line in check(root))


def test_norway_is_no_answer_to_a_question(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "directory/no.yaml").write_text((MESSAGES / "directory/no.yaml").read_text("utf-8"), "utf-8")
    assert "NO" in load(root).countries
