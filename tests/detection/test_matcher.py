"""Are exactly those terms found that stand in a message, where they stand, and in one language?"""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detection import Detector
from bot.detection.pack import Pack, Rules, Words
from bot.detection.shipped import shipped as read_packs
from bot.detection.terms import forms
from tests.detection.packs import MESSAGES, rules

# Words of which none is a slip, a stretching or a beginning of another.
WORDS = ["tiger", "panda", "otter", "zebra", "camel"]
ENDED = {"tiger*": "tigers", "*mel": "camel", "*ebr*": "zebras"}
words_in_a_row = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
texts = st.lists(st.sampled_from([*WORDS, "horse"]), max_size=12)
RULE: dict[str, object] = {"all_of": ["threat", "nudes"], "within": 400}


def _detector(*packs: tuple[str, list[str], str]) -> Detector:
    """A language, its words for `threat`, and its word for `nudes`."""
    return Detector(Rules.model_validate(rules(RULE)), [_pack(*pack) for pack in packs])


def _pack(language: str, threat: list[str], nudes: str) -> Pack:
    concepts = {"threat": threat, "nudes": [nudes]}
    examples = {"match": {"sextortion": ["-"]}, "no_match": ["-"]}
    others = {name: ["unused"] for name in ("money", "not", "joke", "plea")}
    return Pack(language, Words.model_validate({"concepts": {**others, **concepts}, "examples": examples}))


@given(st.lists(words_in_a_row, min_size=1, max_size=6), texts)
def test_a_phrase_is_found_where_its_words_follow_one_another(phrases: list[str], text: list[str]) -> None:
    detector = _detector(("en", phrases, "quokka"))
    stands = any(f" {phrase} " in f" {' '.join(text)} " for phrase in phrases)
    assert detector.judge(" ".join([*text, "quokka"])).fired == stands


@given(st.sampled_from(WORDS), texts)
def test_a_hit_is_quoted_from_its_place(word: str, text: list[str]) -> None:
    detector = _detector(("en", [f"horse {word}"], "quokka"))
    verdict = detector.judge(" , ".join([*text, "quokka", "horse", word]))
    assert ("horse , " + word) in [found.quote for found in verdict.concepts]


@pytest.mark.parametrize("term", ENDED)
def test_open_ends_take_in_the_rest_of_a_word(term: str) -> None:
    detector = _detector(("en", [term, f"{term} otter"], "quokka"))
    assert detector.judge(f"{ENDED[term]} quokka").fired
    assert {found.term for found in detector.judge(f"quokka {ENDED[term]} otter").concepts} & {
        term,
        f"{term} otter",
    }
    assert not detector.judge("quokka otter").fired


@given(st.sampled_from([("en", "de"), ("de", "en")]))
def test_languages_do_not_complete_each_other(languages: tuple[str, str]) -> None:
    first, second = languages
    detector = _detector((first, ["tiger"], "quokka"), (second, ["panda"], "numbat"))
    assert detector.judge("tiger quokka").language == first
    assert detector.judge("panda numbat").language == second
    assert not detector.judge("tiger numbat").fired


def test_a_term_of_choices_matches_each_of_them() -> None:
    term = "{my,,your own} {tiger,panda} {otter,}"
    detector = _detector(("en", [term], "quokka"))
    for choice in product(("my ", "", "your own "), ("tiger", "panda"), (" otter", "")):
        assert detector.judge("quokka " + "".join(choice)).fired
    assert not detector.judge("quokka my otter").fired


def test_every_form_of_the_packs_terms_is_found(shipped: Detector) -> None:
    """Found at all: a form may be found as another term that takes in more."""
    seen = {
        shipped.read(" ".join(form).replace("*", "")).seen.symbols
        for _, pack in read_packs(MESSAGES).packs
        for terms in pack.words.concepts.values()
        for term in terms
        for form in list(forms(term, pack.words.lists))[:5]
    }
    assert len(seen) > 500
    assert not any("\0" in symbols for symbols in seen)


def test_many_hits_are_no_burden(shipped: Detector) -> None:
    verdict = shipped.explain("my nudes " * 450 + "someone is blackmailing me with my nudes")
    assert len(verdict.concepts) < 20
    assert len(verdict.explanation) < 1000
