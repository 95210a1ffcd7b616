"""Does what people type reach the screen they need?"""

from pathlib import Path

import pytest

from bot.content import load
from bot.guide import Guide
from bot.guide.finding import LONGEST, normalise
from tests.content.tree import small, write

TOPICS = {
    "sextortion": [
        "sextortion",
        "blackmail",
        "being blackmailed",
        "nudes leaked",
        "blackmailing me",
        "filmed me",
    ],
    "sextortion/unsafe": ["suicide", "want to die", "not safe", "kill myself", "cant do this anymore"],
    "sextortion/paid": ["paid", "already paid", "i paid", "paid them"],
    "sextortion/friend": ["my friend", "my best friend"],
    "sextortion/under18": ["im 14."],
    "sextortion/deleted": ["dont have proof"],
    "sextortion/posted": ["it has been posted", "posted"],
    "parents": ["parent", "my daughter", "my niece", "mum.", "carer"],
    "moderators": ["mod"],
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
        # Slips in short words, where the rest of the phrase makes up for them.
        ("i wanna kil myself", "sextortion/unsafe"),
        ("i will killlll myself", "sextortion/unsafe"),
        ("wnat to die", "sextortion/unsafe"),
        ("kill my self", "sextortion/unsafe"),
        ("i cant do this any more", "sextortion/unsafe"),
        ("nuds leaked", "sextortion"),
        ("nudez leaked", "sextortion"),
        ("my freind", "sextortion/friend"),
        ("freind", "sextortion/friend"),
        ("paretns", "parents"),
        # What counts only when it is all.
        ("mum", "parents"),
        ("mum made cake", "index"),
        ("im 14", "sextortion/under18"),
        ("I'm 14!", "sextortion/under18"),
        ("im 14 and he is blackmailing me", "sextortion"),
        # What is said not to be so leads to the screen above.
        ("i have not paid", "sextortion"),
        ("i havent paid them", "sextortion"),
        ("it has not been posted", "sextortion"),
        ("it has been posted, i did not pay", "sextortion/posted"),
        ("i have not paid but my friend has", "sextortion/friend"),
        ("i didnt pay once, then i paid", "sextortion/paid"),
        ("i dont have proof", "sextortion/deleted"),
        ("i do not want to die, i do not", "sextortion/unsafe"),
        # Near, but not that.
        ("my friends", "index"),
        ("my freinds", "index"),
        ("my nice hat", "index"),
        ("dudes leaked", "index"),
        ("my teacher failed me", "index"),
        ("i will fill myself with cake", "index"),
        ("want to dive", "index"),
        ("i am in a good mood about my career", "index"),
        ("he is blackmailing me, he will send it to my friends", "sextortion"),
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
