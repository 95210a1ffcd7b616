"""Does each word of the rule language do what it says?"""

import pytest

from bot.detection.detector import Detector
from bot.detection.pack import Pack, Rules, Words
from tests.detection.packs import CONCEPTS, detector, rules, words

GROUPS = ["threat", "nudes"]


def test_all_groups_must_be_there() -> None:
    judged = detector({"all_of": GROUPS})
    assert judged.judge("he is threatening me about my nudes").fired
    assert not judged.judge("he is threatening me").fired
    assert not judged.judge("my nudes").fired


def test_a_list_in_the_list_is_any_of() -> None:
    judged = detector({"all_of": ["threat", ["nudes", "money"]]})
    assert judged.judge("threats, threatening, money").fired
    assert judged.judge("threatening, private pics").fired


def test_a_named_group_is_any_of_its_concepts() -> None:
    judged = detector({"all_of": ["threat", "wanted"]}, groups={"wanted": ["nudes", "money"]})
    assert judged.judge("threatening, money").fired
    assert judged.judge("threatening, nudes").fired
    assert "missing: wanted" in judged.explain("threatening").explanation


def test_none_of_silences_wherever_it_stands() -> None:
    judged = detector({"all_of": GROUPS, "none_of": ["joke"], "within": 3})
    assert judged.judge("threatening my nudes").fired
    assert not judged.judge("threatening my nudes " + "word " * 100 + "lol").fired


def test_another_concept_takes_the_silence_back() -> None:
    judged = detector({"all_of": GROUPS, "none_of": {"joke": ["plea"], "money": []}})
    assert not judged.judge("threatening nudes lol").fired
    assert judged.judge("threatening nudes lol help").fired
    assert not judged.judge("threatening nudes money help").fired


def test_what_silences_every_rule_stands_once() -> None:
    judged = detector({"all_of": GROUPS, "none_of": ["money"]}, none_of={"joke": ["plea"]})
    assert not judged.judge("threatening nudes lol").fired
    assert not judged.judge("threatening nudes money").fired
    assert judged.judge("threatening nudes lol help").fired


def test_within_counts_words_from_the_first_to_the_last() -> None:
    judged = detector({"all_of": GROUPS, "within": 4})
    assert judged.judge("threatening a b nudes").fired
    assert not judged.judge("threatening a b c nudes").fired
    assert judged.judge("threatening a b c d e f nudes x threatening").fired


def test_words_far_apart_count_in_a_rule_that_reaches_so_far() -> None:
    judged = detector({"all_of": ["threat", "plea"], "within": 300})
    far = "threatening " + "word " * 250 + "help"
    assert judged.judge(far).fired
    assert judged.explain(far).fired


def test_ordered_wants_the_order() -> None:
    judged = detector({"all_of": GROUPS, "ordered": True})
    assert judged.judge("threatening nudes").fired
    assert not judged.judge("nudes threatening").fired
    assert judged.judge("nudes threatening nudes").fired


def test_not_before_takes_a_hit_back() -> None:
    judged = detector({"all_of": GROUPS, "not_before": {"concept": "not", "words": 2}})
    assert not judged.judge("he is not threatening anyone, nudes").fired
    assert judged.judge("he is not a nice man, threatening, nudes").fired
    assert judged.judge("not threatening, then threatening again, nudes").fired


@pytest.mark.parametrize(
    ("text", "score", "fired"),
    [
        ("threatening nudes", 2, False),
        ("threatening nudes help", 3, True),
        ("threatening nudes help help help", 3, True),
        ("threatening nudes help lol", 1, False),
    ],
)
def test_weights_count_once_and_decide_by_the_threshold(text: str, score: int, fired: bool) -> None:
    verdict = detector({"all_of": GROUPS, "weights": {"plea": 1, "joke": -2}, "threshold": 3}).explain(text)
    assert (verdict.score, verdict.fired) == (score, fired)


def test_weights_count_only_near_the_groups() -> None:
    judged = detector({"all_of": GROUPS, "weights": {"plea": 1}, "threshold": 3, "within": 5})
    assert not judged.judge("threatening nudes " + "word " * 20 + "help").fired


def test_a_weight_of_two_needs_both_and_a_group_any() -> None:
    judged = detector({"all_of": GROUPS, "weights": {"plea + joke": 1}, "threshold": 3})
    assert not judged.judge("threatening nudes help").fired
    assert judged.judge("threatening nudes help lol").fired


def test_the_best_stretch_counts_and_what_lowers_it_elsewhere_does_not() -> None:
    judged = detector({"all_of": GROUPS, "weights": {"plea": 2, "joke": -2}, "threshold": 4, "within": 10})
    assert judged.judge("threatening nudes lol " + "word " * 20 + "threatening nudes help").fired


def test_the_heaviest_weights_are_told_with_the_words_that_gave_them() -> None:
    judged = detector({"all_of": GROUPS, "weights": {"plea": 2, "nudes + plea": 3}, "threshold": 7})
    told = judged.judge("he is threatening to send my nudes, help").explanation
    assert told.endswith('nudes "nudes" with plea "help" +3, plea "help" +2')


@pytest.mark.parametrize("ordered", [True, False])
def test_a_sequence_is_a_concept(ordered: bool) -> None:
    judged = detector(
        {"all_of": ["threat_of_nudes", "plea"]},
        sequences={"threat_of_nudes": {"of": ["threat", "nudes"], "within": 4, "ordered": ordered}},
    )
    assert judged.judge("help, threatening with my nudes").fired
    assert judged.judge("help, nudes, threatening").fired != ordered
    assert not judged.judge("help, threatening a b c nudes").fired


def test_no_word_stands_for_two_parts_of_a_sequence() -> None:
    twice = {"twice": {"of": ["threat", "threat"], "within": 4}}
    judged = detector({"all_of": ["twice", "plea"]}, sequences=twice)
    assert not judged.judge("help, a threatening man").fired


def test_a_sequence_finds_the_hit_that_fits_among_those_that_overlap() -> None:
    chain = {"chain": {"of": ["not", "threat"], "within": 4, "ordered": True}}
    judged = detector({"all_of": ["chain", "nudes"]}, sequences=chain)
    assert judged.judge("not a threatening man, nudes").fired


def test_misspelled_long_words_are_known() -> None:
    judged = detector({"all_of": GROUPS})
    for wrong in ("thraetening", "threatenning", "threatning", "blakmailing", "blackmialed"):
        assert judged.judge(f"{wrong} me with my nudes").fired, wrong
    assert not judged.judge("threshing me with my nudes").fired


def test_the_topic_is_the_rules_own_or_the_packs() -> None:
    assert detector({"all_of": GROUPS}).judge("threatening nudes").topic == "sextortion"
    assert detector({"all_of": GROUPS, "topic": "other"}).judge("threatening nudes").topic == "other"


def test_what_begins_like_a_listed_word_is_not_that_word() -> None:
    listed = {**CONCEPTS, "nudes": ["intim", "{intim*,private} pics"]}
    packs = [Pack("en", Words.model_validate(words(concepts=listed)))]
    judged = Detector(Rules.model_validate(rules({"all_of": GROUPS})), packs)
    assert judged.judge("threatening, intim").fired
    assert judged.judge("threatening, intimate pics").fired
    assert not judged.judge("threatening, intimidating").fired
