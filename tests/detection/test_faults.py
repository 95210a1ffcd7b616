"""Does a broken pack name the file, the line, the key and the mend?"""

import re
from pathlib import Path

import pytest

from bot.detection import check, load
from bot.errors import ContentError
from tests.detection.packs import CONCEPTS, pack, write

RULE: dict[str, object] = {"all_of": ["threat", "nudes"]}


def test_a_good_pack_has_no_fault(tmp_path: Path) -> None:
    assert check(write(tmp_path, pack(RULE))) == []


GROUPS = r"rules\.0\.all_of"


def concepts(x: dict[str, object]) -> dict[str, object]:
    """A good pack but for the concept `x`."""
    return pack(RULE, concepts={**CONCEPTS, "x": x})


def examples(match: str, no_match: str) -> dict[str, object]:
    return pack(RULE, examples={"match": [match], "no_match": ["hello", no_match]})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pack(RULE, colour="red"), r"colour: is no known key"),
        (pack({**RULE, "withn": 3}), r"rules\.0\.withn: is no known key"),
        (pack({"all_of": ["threat", "gone"]}), GROUPS + r'\.1: "gone" is no concept'),
        (pack({**RULE, "weights": {"gone": 1}}), r'rules\.0\.weights\.gone: "gone" is no concept'),
        (pack({**RULE, "not_before": {"concept": "x", "words": 1}}), r'not_before\.concept: "x" is no'),
        (pack({"all_of": ["threat"]}), GROUPS + r": a rule needs at least two groups"),
        (pack({"all_of": ["threat", "threat"]}), r'rules\.0: the bare word "blackmail" fires it'),
        (pack({"all_of": ["plea", "joke"]}), GROUPS + r": every group has a common concept"),
        (pack(RULE, sequences={"s": {"of": ["threat", "gone"]}}), r'sequences\.s\.of\.1: "gone" is no'),
        (concepts({"en": ["a*b c"]}), r"concepts\.x\.en\.0: .*star inside"),
        (concepts({"English": ["a"]}), r'concepts\.x: "English" is no language'),
        (concepts({"en": []}), r"concepts\.x: has no term"),
        (examples("hello", "x"), r"examples\.match\.0: must fire and does not"),
        (examples("threatening nudes", "blackmail nudes"), r"examples\.no_match\.1: must not fire and does"),
        ("pack: [", r"is not valid YAML"),
        ("- a\n- b\n", r"holds no keys"),
        ("", r"holds no keys"),
        ("pack: a\npack: b\n", r':2: the key "pack" stands twice'),
    ],
)
def test_a_fault_is_one_line_with_its_place(
    tmp_path: Path, content: dict[str, object] | str, said: str
) -> None:
    root = write(tmp_path, content)
    lines = check(root)
    assert any(re.search(said, line) for line in lines), lines
    assert all(line.startswith("messages/triggers/en.yaml") and "\n" not in line for line in lines)
    with pytest.raises(ContentError) as raised:
        load(root)
    assert str(raised.value) == lines[0]


def test_the_line_is_the_one_to_mend(tmp_path: Path) -> None:
    root = write(tmp_path, pack({"all_of": ["threat", "unknown"]}))
    lines = (root / "triggers" / "en.yaml").read_text(encoding="utf-8").splitlines()
    assert f"en.yaml:{lines.index('  - unknown') + 1}: " in check(root)[0]


def test_every_file_is_checked(tmp_path: Path) -> None:
    write(tmp_path, "pack: [", "de.yaml")
    root = write(tmp_path, "", "en.yaml")
    assert len(check(root)) == 2


def test_no_pack_at_all_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    assert check(tmp_path / "messages") == [
        "messages/triggers: holds no trigger pack; put at least en.yaml there"
    ]


def test_a_file_that_is_no_text_is_a_fault(tmp_path: Path) -> None:
    root = write(tmp_path, "")
    (root / "triggers" / "en.yaml").write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in check(root)[0]
