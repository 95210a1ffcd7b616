"""Does a broken pack name the file, the line, the key and the mend?"""

import re
from pathlib import Path

import pytest

from bot.detection import check, load
from bot.errors import ContentError
from tests.detection.packs import CONCEPTS, rules, words, write

RULE: dict[str, object] = {"all_of": ["threat", "nudes"]}


def both(folder: Path, rule_file: dict[str, object] | str, word_file: dict[str, object] | str) -> Path:
    write(folder, rule_file, "rules.yaml")
    return write(folder, word_file)


def test_good_files_have_no_fault(tmp_path: Path) -> None:
    assert check(both(tmp_path, rules(RULE), words())) == []


GROUPS = r"rules\.0\.all_of"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (rules(RULE, colour="red"), r"colour: is no known key"),
        (rules({**RULE, "withn": 3}), r"rules\.0\.withn: is no known key"),
        (rules({"all_of": ["threat", "gone"]}), GROUPS + r'\.1: "gone" is no concept'),
        (rules({**RULE, "weights": {"gone": 1}}), r'rules\.0\.weights\.gone: "gone" is no concept'),
        (rules({**RULE, "none_of": ["gone"]}), r'rules\.0\.none_of\.gone: "gone" is no concept'),
        (rules({**RULE, "none_of": {"joke": ["gone"]}}), r'rules\.0\.none_of\.joke: "gone" is no concept'),
        (rules({**RULE, "not_before": {"concept": "x", "words": 1}}), r'not_before\.concept: "x" is no'),
        (rules({"all_of": ["threat"]}), GROUPS + r": a rule needs at least two groups"),
        (rules({"all_of": ["plea", "joke"]}), GROUPS + r": every group has a common concept"),
        (rules(RULE, sequences={"s": {"of": ["threat", "gone"]}}), r'sequences\.s\.of\.1: "gone" is no'),
        (
            rules(RULE, sequences={"threat": {"of": ["nudes", "plea"]}}),
            r"threat: is a concept's name as well",
        ),
        (rules(RULE, none_of={"joke": ["gone"]}), r'yaml:\d+: none_of\.joke: "gone" is no concept'),
        (rules(RULE, groups={"g": ["threat", "gone"]}), r'groups\.g\.1: "gone" is no concept'),
        (rules(RULE, groups={"threat": ["nudes"]}), r"groups\.threat: is a concept's name as well"),
        (rules({**RULE, "none_of": ["g"]}, groups={"g": ["joke"]}), r'none_of\.g: "g" is no concept'),
        ("rules: [", r"is not valid YAML"),
        ("", r"holds no keys"),
    ],
)
def test_a_fault_of_the_rules_is_one_line_with_its_place(
    tmp_path: Path, content: dict[str, object] | str, said: str
) -> None:
    _is_said(both(tmp_path, content, words()), "rules.yaml", said)


def concepts(**more: object) -> dict[str, object]:
    return words(concepts={**CONCEPTS, **more})


def examples(match: str, no_match: str) -> dict[str, object]:
    return words(examples={"match": {"sextortion": [match]}, "no_match": ["hello", no_match]})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (words(colour="red"), r"colour: is no known key"),
        (
            words(concepts={"threat": ["threaten*"]}),
            r'concepts: "nudes" is missing; list words for it: words for',
        ),
        (concepts(other=["a"]), r'concepts\.other: "other" is no concept of rules\.yaml'),
        (concepts(money=["a*b c"]), r"concepts\.money\.0: .*star inside"),
        (concepts(money=["{gone}"]), r'concepts\.money\.0: .*names no list "gone"'),
        (concepts(money={"en": ["a"]}), r"concepts\.money: Input should be a valid list"),
        (examples("hello", "x"), r"examples\.match\.sextortion\.0: must offer sextortion and does not"),
        (examples("threatening nudes", "blackmail nudes"), r"examples\.no_match\.1: must not fire and does"),
        ("lists: [", r"is not valid YAML"),
        ("- a\n- b\n", r"holds no keys"),
        ("lists: {}\nlists: {}\n", r':2: the key "lists" stands twice'),
    ],
)
def test_a_fault_of_the_words_is_one_line_with_its_place(
    tmp_path: Path, content: dict[str, object] | str, said: str
) -> None:
    _is_said(both(tmp_path, rules(RULE), content), "en.yaml", said)


def _is_said(root: Path, file: str, said: str) -> None:
    lines = check(root)
    assert any(re.search(said, line) for line in lines), lines
    assert all(line.startswith(f"messages/triggers/{file}") and "\n" not in line for line in lines)
    with pytest.raises(ContentError) as raised:
        load(root)
    assert str(raised.value) == lines[0]


def test_the_line_is_the_one_to_mend(tmp_path: Path) -> None:
    root = both(tmp_path, rules({"all_of": ["threat", "unknown"]}), words())
    lines = (root / "triggers" / "rules.yaml").read_text(encoding="utf-8").splitlines()
    assert f"rules.yaml:{lines.index('  - unknown') + 1}: " in check(root)[0]


def test_every_language_is_checked(tmp_path: Path) -> None:
    write(tmp_path, "lists: [", "de.yaml")
    assert len(check(both(tmp_path, rules(RULE), ""))) == 2


def test_a_bare_word_that_fires_a_rule_is_a_fault(tmp_path: Path) -> None:
    root = both(
        tmp_path,
        rules({"all_of": ["threat", "threat"]}),
        words(examples={"match": {"sextortion": ["blackmail"]}, "no_match": ["hello"]}),
    )
    said = 'rules.0: the bare word "blackmail" fires it; its groups must need different words'
    assert [line.partition(": ")[2] for line in check(root)] == [said]
    assert load(root)  # not looked for at every start


@pytest.mark.parametrize("file", ["rules.yaml", "en.yaml"])
def test_rules_alone_or_words_alone_are_a_fault(tmp_path: Path, file: str) -> None:
    root = both(tmp_path, rules(RULE), words())
    (root / "triggers" / file).unlink()
    assert check(root) == [
        "messages/triggers: needs rules.yaml and the words of a language, at least en.yaml"
    ]


def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    root = both(tmp_path, rules(RULE), words())
    (root / "triggers" / "en.yaml").write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in check(root)[0]
