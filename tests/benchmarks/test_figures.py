"""Do the benchmarks measure what they say, on an input too small to tell how fast anything is?"""

import random
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import (
    bench_discord,
    bench_edits,
    bench_filters,
    bench_hostile,
    bench_length,
    bench_memory,
    bench_outbox,
    bench_phrases,
    bench_telegram,
    hostile,
)
from benchmarks.chat import LONGEST, batches
from benchmarks.figures import Figure, table
from benchmarks.phrases import engine, phrases, salted
from benchmarks.timing import Costs
from bot.detection import clean
from bot.errors import QuietlineError
from tests.detection.packs import MESSAGES, detector, rules, words, write

RULE: dict[str, object] = {"all_of": ["threat", "nudes"]}


@pytest.fixture
def texts() -> list[list[str]]:
    return list(batches(None, MESSAGES, 2, 40))


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    write(tmp_path, rules(RULE), "rules.yaml")
    return write(tmp_path, words())


def _sane(figures: Iterable[Figure], count: int) -> None:
    found = list(figures)
    assert len(found) == count
    for figure in found:
        assert float(figure.ours.split()[0]) > 0
        assert (figure.met is None) == (not figure.goal)


def test_discord_py_receives_every_message(texts: list[list[str]]) -> None:
    _sane(bench_discord.measure(detector(RULE), texts), 2)


def test_python_telegram_bot_handles_every_message(texts: list[list[str]]) -> None:
    _sane(bench_telegram.measure(detector(RULE), texts), 2)


def test_an_offer_goes_through_the_outbox_on_both() -> None:
    (figure,) = bench_outbox.measure(offers=3, rounds=1)
    assert float(figure.ratio.rstrip("x")) > 0


def test_filters(texts: list[list[str]]) -> None:
    _sane(bench_filters.measure(texts, [(10, 6, 4)]), 2)


def test_more_phrases(texts: list[list[str]]) -> None:
    _sane(bench_phrases.measure(texts, 5, 50), 1)


def test_long_messages(texts: list[list[str]]) -> None:
    _sane(bench_length.measure(detector(RULE), texts, 200), 2)


def test_hostile_texts_are_not_cut_off_while_they_are_measured() -> None:
    families = {name: hostile.FAMILIES[name] for name in ("misspellings", "words apart")}
    _sane(bench_hostile.measure(detector(RULE), 1, 50, families), 2)
    assert clean.clean("a" * 10_000) == "a" * 4096


def test_memory(messages: Path) -> None:
    _sane(bench_memory.measure(messages, 100), 3)


def test_edits(messages: Path) -> None:
    _sane(bench_edits.measure(detector(RULE), messages, 1), 3)


def test_both_filters_find_a_phrase_and_only_red_wants_it_whole() -> None:
    red, substring = (find(["free nitro"]) for find in (bench_filters.alternation, bench_filters.substrings))
    assert red("get FREE nitro now")
    assert substring("get FREE nitro now")
    assert not red("free nitros")
    assert substring("free nitros")


def test_the_engine_of_phrases_finds_each_of_them() -> None:
    listed = phrases(60)
    judged = engine(listed)
    assert len(listed) == 60
    assert all(judged.judge(f"oh {one}, {other}").fired for one, other in _pairs(listed))
    assert phrases(600)[:60] == listed
    assert len(set(phrases(10_000))) == 10_000


def _pairs(listed: list[str]) -> Iterator[tuple[str, str]]:
    return zip(listed[::2], listed[1::2], strict=True)


def test_three_percent_of_the_messages_hold_a_phrase() -> None:
    mixed = salted(["hello there"] * 330, ["free nitro"])
    assert mixed.count("hello there free nitro") == 10


def test_made_up_chat_is_new_in_every_batch_and_about_as_long_as_real_chat() -> None:
    first, second = batches(None, MESSAGES, 2, 500)
    texts = [*first, *second]
    assert len(set(first) & set(second)) < 20
    assert 45 < sum(map(len, texts)) / len(texts) < 65


def test_chat_of_a_corpus_is_short_lines_in_english(tmp_path: Path) -> None:
    lines = ['{"text": "hi", "lang": "en"}', '{"text": "moin", "lang": "de"}', f'{{"text": "{"a" * 121}"}}']
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(lines), encoding="utf-8")
    assert list(chain(*batches(corpus, MESSAGES, 2, 2))) == ["hi"] * 4
    assert LONGEST == 120


def test_a_corpus_without_such_a_line_is_refused(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"text": "moin", "lang": "de"}', encoding="utf-8")
    with pytest.raises(QuietlineError, match="has no message in English"):
        next(batches(corpus, MESSAGES, 1))


@pytest.mark.parametrize("family", hostile.FAMILIES)
def test_hostile_texts_are_as_long_as_asked(family: str) -> None:
    draw = random.Random(1)  # noqa: S311 - the same every time
    assert len(hostile.text(hostile.FAMILIES[family], 500, draw, ["threatening", "nudes"])) == 500


def test_ratios_are_taken_round_by_round() -> None:
    costs = Costs({"one": (1.0, 10.0, 30.0), "other": (2.0, 20.0, 30.0)})
    assert costs.of("one") == 10
    assert costs.ratio("one", "other") == 0.5


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure.share("a", 1, 10, 0.1, 0.1), True),
        (Figure.share("a", 2, 10, 0.2, 0.1), False),
        (Figure.faster("a", 1, 4, 4.0, 4), True),
        (Figure.faster("a", 1, 3, 3.0, 4), False),
        (Figure.growth("a", 2, 1, 2.0, 1.7), False),
        (Figure.size("a", 5, "MB", 25), True),
        (Figure.size("a", 26, "MB", 25), False),
        (Figure.size("a", 26, "MB", None), None),
    ],
)
def test_a_goal_is_met_on_the_right_side_of_it(figure: Figure, met: bool | None) -> None:
    assert figure.met is met


def test_a_line_fits_in_80_columns() -> None:
    figure = Figure.faster("any(k in lower), 1,000 phrases", 9.99, 99.9, 12.3, 20)
    console = Console(width=80)
    with console.capture() as captured:
        console.print(table([figure, Figure.growth("4,000 characters: beginnings of words", 9, 8, 1, 5)]))
    first, second = captured.get().splitlines()[1:]
    assert " ".join(first.split()) == "any(k in lower), 1,000 phrases 9.99 us 99.9 us 12.3x >= 20x miss"
    assert "beginnings of words" in second
    assert second.rstrip().endswith("ok")
