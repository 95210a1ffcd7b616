"""Is nothing saved that would make the triggers worse, and does every refusal name its reason?"""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.detection.commonest import commonest
from bot.detection.pack import Meaning
from bot.detection.shipped import Example, shipped
from bot.errors import QuietlineError
from bot.phrases import Community, Editor, Phrases, Proposal, Vetted
from bot.phrases.vetting import MOST_PHRASES, MOST_REGEXES, Vetting
from bot.privacy import Pseudonyms
from bot.storage import Store, StoredPhrase
from tests.detection.packs import COMMON, CONCEPTS, MESSAGES, detector
from tests.engine import engine

DAY = date(2026, 11, 24)
HERE = Community("x", "1")
SMALL = detector({"all_of": ["threat", "nudes"], "none_of": ["joke"], "within": 8})
MEANINGS = {name: Meaning(means=f"words for {name}", common=name in COMMON) for name in CONCEPTS}
EXAMPLES = [
    Example("en.yaml", "sextortion", "please, he is threatening me with my nudes"),
    Example("en.yaml", None, "gta nudes on the museum wall"),
    Example("en.yaml", None, "blackmail is about nudes"),  # comes out wrong without any phrase
]


def vet(*phrases: str, concept: str = "threat", present: Sequence[StoredPhrase] = ()) -> Vetted:
    vetting = Vetting(SMALL, MEANINGS, EXAMPLES, list)
    proposals = [Proposal(concept, phrase, line) for line, phrase in enumerate(phrases, start=1)]
    return vetting.vet(present, proposals, DAY)


def refusal(*phrases: str, concept: str = "threat", present: Sequence[StoredPhrase] = ()) -> str:
    vetted = vet(*phrases, concept=concept, present=present)
    assert not vetted.added
    (remark,) = vetted.refused
    return f"{remark.proposal.line}: {remark.text}"


def stored(*phrases: str) -> list[StoredPhrase]:
    return [StoredPhrase("threat", phrase, DAY) for phrase in phrases]


def test_phrases_are_saved_tidily_with_their_day() -> None:
    assert vet("  gonna \t out  me ", "cat*").added == tuple(stored("gonna out me", "cat*"))


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("o*t", "has a star inside a word"),
        ("a*", "would match too many words; write at least 3 letters beside a star"),
        ("...", "has no letter or digit to look for"),
        ("  ", "is empty"),
        ("a" * 61, "is longer than 60 characters; shorten it"),
        ("/" + "a" * 259 + "/", "is longer than 260 characters; shorten it"),
        ("/(/", "is no regular expression of RE2"),
        ("{a,b,c}{a,b,c}{a,b,c}{a,b,c}", "stands for more than 50 forms; split it"),
        ("{media}", "names no list"),
        ("a\0b", "cannot be seen or saved"),
        ("a\ud800b", "cannot be seen or saved"),
    ],
)
def test_a_phrase_that_cannot_be_is_refused_in_one_line(phrase: str, why: str) -> None:
    said = refusal("fine", phrase, "fine too")
    assert said.startswith("2: ")
    assert why in said
    assert "\n" not in said


def test_every_bad_line_is_named_and_nothing_is_saved() -> None:
    vetted = vet("fine", "o*t", "good", "a*")
    assert [remark.proposal.line for remark in vetted.refused] == [2, 4]
    assert vetted.added == ()


@pytest.mark.parametrize(
    ("concept", "said"),
    [("thret", "did you mean threat?"), ("xyz", "`python -m bot phrases concepts` lists them")],
)
def test_an_unknown_concept_is_refused_with_the_one_that_may_be_meant(concept: str, said: str) -> None:
    assert refusal("fine", concept=concept) == f'1: "{concept}" is no concept; {said}'


@pytest.mark.parametrize("again", ["Gonna OUT me", "gonna o\u03c5t me", "gonna, out me!"])
def test_a_phrase_that_looks_for_the_same_is_a_double_and_passed_over(again: str) -> None:
    vetted = vet(again, "new", present=stored("gonna out me"))
    assert [remark.text for remark in vetted.doubled] == ["threat has it already"]
    assert [one.phrase for one in vetted.added] == ["new"]
    assert [one.phrase for one in vet("gonna out me", again).added] == ["gonna out me"]
    assert vet(again, concept="money", present=stored("gonna out me")).added


def test_a_phrase_that_makes_a_harmless_sentence_fire_is_refused_with_it() -> None:
    said = refusal("fine", "gta")
    assert said.startswith("2: with it the bot would offer help for")
    assert '"gta nudes on the museum wall", which is harmless (en.yaml)' in said


def test_a_phrase_that_silences_a_cry_for_help_is_refused_with_it() -> None:
    said = refusal("please", concept="joke")
    assert "would no longer offer sextortion for" in said
    assert '"please, he is threatening me with my nudes"' in said


def test_an_example_that_was_wrong_before_is_no_reason() -> None:
    assert vet("about", concept="nudes").added
    assert vet("fine", present=stored("gta")).added


