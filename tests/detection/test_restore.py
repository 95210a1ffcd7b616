"""Is a disguised word read as the word that was meant, and everything else as it stands?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detection.fold import words
from bot.detection.lexicon import Lexicon
from bot.detection.outline import is_odd, outline
from bot.detection.restore import Restorer
from bot.detection.slips import Slips

WORDS = [
    "i",
    "my",
    "nudes",
    "blackmail",
    "blackmailing",
    "threatening",
    "someone",
    "post",
    "your",
    "naked",
    "gonna",
]
STEMS = {"blackmail*": "\x90", "threat*": "\x91"}
RESTORER = Restorer(
    Lexicon({word: chr(0x80 + at) for at, word in enumerate(WORDS)}, STEMS, Slips(WORDS, frozenset()))
)


def _read(text: str) -> str:
    return RESTORER.read(text).text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("he has my n u d e s ok", "he has my nudes ok"),
        ("my n.u.d.e.s", "my nudes"),
        ("my n_u_d_e_s", "my nudes"),
        ("n-u-d-e-s!", "nudes"),
        ("n, u, d, e, s", "nudes"),
        ("i b l a c k m a i l s o m e o n e", "i blackmail someone"),
        ("n*d*s", "nudes"),
        ("p*st **n*d*s**", "post nudes"),
        ("thr**t*n*ng", "threatening"),
        ("n@ked, po$t, th!ng", "naked post th ng"),
        ("p0$t n@k3d", "post naked"),
        ("$omeone", "someone"),
        ("$0meone", "someone"),
        ("g0nna thre@ten!ng", "g0nna threatening"),
    ],
)
def test_a_disguised_word_is_read_as_it_is_meant(written: str, meant: str) -> None:
    assert is_odd(outline(written.encode()))
    assert words(_read(written)) == meant.split()


@pytest.mark.parametrize(
    "written",
    [
        *(
            "hello, how are you?",
            "i paid $500 or so",
            "user@example.org",
            "c++ and c#",
            "2*3*4 = 24",
            "h*ll*",
        ),
        *("a**hole", "w*rd", "10:30 - 11:45", "***", "@@@@", "na\u00efve", "*bold* _italic_", "that's a-ok"),
        *("\u0928 \u0938\u093e \u0915\u0947 \u0939\u0948", "n\u0337 \u0337u\u0337d\u0337e \u0337s\u0337"),
    ],
)
def test_what_is_no_word_of_the_packs_stays_as_it_is(written: str) -> None:
    assert _read(written) == written


PIECES = [*WORDS, *"nudesi", *" .,*~_-", *"@$!|+*#", *"0345", "\u0337", "\u0939\u0948"]
odd = st.lists(st.one_of(st.sampled_from(PIECES), st.characters(codec=None)), max_size=40).map("".join)


@given(odd)
def test_every_restored_letter_comes_from_the_piece_it_replaces(text: str) -> None:
    restored = RESTORER.read(text)
    origins = restored.origins()
    assert len(origins) == len(restored.text)
    assert origins == sorted(origins)
    assert all(0 <= origin < len(text) for origin in origins)
    if not restored.pieces:
        assert restored.text == text
