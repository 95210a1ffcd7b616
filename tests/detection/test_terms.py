"""Does a term match what its writer means, and say so when it cannot?"""

import pytest

from bot.detection.terms import TermError, forms


@pytest.mark.parametrize(
    ("term", "written"),
    [
        ("leak", ["leak"]),
        ("leak*", ["leak*"]),
        ("*leak", ["*leak"]),
        ("*leak*", ["*leak*"]),
        ("leak* my pics", ["leak* my pics"]),
        ("Don't  PAY!", ["dont pay"]),
        ("{his,her} pics", ["her pics", "his pics"]),
        ("my {,old} pics", ["my pics", "my old pics"]),
        ("get{,ting} out", ["get out", "getting out"]),
        ("my {media}", ["my pic", "my screen shot", "my vid"]),
        ("裸照", ["裸 照"]),
    ],
)
def test_a_term_is_written_out(term: str, written: list[str]) -> None:
    assert [" ".join(form) for form in forms(term, {"media": ["pic", "vid", "screen-shot"]})] == written


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("le*ak", "star inside"),
        ("!!!", "no letter"),
        ("a*", "too many words"),
        ("my {pics", "without its partner"),
        ("my {nothing}", "names no list"),
        ("{a,b} " * 20, "stands for more than"),
    ],
)
def test_a_term_that_cannot_be_says_why(term: str, said: str) -> None:
    with pytest.raises(TermError, match=said):
        list(forms(term, {}))