def test_phrases_that_spoil_an_example_only_together_are_both_named() -> None:
    together = [Proposal("threat", "wall", 1), Proposal("nudes", "museum", 2), Proposal("money", "x", 3)]
    examples = [Example("en.yaml", None, "the museum has a wall")]
    vetted = Vetting(SMALL, MEANINGS, examples, list).vet((), together, DAY)
    assert [remark.proposal.line for remark in vetted.refused] == [1, 2]


def test_a_community_has_at_most_so_many_phrases_and_regular_expressions() -> None:
    full = stored(*(f"phrase {number}" for number in range(MOST_PHRASES)))
    assert "200 phrases, this makes 201; remove some" in refusal("one more", present=full)
    assert vet("phrase 7", present=full).doubled
    assert vet("one more", present=full[1:]).added
    regexes = stored(*(f"/number{number}/" for number in range(MOST_REGEXES)))
    assert "10 regular expressions, this makes 11" in refusal("/more/", present=regexes)
    many = stored(*(f"{{a,b,c,d,e}} {{f,g,h,i,j}} {number}" for number in range(40)))
    assert "1,000 written-out forms, this makes 1,001" in refusal("more", present=many)


def test_the_commonest_words_are_loaded_only_for_phrases_that_could_be_saved() -> None:
    asked: list[str] = []

    def words() -> list[object]:
        asked.append("asked")
        return []

    vetting = Vetting(SMALL, MEANINGS, EXAMPLES, words)  # type: ignore[arg-type]
    vetting.vet((), [Proposal("threat", "o*t")], DAY)
    assert not asked
    vetting.vet((), [Proposal("threat", "fine")], DAY)
    assert asked


def test_everyday_words_are_warned_of_where_a_concept_is_not_common_itself() -> None:
    vetting = Vetting(SMALL, MEANINGS, EXAMPLES, lambda: commonest(MESSAGES))
    proposals = [Proposal("threat", "send"), Proposal("plea", "send"), Proposal("threat", "gonna out me")]
    vetted = vetting.vet((), proposals[:1] + proposals[2:], DAY)
    assert [remark.proposal.phrase for remark in vetted.warned] == ["send"]
    assert len(vetted.added) == 2
    assert not vetting.vet((), proposals[1:2], DAY).warned


@pytest.fixture
async def editor(tmp_path: Path) -> AsyncIterator[Editor]:
    real, store = engine(), Store("sqlite:///phrases.db", tmp_path)
    phrases = Phrases(real, store, Pseudonyms(b"s" * 32))
    yield Editor(real, store, phrases, MESSAGES, lambda: DAY)
    await store.close()


async def test_with_the_shipped_packs_a_look_saves_nothing_and_adding_does(editor: Editor) -> None:
    proposals = [Proposal("threat", "gonna out me"), Proposal("threat", "put me on blast")]
    assert len((await editor.vet(HERE, proposals)).added) == 2
    assert not await editor.listed(HERE)
    assert len((await editor.add(HERE, proposals)).added) == 2
    assert [one.phrase for one in await editor.listed(HERE)] == ["gonna out me", "put me on blast"]
    assert not await editor.listed(Community("x", "2"))


async def test_with_the_shipped_packs_a_phrase_that_silences_them_is_not_saved(editor: Editor) -> None:
    vetted = await editor.add(HERE, [Proposal("threat", "fine"), Proposal("about", "my")])
    assert "would no longer offer " in vetted.refused[0].text
    assert not await editor.listed(HERE)


async def test_a_text_can_be_tried_with_the_communitys_phrases(editor: Editor) -> None:
    await editor.add(HERE, [Proposal("threat", "goblin thing")])
    text = "the goblin thing, he has my nudes"
    assert (await editor.test(HERE, text)).fired
    elsewhere = await editor.test(Community("x", "2"), text)
    assert not elsewhere.fired
    assert "missing" in elsewhere.explanation


async def test_every_concept_is_shown_with_its_meaning(editor: Editor) -> None:
    assert editor.concepts()["my_media"].startswith("pictures of the writer")
    assert editor.concepts().keys() == shipped(MESSAGES).concepts.keys()
    assert editor.concept_fault("they_publish") is not None  # made of others: phrases cannot stand for it


async def test_all_phrases_can_be_removed(editor: Editor) -> None:
    await editor.add(HERE, [Proposal("threat", "gonna out me"), Proposal("joke", "gonna out me")])
    assert [one.concept for one in await editor.remove(HERE, "gonna out me", "joke")] == ["joke"]
    await editor.add(HERE, [Proposal("joke", "kidding around")])
    assert len(await editor.remove(HERE, None)) == 2
    assert await editor.remove(HERE, None) == ()


async def test_an_edit_that_others_keep_crossing_gives_up_and_saves_nothing(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, count = editor.phrases.keys(HERE), iter(range(100))
    change = Store.change_phrases

    async def crossed(store: Store, **asked: object) -> bool:
        now = await store.phrases(community=keys)
        one = StoredPhrase("threat", f"theirs {next(count)}", DAY)
        await change(store, community=keys, stamp=now.stamp, added=[one])
        return await change(store, **asked)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "change_phrases", crossed)
    with pytest.raises(QuietlineError, match="try again"):
        await editor.add(HERE, [Proposal("threat", "mine")])
    assert "mine" not in [one.phrase for one in await editor.listed(HERE)]
