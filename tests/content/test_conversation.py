"""Does every road through the conversation lead to help, in an order that keeps people safe?"""

import re
from datetime import date

import pytest

from bot.content.links import SMALL
from bot.content.screen_file import Clear
from bot.content.taps import HOME, REPORT, UNSAFE
from bot.guide import Go, parse
from bot.model import Button, Screen
from tests.content.real import CONTENT, GUIDE, own_words, shown

PAGES = [one for one in CONTENT.screen_ids if one not in SMALL]
BRANCHES = [f"{HOME}/{name}" for name in ("deadline", "paid", "sent-more", "posted", "deleted")]
APPS = [one for one in PAGES if one.startswith(f"{HOME}/app/")]
CARDS = ["take-it-down", "stopncii", "report-remove"]


def page(screen_id: str) -> Screen:
    return GUIDE.screen(screen_id, "en", "GB")


def ways(screen_id: str) -> list[str]:
    asked = [parse(one.id) for one in page(screen_id).actions if isinstance(one, Button)]
    return [one.screen for one in asked if isinstance(one, Go)]


def words(screen_id: str) -> str:
    return "\n".join(own_words(page(screen_id)))


def leading(screen_id: str, label: str) -> str:
    (button,) = [one for one in page(screen_id).actions if isinstance(one, Button) and label in one.label]
    asked = parse(button.id)
    assert isinstance(asked, Go)
    return asked.screen


@pytest.mark.parametrize("screen_id", PAGES)
@pytest.mark.parametrize("goal", [REPORT, UNSAFE])
def test_help_is_two_taps_away_at_most(screen_id: str, goal: str) -> None:
    near = {screen_id, *ways(screen_id)}
    assert goal in near or any(goal in ways(one) for one in near)


@pytest.mark.parametrize("screen_id", PAGES)
def test_a_page_can_be_cleared(screen_id: str) -> None:
    assert isinstance(CONTENT.page("en", screen_id).actions[-1], Clear)


@pytest.mark.parametrize("screen_id", PAGES)
def test_no_page_has_two_buttons_with_one_id(screen_id: str) -> None:
    ids = [one.id for one in page(screen_id).actions if isinstance(one, Button)]
    assert len(ids) == len(set(ids))


def test_the_first_screen_begins_with_the_five_branches() -> None:
    assert ways(HOME)[: len(BRANCHES)] == BRANCHES


@pytest.mark.parametrize("screen_id", BRANCHES)
def test_a_branch_ends_on_where_to_report_and_whom_to_talk_to(screen_id: str) -> None:
    assert REPORT in ways(screen_id)
    assert "Samaritans" in shown(page(screen_id)) or "Samaritans" in shown(page(ways(screen_id)[-1]))


ASKS_FOR_A_PICTURE = re.compile(
    r"(?:send|show|upload|attach|give|post|share) (?:\w+ ){0,5}?(?:here\b|to me\b|me (?:the|your|a) )",
    re.IGNORECASE,
)
REFUSES = re.compile(r"\bnot\b|\bnever\b|\bnobody\b", re.IGNORECASE)


@pytest.mark.parametrize("screen_id", CONTENT.screen_ids)
def test_no_page_invites_a_picture(screen_id: str) -> None:
    for sentence in re.split(r"(?<=[.?!:])\s+", words(screen_id)):
        assert REFUSES.search(sentence) or not ASKS_FOR_A_PICTURE.search(sentence)


@pytest.mark.parametrize("sentence", ["You can send it to me.", "Show me the picture.", "Upload it here."])
def test_an_invitation_is_known_when_it_is_seen(sentence: str) -> None:
    assert ASKS_FOR_A_PICTURE.search(sentence)
    assert not REFUSES.search(sentence)


def test_who_is_not_sure_of_the_age_takes_the_road_for_under_18() -> None:
    assert leading(f"{HOME}/removal", "not sure") == f"{HOME}/removal/under18"
    assert f"{HOME}/removal/take-it-down" in ways(f"{HOME}/removal/under18")
    assert leading(f"{HOME}/removal", "18 or over") == f"{HOME}/removal/adult"
    assert "I keep no answer" in words(f"{HOME}/removal")


@pytest.mark.parametrize("name", CARDS)
def test_a_card_says_what_is_asked_where_the_picture_goes_and_what_comes_next(name: str) -> None:
    said = words(f"{HOME}/removal/{name}")
    assert re.search(r"what it asks.*what happens next", said, re.IGNORECASE | re.DOTALL)
    stays = "the picture stays on your phone" in said
    assert stays == (name != "report-remove")
    assert stays or "Trained people look at it" in said


