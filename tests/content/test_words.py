"""Are the words right, kind, sourced, and fit for a frightened reader?"""

import re

import pytest

from bot.content import check
from bot.content.blocks import texts
from bot.content.links import REQUIRED, SMALL
from bot.content.taps import UNSAFE
from bot.guide import Go, Wipe, parse
from bot.model import Button, Screen
from tests.content.grade import kincaid
from tests.content.real import CONTENT, GUIDE, MESSAGES, by_country, own_words, shown

SCREENS = by_country()
ENGLISH = SCREENS["GB"]


def ids(value: object) -> str:
    return value.id if isinstance(value, Screen) else str(value)


def test_nothing_is_wrong_and_nothing_is_missing() -> None:
    assert check(MESSAGES) == []
    assert {"GB", "US", "international"} < set(CONTENT.countries)


# The Kent Police warning, row by row (the checklist that `seed:` in a screen counts by).
SEED = {
    1: ("sextortion/fake", r"real or fake"),
    2: ("sextortion/fake", r"photo they find online.*naked body"),
    3: ("sextortion/under18", r"can happen to anyone, at any age"),
    4: ("parents", r"trick someone.*acts that they record"),
    5: ("parents", r"post it, or show it to family, unless they are paid"),
    6: ("parents", r"talk early and calmly about the risk.*stay safe"),
    7: ("sextortion/report", r"can report this, even if it is late"),
    8: ("sextortion/report", r"kent police.*takes reports seriously, in private, and does not judge"),
    9: ("prevention", r"very careful who you make friends with online"),
    10: ("prevention", r"person on the video may be forced"),
    11: ("prevention", r"profile photo may be of someone else"),
    12: ("prevention", r"may not be where they say"),
    13: ("prevention", r"search the web with their photo.*stock photo"),
    14: ("prevention", r"even with people you know.*safer not to share"),
    15: ("prevention", r"video call can be recorded"),
    16: ("prevention", r"picture can be saved, or a screenshot"),
    17: ("prevention", r"easy to copy and pass on"),
    18: ("sextortion/posted", r"hard to get a picture down"),
    19: ("sextortion", r"take a breath"),
    20: ("sextortion", r"may feel ashamed.*nothing to be ashamed of"),
    21: ("sextortion", r"often.*gangs"),
    22: ("sextortion", r"you are not alone"),
    23: ("sextortion", r"private help|help is private"),
    24: ("sextortion", r"do not pay"),
    25: ("sextortion/paid", r"may not stop them from posting"),
    26: ("sextortion/paid", r"often they just ask again"),
    27: ("sextortion", r"screenshot.*names, emails, numbers.*profile links"),
    28: ("sextortion", r"do not reply.*then block"),
    29: ("sextortion/report/gb", r"kent police contact page"),
    30: ("sextortion/under18", r"tell an adult you trust, today"),
    31: ("sextortion/under18", r"back you up"),
    32: ("sextortion/under18", r"ceop safety centre"),
}


def test_the_table_has_all_rows() -> None:
    assert sorted(SEED) == list(range(1, 33))


@pytest.mark.parametrize("row", SEED)
def test_every_row_of_the_seed_is_in_the_product(row: int) -> None:
    screen_id, phrase = SEED[row]
    assert row in CONTENT.page("en", screen_id).seed
    assert re.search(phrase, shown(GUIDE.screen(screen_id, "en", "GB")), re.IGNORECASE | re.DOTALL)


def test_the_reading_level_is_measured() -> None:
    hard = "Immediately notify the appropriate jurisdictional authorities regarding intimidation."
    assert kincaid([hard]) > 12
    assert kincaid(["Take a breath. You are not alone."]) < 2


@pytest.mark.parametrize("screen", ENGLISH, ids=ids)
def test_a_ten_year_old_can_read_it(screen: Screen) -> None:
    assert kincaid(own_words(screen)) <= 5


NEVER = CONTENT.words("en").never_on_lock_screen
# Whoever shortens that list must not take these out; `check` holds every first line and label to it.
TELLING = (
    "sext nude naked sex porn intimate blackmail extort threat police abuse suicid crime victim picture photo"
)
ON_A_LOCK_SCREEN = re.compile("|".join(map(re.escape, NEVER)), re.IGNORECASE)


def test_the_list_of_what_no_lock_screen_may_show_is_whole() -> None:
    assert set(TELLING.split()) <= set(NEVER)


def test_what_everyone_sees_is_about_nobody_and_nothing() -> None:
    assert not ON_A_LOCK_SCREEN.search(shown(GUIDE.screen("note", "en", "GB")))
    assert GUIDE.screen("offer", "en", "GB").veiled


BANNED = re.compile(
    r"\bcommit|child porn|revenge porn|you sent|should(?: not|n't)? have|silly|naive|stupid|foolish"
    r"|for ?ever|rest of your life|\bthey (?:will )?(?:never|always)\b|your own fault|because of you"
    r"|(?:never|not) be (?:shared|posted|seen)|can all be (?:removed|taken down)"
    r"|we will (?:remove|delete) (?:it|them)|\d ?%|per ?cent|real name\?",
    re.IGNORECASE,
)


@pytest.mark.parametrize("screen", ENGLISH, ids=ids)
def test_no_blame_no_scare_no_promise(screen: Screen) -> None:
    words = "\n".join([*own_words(screen), *(action.label for action in screen.actions)])
    for name in (entry.name for file in CONTENT.directory.values() for entry in file.services):
        words = words.replace(name, "")
    assert not BANNED.search(words)


