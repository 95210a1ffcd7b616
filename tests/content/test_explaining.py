"""Is a moderator told why a trigger fired in their own language?"""

from dataclasses import asdict
from pathlib import Path

import pytest

from bot.content import check
from bot.content.explaining_file import EXPLAINING, load_explaining
from bot.detection.shipped import shipped
from bot.detection.wording import Wording
from bot.errors import ContentError
from tests.content.tree import small, words, write
from tests.started import ROOT

MESSAGES = ROOT / "messages"
ENGLISH = load_explaining(MESSAGES, "en")
LOCALES = sorted(path.parent.name for path in MESSAGES.glob(f"*/{EXPLAINING}.yaml"))


def test_every_language_has_them() -> None:
    assert sorted(path.parent.name for path in MESSAGES.glob("*/words.yaml")) == LOCALES


def test_english_is_what_the_engine_says_by_itself_and_names_all_there_is() -> None:
    rules = shipped(MESSAGES).rules
    named = {name.replace("_", " ") for name in (*rules.names(), *rules.groups)}
    expected = asdict(Wording(names={name: name for name in named}))
    assert ENGLISH.model_dump(exclude={"translation"}) == expected


@pytest.mark.parametrize("locale", LOCALES)
def test_a_name_is_brief_and_no_other_language_keeps_the_english_ones(locale: str) -> None:
    names = load_explaining(MESSAGES, locale).names
    assert names.keys() == ENGLISH.names.keys()
    assert all(len(name.split()) <= 6 for name in names.values())
    same = [key for key, name in names.items() if key == name]
    assert locale == "en" or len(same) < len(names) / 4


@pytest.mark.parametrize(("asked", "found"), [("de-AT", "de"), ("pt-br", "pt-BR"), ("cy", "en"), ("", "en")])
def test_the_nearest_language_is_taken(asked: str, found: str) -> None:
    assert load_explaining(MESSAGES, asked) == load_explaining(MESSAGES, found)


def written(**changes: object) -> dict[str, object]:
    return {**ENGLISH.model_dump(exclude={"translation"}), **changes}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"fired": "fired"}, "fired: must hold {rule}, {score}, {threshold}, and nothing else in braces"),
        ({"silent": "{rule}"}, "silent: must hold nothing, and nothing else in braces"),
        ({"said": "{name"}, "said: has a brace without its other; mend it"),
        ({"names": {"cash": "money", "money": "Money"}}, 'names: "cash" and "money" go by the same name'),
        ({"shout": "!"}, "shout: unknown key"),
    ],
)
def test_a_fault_names_the_file_the_key_and_the_mend(
    tmp_path: Path, changes: dict[str, object], fault: str
) -> None:
    write(tmp_path / f"en/{EXPLAINING}.yaml", written(**changes))
    with pytest.raises(ContentError, match=EXPLAINING) as raised:
        load_explaining(tmp_path, "en")
    assert fault in str(raised.value)


def test_the_check_misses_a_name_a_file_and_a_change(tmp_path: Path) -> None:
    root = small(tmp_path)
    write(root / f"en/{EXPLAINING}.yaml", written())
    write(root / "de/words.yaml", words())
    assert any(line.endswith("de/explaining.yaml: not translated; English is shown") for line in check(root))
    fewer = dict(list(ENGLISH.names.items())[1:])
    state = {"of": "00000000", "by": "machine", "awaits": []}
    write(root / f"de/{EXPLAINING}.yaml", written(translation=state, silent="Still", names=fewer))
    told = "\n".join(check(root))
    assert 'names: lacks "sextortion"' in told
    assert "de/explaining.yaml: translation.of: the English file has changed since" in told
