"""Does the sieve let through just the words that the lexicon would?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detection import Detector
from bot.detection.commonest import commonest
from bot.detection.lexicon import UNKNOWN, Lexicon
from bot.detection.sieve import Sieve
from bot.detection.slips import Slips
from tests.detection.disguises import DISGUISES, disguised
from tests.detection.packs import MESSAGES

WHOLE = {"nudes": "\x90", "pictures": "\x91", "threatening": "\x92", "someone": "\x93", "wysy\u0142a": "\x94"}
PARTS = {"blackmail*": "\x95", "*video": "\x96", "*leak*": "\x97", "some*": "\x98"}
GATE = {"\x90", "\x91", "\x92", "\x95", "\x96", "\x97"}


def _lexicon(parts: dict[str, str] = PARTS) -> Lexicon:
    long = [*WHOLE, "blackmail", "blackmailed", "blackmailing"]
    return Lexicon(WHOLE, parts, Slips(long, frozenset()))


@pytest.mark.parametrize(
    "word",
    [
        *("nudes", "nuuudes", "nud3s", "picturs", "pictuers", "threatenig", "thrtnng"),
        *("blackmailz", "blackmialed", "bl4ckmail", "myvideo", "unleaked"),
    ],
)
def test_a_word_worth_a_look_is_let_through_however_it_is_written(word: str) -> None:
    assert list(Sieve(_lexicon(), GATE).suspects(["hello", word])) == [1]


@pytest.mark.parametrize("word", ["hello", "someone", "somehow", "2024", "", UNKNOWN, "video2"])
def test_other_words_are_not(word: str) -> None:
    assert not Sieve(_lexicon(), GATE).suspects([word, word])


def test_the_sieve_and_the_lexicon_agree_on_real_words(shipped: Detector) -> None:
    """New ones each: both remember what they have seen."""
    plain = sorted({*(word.folded for word in commonest(MESSAGES)), *shipped.program.lexicon.whole})[::7]
    written = [
        *plain,
        *(one for name in DISGUISES for one in disguised(plain[::40], DISGUISES[name], draws=1)),
    ]
    found = [word for text in written for word in shipped._words(text)[1]]
    gate, lexicon = shipped.program.gate, shipped.program.lexicon
    suspects = list(Sieve(lexicon, gate).suspects(found))
    assert suspects == [at for at, word in enumerate(found) if lexicon[word] in gate]
    assert len(suspects) > 500


@given(st.text(st.sampled_from("nudestvioblckma13*4 "), max_size=12))
def test_the_sieve_and_the_lexicon_agree_on_any_word(word: str) -> None:
    assert bool(Sieve(_lexicon(), GATE).suspects([word])) == (_lexicon()[word] in GATE)
