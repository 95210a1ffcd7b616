"""Does a term match what its writer means, and say so when it cannot?"""

import pytest

from bot.detection.terms import TermError, forms


@pytest.mark.parametrize(
    ("term", "patterns"),
    [
        ("leak", [" leak "]),
        ("leak*", [" leak"]),
        ("*leak", ["leak "]),
        ("*leak*", ["leak"]),
        ("Don't  PAY!", [" dont pay "]),
        ("{his,her} pics", [" his pics ", " her pics "]),
        ("my {,old} pics", [" my pics ", " my old pics "]),
        ("get{,ting} out", [" get out ", " getting out "]),
        ("my {media}", [" my pic ", " my vid "]),
    ],
)
def test_a_term_is_written_out(term: str, patterns: list[str]) -> None:
    assert [form.pattern.decode() for form in forms(term, {"media": ["pic", "vid"]})] == patterns


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