def test_the_first_screen_is_one_phone_screen_and_the_deadline_is_short() -> None:
    for country in CONTENT.countries:
        assert len(shown(GUIDE.screen("sextortion", "en", country))) <= 900
        assert len(shown(GUIDE.screen("sextortion/deadline", "en", country))) < 300


def test_hope_comes_before_any_list() -> None:
    first = GUIDE.screen("sextortion", "en", "GB").blocks[0]
    assert re.search(r"way through.*not your fault", " ".join(texts(first)))


@pytest.mark.parametrize("country", SCREENS)
def test_every_screen_fits_every_platform(country: str) -> None:
    for screen in SCREENS[country]:
        assert len(screen.preview) <= 90
        assert (
            len(screen.preview) + sum(1 + len(text) for block in screen.blocks for text in texts(block))
            <= 3500
        )
        assert len(screen.actions) <= 14
        for action in screen.actions:
            assert len(action.label) <= 38
            assert len((action.id if isinstance(action, Button) else "").encode()) <= 64


@pytest.mark.parametrize("country", SCREENS)
def test_what_clears_the_page_stands_at_the_end(country: str) -> None:
    for screen in SCREENS[country]:
        asked = [parse(action.id) if isinstance(action, Button) else None for action in screen.actions]
        wipes = [at for at, one in enumerate(asked) if isinstance(one, Wipe)]
        for at in wipes:
            assert all(isinstance(one, Go) and one.screen == UNSAFE for one in asked[at + 1 :])


def test_where_to_report_begins_with_the_countries() -> None:
    labels = [one.label for one in GUIDE.screen("sextortion/report", "en", "GB").actions][:4]
    assert labels[0] == "United Kingdom"
    assert CONTENT.words("en").any_country in labels


@pytest.mark.parametrize("screen", [one for one in ENGLISH if one.id not in SMALL | {UNSAFE}], ids=ids)
def test_safety_is_one_tap_away_and_last(screen: Screen) -> None:
    last = screen.actions[-1]
    assert isinstance(last, Button)
    asked = parse(last.id)
    assert isinstance(asked, Go)
    assert asked.screen == UNSAFE


@pytest.mark.parametrize("screen", ENGLISH, ids=ids)
def test_every_button_leads_to_its_own_screen(screen: Screen) -> None:
    for action in screen.actions:
        asked = parse(action.id) if isinstance(action, Button) else None
        if isinstance(asked, Go):
            assert GUIDE.screen(asked.screen, "en", "GB").id == asked.screen != screen.id


def test_every_screen_can_be_reached() -> None:
    named = {GUIDE.find(command.removeprefix("help "), "en") for command in CONTENT.commands("en")}
    seen, todo = set[str](), {*named, "index", "offer", "note"}
    while todo:
        seen |= todo
        buttons = [action for one in todo for action in GUIDE.screen(one, "en", "GB").buttons]
        asked = [parse(button.id) for button in buttons if isinstance(button, Button)]
        todo = {one.screen for one in asked if isinstance(one, Go)} - seen
    assert seen | SMALL >= set(CONTENT.screen_ids) >= REQUIRED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sextortion", "sextortion"),
        ("sextorsion", "sextortion"),
        ("blackmail", "sextortion"),
        ("nudes leaked", "sextortion"),
        ("HELP im being blackmailed!!", "sextortion"),
        ("someone has pictures of me and wants money", "sextortion"),
        ("he says he will send it to my friends and family", "sextortion"),
        ("my friend is being blackmailed", "sextortion/friend"),
        ("friend", "sextortion/friend"),
        ("i already paid them", "sextortion/paid"),
        ("they posted my nudes", "sextortion/posted"),
        ("i want to die", "sextortion/unsafe"),
        ("he has my nudes and i want to die", "sextortion/unsafe"),
        ("i wanna kil myself", "sextortion/unsafe"),
        ("i took pills", "sextortion/unsafe"),
        ("i cant do this any more", "sextortion/unsafe"),
        ("hes outside my school", "sextortion/unsafe"),
        ("nudez leaked", "sextortion"),
        ("im 15 and someone is blackmailing me", "sextortion"),
        ("he will send it to my mum", "sextortion"),
        ("he gave me 30 mins", "sextortion/deadline"),
        ("its on telegram already", "sextortion/posted"),
        ("im gonna end it", "sextortion/unsafe"),
        ("ive been cutting", "sextortion/unsafe"),
        ("i want to disappear", "sextortion/unsafe"),
        ("kys", "sextortion/unsafe"),
        ("he has a gun", "sextortion/unsafe"),
        ("nuds leaked", "sextortion"),
        ("noods", "sextortion"),
        ("freind", "sextortion/friend"),
        ("paretns", "parents"),
        ("mum", "parents"),
        ("mom", "parents"),
        ("im 14", "sextortion/under18"),
        ("i have not paid", "sextortion"),
        ("they gave me like 20 mins to pay", "sextortion/deadline"),
        ("they havent posted it yet", "sextortion"),
        ("i dont have proof", "sextortion/deleted"),
        ("my mom found out", "sextortion"),
        # No cry for help.
        ("my friends", "index"),
        ("in the end i paid it", "sextortion/paid"),
        ("i am 15 minutes late", "index"),
        ("i want to end the chat", "index"),
        ("i am in a good mood", "index"),
        ("putting it on the shelf", "index"),
        ("my son is being sextorted", "parents"),
        ("prevention", "prevention"),
        ("parents", "parents"),
        ("moderators", "moderators"),
        ("about", "about"),
        ("privacy", "privacy"),
        ("what is the weather like", "index"),
    ],
)
def test_people_find_what_they_mean(text: str, expected: str) -> None:
    assert GUIDE.find(text, "en") == expected
