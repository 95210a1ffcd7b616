"""Is a thing told over several lines understood, and is no more held than that needs?"""

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from bot.detection import Conversations
from bot.detection.conversations import MOST_MESSAGES, MOST_PEOPLE, MOST_WORDS
from bot.detection.detector import Detector
from bot.detection.reading import Seen
from tests.detection.packs import detector

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
RULE: dict[str, object] = {"all_of": ["threat", "nudes"]}


@pytest.fixture(scope="module")
def small() -> Detector:
    return detector(RULE)


def told(small: Detector, *lines: str, gap: int = 10, who: tuple[str, ...] = ("anna",)) -> bool:
    conversations = Conversations()
    fired = False
    for number, line in enumerate(lines):
        reading = small.read(line)
        person = who[number % len(who)]
        earlier = conversations.add(person, number, reading.seen, START + timedelta(seconds=gap * number))
        fired = small.judge_reading(reading, earlier).fired
    return fired


def test_lines_of_one_person_are_read_together(small: Detector) -> None:
    assert told(small, "he is threatening me", "idk", "with my nudes")


def test_lines_of_two_people_are_not(small: Detector) -> None:
    assert not told(small, "he is threatening me", "with my nudes", who=("anna", "ben"))


def test_a_line_of_a_minute_ago_is_forgotten(small: Detector) -> None:
    assert told(small, "he is threatening me", "with my nudes", gap=60)
    assert not told(small, "he is threatening me", "with my nudes", gap=61)


def test_a_line_far_back_is_forgotten(small: Detector) -> None:
    assert not told(small, "he is threatening me", *["so"] * MOST_MESSAGES, "with my nudes", gap=1)


def test_no_term_and_no_short_sequence_reaches_across_lines(small: Detector) -> None:
    assert not told(small, "threatening naked", "pics")


def test_the_explanation_quotes_only_the_last_line(small: Detector) -> None:
    earlier = small.read("he is threatening me").seen
    verdict = small.judge_reading(small.read("with my nudes"), [earlier])
    assert {found.quote for found in verdict.concepts} == {"(a message before)", "nudes"}


def test_an_edit_takes_the_place_of_what_it_edits() -> None:
    conversations, words = Conversations(), Seen("ab")
    conversations.add("anna", "m1", words, START)
    assert conversations.add("anna", "m1", Seen("cd"), START) == []
    assert conversations.add("anna", "m2", Seen("e"), START) == [Seen("cd")]


def test_people_and_words_are_bounded() -> None:
    conversations = Conversations()
    conversations.add("first", 1, Seen("a"), START)
    conversations.add("long", 1, Seen("a" * (MOST_WORDS + 1)), START)
    assert conversations.add("long", 2, Seen("b"), START) == []
    for person in range(MOST_PEOPLE):
        conversations.add(person, 1, Seen("a"), START)
    assert conversations.add("first", 2, Seen("b"), START) == []


def test_nothing_is_left_when_the_time_is_over() -> None:
    conversations = Conversations()
    conversations.add("anna", 1, Seen("a"), START)
    conversations.sweep(START + timedelta(seconds=61))
    assert b"anna" not in pickle.dumps(conversations)


def test_what_is_held_is_not_what_was_written(small: Detector) -> None:
    conversations = Conversations()
    conversations.add("anna", 1, small.read("his name is Rumpelstiltskin").seen, START)
    conversations.add("anna", 2, small.read("he is threatening me with my nudes").seen, START)
    held = pickle.dumps(conversations).lower()
    assert not any(word in held for word in (b"rumpel", b"threat", b"nudes"))
