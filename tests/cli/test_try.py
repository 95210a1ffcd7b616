"""Can the bot be met in a terminal, and does its JSON keep the contract?"""

import json
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.guide import Go, encode, parse
from bot.model import Button, Screen
from tests.cli.bot import bot
from tests.content.real import GUIDE, own_words

TRIGGER = "someone is threatening to leak my nudes"


def sent(*lines: str, locale: str = "en") -> list[dict[str, object]]:
    """What `try --json` prints for these lines."""
    ended = bot("try", "--json", "--locale", locale, typed="".join(f"{line}\n" for line in lines))
    assert ended.code == 0, ended.err
    return [json.loads(line) for line in ended.out.splitlines()]


def way_to_all(tongue: str) -> Iterator[tuple[str, Screen]]:
    """Every screen that buttons lead to, after the button that leads there; no other language is chosen."""
    first = GUIDE.screen("sextortion", tongue, "GB")
    seen, found = {first.id}, deque([("", first)])
    while found:
        yield found[0]
        _, page = found.popleft()
        for button in page.buttons:
            asked = parse(button.id) if isinstance(button, Button) else None
            if isinstance(asked, Go) and asked.screen not in seen and asked.chosen.locale is None:
                seen.add(asked.screen)
                found.append((encode(asked), GUIDE.screen(asked.screen, tongue, "GB", asked.chosen)))


def test_help_is_one_object_that_only_the_asker_sees() -> None:
    (help_,) = sent("/help sextortion")
    assert set(help_) == {"seen_by", "road", "screen", "preview", "text", "actions"}
    assert (help_["seen_by"], help_["road"], help_["screen"]) == ("you", "answer", "sextortion")
    assert "Do not pay" in str(help_["text"])
    assert "**" not in str(help_["text"])
    actions = help_["actions"]
    assert isinstance(actions, list)
    assert {"label": "I already paid", "id": "q1:go:sextortion/paid"} in actions


def test_a_button_is_pressed_by_label_or_by_id() -> None:
    _, paid, fake = sent("/help sextortion", "!press i ALREADY paid", "!press q1:go:sextortion/fake")
    assert (paid["screen"], fake["screen"]) == ("sextortion/paid", "sextortion/fake")


def test_the_newest_message_that_has_the_button_is_meant() -> None:
    screens = [
        each["screen"]
        for each in sent("/help sextortion", "!press I already paid", "!press It has been posted")
    ]
    assert screens == ["sextortion", "sextortion/paid", "sextortion/posted"]


@pytest.mark.parametrize(("locale", "tongue"), [("pl", "pl"), ("cy", "en-GB")])
def test_every_screen_is_shown_in_the_language_asked_for(locale: str, tongue: str) -> None:
    pages = list(way_to_all(tongue))
    shown = sent("/help sextortion", *(f"!press {press}" for press, _ in pages[1:]), locale=locale)
    assert len(shown) == len(pages) > 90
    for one, (_, page) in zip(shown, pages, strict=True):
        assert (one["seen_by"], one["screen"]) == ("you", page.id)
        assert all(text in str(one["text"]) for text in own_words(page))
        actions = one["actions"]
        assert isinstance(actions, list)
        assert [action["label"] for action in actions] == [button.label for button in page.buttons]


def test_a_trigger_is_answered_for_the_writer_alone_and_small_talk_by_nothing() -> None:
    (offer,) = sent("good morning", TRIGGER, "anyone up for a game?")
    assert (offer["seen_by"], offer["screen"]) == ("you", "offer")


def test_another_member_has_an_offer_of_their_own_and_not_the_others_buttons() -> None:
    first, second = sent(TRIGGER, TRIGGER, "!as bo", "!press Read more", TRIGGER)
    assert first["screen"] == second["screen"] == "offer"


def test_a_link_has_an_address_instead_of_an_id() -> None:
    road = ("Protect the pictures", "Under 18, or I am not sure", "Take It Down: what it asks")
    card = sent("/help sextortion", *(f"!press {label}" for label in road))[-1]
    actions = card["actions"]
    assert isinstance(actions, list)
    assert any(action.get("url", "").startswith("https://takeitdown.ncmec.org") for action in actions)


def test_a_button_that_is_not_there_says_so_and_sends_nothing() -> None:
    ended = bot("try", "--json", typed="!press Nothing\n!dance\n")
    assert ended.out == ""
    assert "no message here has the button 'Nothing'" in ended.err
    assert "!press LABEL-or-ID" in ended.err


def test_without_json_the_terminal_says_who_sees_it() -> None:
    ended = bot("try", typed=f"{TRIGGER}\n")
    assert "only you can see this" in ended.out
    assert "a lock screen shows only the line above" in ended.out


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    bot("try", "--json", typed=f"{TRIGGER}\n", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_any_bytes_are_only_text() -> None:
    ended = bot(
        "try",
        "--json",
        typed="\x00\x1b[31m \U0001f600\n!press \x00\n" + "a" * 100_000 + "\n/" + "b" * 5000 + "\n",
    )
    assert ended.code == 0, ended.err
    assert "Traceback" not in ended.err