@pytest.mark.parametrize("name", CARDS)
def test_a_picture_tool_opens_from_its_card_alone(name: str) -> None:
    tool = {"take-it-down": "int-take-it-down", "stopncii": "int-stopncii"}.get(name, "gb-report-remove")
    openers = [
        one for one in PAGES for tap in CONTENT.page("en", one).actions if getattr(tap, "service", "") == tool
    ]
    assert f"{HOME}/removal/{name}" in openers
    # On the page of the United Kingdom its own tool stands beside the other services.
    assert {one for one in openers if not one.startswith(f"{REPORT}/")} == {f"{HOME}/removal/{name}"}


@pytest.mark.parametrize("screen_id", [f"{HOME}/paid", f"{HOME}/posted"])
def test_whoever_paid_or_was_posted_is_warned_of_those_who_want_a_fee(screen_id: str) -> None:
    assert f"{HOME}/fee" in ways(screen_id)
    assert re.search(r"fee.*Do not pay.*Real help is free", words(screen_id))


def test_eight_apps_can_be_picked() -> None:
    assert sorted(one for one in ways(f"{HOME}/app") if one in APPS) == APPS
    assert len(APPS) == 8


@pytest.mark.parametrize("screen_id", APPS)
def test_an_app_is_saved_reported_hidden_and_blocked_in_this_order(screen_id: str) -> None:
    said = words(screen_id)
    assert re.search(r"First, save\..*Then report\..*Then hide\..*Last, block\.", said, re.DOTALL)
    assert "not nude pictures" in said
    before, _, last = said.partition("Last, block.")
    assert re.search(r"\bBlock\b", last)
    assert not re.search(r"\bBlock\b", before)


@pytest.mark.parametrize("screen_id", APPS)
def test_each_list_of_an_app_is_under_five_steps_and_dated(screen_id: str) -> None:
    screen = CONTENT.page("en", screen_id)
    lists = [steps for item in screen.body if (steps := getattr(item, "steps", ()))]
    assert len(lists) == 4
    assert all(len(steps) < 5 for steps in lists)
    assert all(source.checked >= date(2026, 11, 24) for source in screen.sources)


def test_who_is_hurt_by_a_moderator_is_sent_to_nobody_in_the_place() -> None:
    assert leading(f"{HOME}/here", "moderator") == f"{HOME}/here/moderator"
    assert "moderators" not in ways(f"{HOME}/here/moderator")
    assert "outside" in words(f"{HOME}/here/moderator")


def test_safety_comes_before_blocking_somebody_they_know() -> None:
    said = words(f"{HOME}/known")
    assert said.index("Your safety comes first") < said.index("block")


def test_the_page_to_show_speaks_to_the_adult_and_names_nothing_at_first() -> None:
    assert page(f"{HOME}/show").preview == "Please read this page. I would like your help."
    assert ways(f"{HOME}/show")[0] == "parents"


@pytest.mark.parametrize("reader", ["parent", "cross", "teacher", "brother", "friend"])
def test_there_are_short_and_longer_words_to_copy_for(reader: str) -> None:
    short, _, longer = words(f"{HOME}/tell").partition("More words")
    assert all(re.search(rf"or [^\n]*{reader}[^\n]*:\n", part) for part in (short, longer))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how do i report him on instagram", "app/instagram"),
        ("hide my phone number telegram", "app/telegram"),
        ("takitdown", "removal/take-it-down"),
        ("i dont know how old i was", "removal/under18"),
        ("get my pics off the internet", "removal"),
        ("the guy wants a fee to hack him back", "fee"),
        ("its my ex", "known"),
        ("he is in this sever", "here"),
        ("the mod here is blackmailing me", "here/moderator"),
        ("still cant sleep", "after"),
        ("i cant say it out loud", "show"),
        ("how do i unsend it", "take-back"),
        ("is there more help", "more"),
    ],
)
def test_people_find_the_further_pages(text: str, expected: str) -> None:
    assert GUIDE.find(text, "en") == f"{HOME}/{expected}"


def test_whoever_wants_to_hand_over_a_picture_is_told_not_to() -> None:
    assert GUIDE.find("can i send you a screenshot", "en") == "no-pictures"
    assert "I did not open it" in words("no-pictures")


@pytest.mark.parametrize(
    "text",
    [
        "someone on instagram has my nudes",
        "he says he will post it on telegram",
        "i met her on snap and now she wants money",
        "i blocked him on insta and he came back with a new account",
        "my ex has my nudes",
        "he wants me to pay to delete the video",
        "she says she will delete it if i pay",
        "im 15 and he has my pics on snapchat",
        "i dont know who it is",
        "how do i stop him from posting it",
        "i cant sleep he has my nudes",
        "sextortian",
        "im getting blakmailed",
        "he wants giftcards",
    ],
)
def test_a_first_cry_for_help_opens_the_first_page(text: str) -> None:
    assert GUIDE.find(text, "en") == HOME


@pytest.mark.parametrize("screen_id", [*APPS, f"{HOME}/fee", f"{HOME}/known", "no-pictures"])
def test_a_further_page_says_where_its_facts_are_from(screen_id: str) -> None:
    assert len(CONTENT.page("en", screen_id).sources) > 1
