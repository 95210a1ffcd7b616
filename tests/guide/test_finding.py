"""Does what people type reach the screen they need?"""

from pathlib import Path

import pytest

from bot.content import load
from bot.guide import Guide
from bot.guide.finding import LONGEST, normalise
from tests.content.tree import small, write

TOPICS = {
    "sextortion": ["sextortion", "blackmail", "being blackmailed", "nudes leaked", "blackmailing me"],
    "sextortion/unsafe": ["suicide", "want to die", "not safe"],
    "sextortion/paid": ["already paid", "i paid"],
    "sextortion/friend": ["my friend", "my best friend"],
    "parents": ["parent", "my daughter"],
}


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    root = small(tmp_path)
    write(root / "en/topics.yaml", TOPICS)
    write(root / "de/topics.yaml", {"sextortion": ["erpresst", "Erpressung"], "parents": ["für Eltern"]})
    return Guide(load(root))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sextortion", "sextortion"),
        ("SEXTORTION", "sextortion"),
        ("sextorsion", "sextortion"),
        ("séxtortion", "sextortion"),
        ("\N{FULLWIDTH LATIN SMALL LETTER S}extortion", "sextortion"),
        ("blakcmail", "sextortion"),
        ("HELP im being blackmailed!!", "sextortion"),
        ("help... my nudes leaked?!", "sextortion"),
        ("my friend is being blackmailed", "sextortion/friend"),
        ("i'm being blackmailed and I already paid", "sextortion/paid"),
        ("i want to die", "sextortion/unsafe"),
        ("i want to just die", "sextortion/unsafe"),
        ("I'm not really safe", "sextortion/unsafe"),
        ("blackmail, sextortion, my friend, already paid, suicide", "sextortion/unsafe"),
        ("suicde", "sextortion/unsafe"),
        ("unsafe", "sextortion/unsafe"),
        ("parent", "parents"),
        ("paid", "sextortion/paid"),
        ("sextortion/paid", "sextortion/paid"),
        ("sextortion paid", "sextortion/paid"),
        ("sent more", "sextortion/sent-more"),
        ("under18", "sextortion/under18"),
        ("moderators", "moderators"),
        # Near, but not that.
        ("he is blackmailing me, he will send it to my friends", "sextortion"),
        ("i have not paid", "index"),
        ("die, want to", "index"),
        ("want some cake, to celebrate, dice", "index"),
        ("what is the weather", "index"),
        ("stopped", "index"),
        ("wiped", "index"),
        ("", "index"),
        ("!?…", "index"),
    ],
)
def test_plain_words_find_the_screen(guide: Guide, text: str, expected: str) -> None:
    assert guide.find(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ich werde erpresst", "sextortion"),
        ("ERPRESSUNG", "sextortion"),
        ("fur eltern", "parents"),
        ("i want to die", "sextortion/unsafe"),
        ("blackmail", "sextortion"),
    ],
)
def test_another_language_is_understood_beside_english(guide: Guide, text: str, expected: str) -> None:
    assert guide.find(text, "de") == expected


def test_only_the_beginning_of_a_long_text_is_read(guide: Guide) -> None:
    assert guide.find("la " * 100 + "blackmail", "en") == "sextortion"
    assert guide.find("la " * 1_000_000 + "blackmail", "en") == "index"


def test_letters_that_unfold_into_many_keep_the_work_bounded() -> None:
    assert (
        sum(map(len, normalise("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * LONGEST))) <= 2 * LONGEST
    )
