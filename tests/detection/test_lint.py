"""Are terms and phrases named that everyday words match, and misspellings that are words?"""

import shutil
from pathlib import Path

import pytest

from bot.detection.commonest import commonest
from bot.detection.lint import check, warnings
from bot.errors import ContentError
from tests.detection.packs import CONCEPTS, MESSAGES, rules, words, write

RULE: dict[str, object] = {"all_of": ["threat", "nudes"]}
WORDS = commonest(MESSAGES)


def test_every_shipped_language_has_its_commonest_words() -> None:
    packs = {path.stem for path in (MESSAGES / "triggers").glob("*.yaml")} - {"rules"}
    by_language: dict[str, int] = {}
    for word in WORDS:
        by_language[word.language] = max(word.rank, by_language.get(word.language, 0))
    assert packs <= by_language.keys()
    assert {language for language, size in by_language.items() if size < 3_000} <= {"hi-Latn"}
    assert next(word.written for word in WORDS if word.language == "en") == "the"


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("*ass*", ("also matches", '"dass" (de)', "more common words")),
        ("/p.s/", ("also matches", "more common words")),
        ("send", ("one of the 1,000 commonest words (en)",)),
        ("SEND", ("one of the 1,000 commonest words (en)",)),
        ("mierda", ("one of the 1,000 commonest words (es)",)),
        ("नहीं", ("one of the 1,000 commonest words (hi)",)),
        ("of the", ("only everyday words (en)",)),
    ],
)
def test_a_phrase_that_is_found_everywhere_is_warned_of(phrase: str, said: tuple[str, ...]) -> None:
    line = warnings([phrase], WORDS)[phrase]
    assert all(part in line for part in said)


@pytest.mark.parametrize("phrase", ["blackmail*", "gonna out me", "sextortion", "/bl[a4]ckm/", "threat*"])
def test_a_phrase_that_is_not_is_left_alone(phrase: str) -> None:
    assert warnings([phrase], WORDS) == {}


def test_many_phrases_are_told_apart() -> None:
    assert set(warnings(["send", "gonna out me", "*ass*"], WORDS)) == {"send", "*ass*"}


def test_a_word_may_be_common_where_the_concept_is_and_an_open_one_may_not() -> None:
    assert set(warnings(["send", "of the", "*ass*"], WORDS, may_be_common={"send", "of the", "*ass*"})) == {
        "*ass*"
    }


def faults(folder: Path, threat: list[str], **more: object) -> list[str]:
    root = write(folder, rules(RULE), "rules.yaml")
    write(folder, words(concepts={**CONCEPTS, "threat": threat}, **more))
    shutil.copytree(MESSAGES / "triggers/common", root / "triggers/common", dirs_exist_ok=True)
    return check(root)


def test_an_everyday_word_in_an_uncommon_concept_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, ["threaten*", "that"])
    assert fault.startswith("messages/triggers/en.yaml:4: concepts.threat.1: ")
    assert '"that" (en)' in fault
    assert "common: true" in fault


def test_it_is_none_in_a_phrase_or_where_the_concept_is_common(tmp_path: Path) -> None:
    assert faults(tmp_path, ["threaten*", "that he {will,can} threaten"]) == []  # `not` and `help` are common


def test_a_common_word_that_is_read_as_a_misspelling_must_be_listed(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, ["brother"])
    assert fault.endswith('real_words: "bother" (en) is read as a misspelling of "brother"; list it here')
    assert fault.startswith("messages/triggers/en.yaml:")
    assert faults(tmp_path, ["brother"], real_words=["bother"]) == []
    assert faults(tmp_path, ["brother", "bother"]) == []


def test_words_of_other_languages_are_looked_at_as_well(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, ["marriage"])
    assert '"mariage" (fr) is read as a misspelling of "marriage"' in fault


def test_packs_that_cannot_be_read_are_left_to_their_own_check(tmp_path: Path) -> None:
    assert check(write(tmp_path, "concepts: [")) == []
    assert faults(tmp_path, ["o*t"]) == []


@pytest.mark.parametrize("terms", [[], ["gone"]])
def test_packs_with_an_unknown_concept_are_left_to_their_own_check(tmp_path: Path, terms: list[str]) -> None:
    root = write(tmp_path, rules({"all_of": ["threat", "nudes"]}), "rules.yaml")
    write(tmp_path, words(concepts=CONCEPTS | {"unknown": terms}))
    assert check(root) == []


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "triggers/common"
    folder.mkdir(parents=True)
    (folder / "en.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(ContentError, match=r"triggers/common/en\.txt: cannot be read: it is not UTF-8"):
        commonest(tmp_path)
