"""Are verdicts counted rightly, in bounded memory?"""

from bot.detection import Verdict
from bot.evaluation import Record, Tally

FIRED = Verdict(True, "sextortion", "a.rule", 3, 3, (), "fired")
SILENT = Verdict(False, None, None, 0, 0, (), "silent")


def _record(**facets: str) -> Record:
    return Record(1, "text", facets)


def test_recall_and_false_fires_are_shares_of_the_labelled() -> None:
    tally = Tally()
    tally.add("f:1", _record(label="positive", lang="en"), FIRED)
    tally.add("f:2", _record(label="positive", lang="de"), SILENT)
    tally.add("f:3", _record(label="positive", needs_context="true"), SILENT)
    tally.add("f:4", _record(label="negative", lang="en"), FIRED)
    tally.add("f:5", _record(), SILENT)
    summary = tally.summary()
    assert (summary["messages"], summary["fired"], summary["positives"], summary["caught"]) == (5, 2, 3, 1)
    assert summary["false_fire_rate"] == 1
    assert summary["strict"] == {"messages": 2, "fired": 1, "positives": 2, "caught": 1, "recall": 0.5}
    assert summary["rules"] == {"a.rule": 2}
    by = summary["by"]
    assert isinstance(by, dict)
    assert by["lang"]["de"]["recall"] == 0
    assert by["lang"]["en"]["false_fires"] == 1


def test_without_labels_there_is_no_recall() -> None:
    tally = Tally()
    tally.add("f:1", _record(), FIRED)
    assert "recall" not in tally.summary()
    assert tally.summary()["fired_per_100000"] == 100_000


def test_misses_and_fires_can_be_shown() -> None:
    tally = Tally()
    tally.add("f:1", _record(label="positive"), SILENT)
    tally.add("f:2", _record(label="positive"), FIRED)
    tally.add("f:3", _record(label="negative"), FIRED)
    tally.add("f:4", _record(), FIRED)
    tally.add("f:5", _record(), SILENT)
    assert [one.place for one in tally.misses] == ["f:1"]
    assert [one.place for one in tally.false_fires] == ["f:3", "f:4"]
    assert "text" not in repr(tally.misses[0]).replace("text=", "")


def test_memory_does_not_grow_with_the_file() -> None:
    tally = Tally()
    for number in range(5000):
        tally.add(f"f:{number}", _record(source=str(number), label="positive"), SILENT)
    assert len(tally.facets["source"]) <= 201
    assert len(tally.misses) <= 500
    assert sum(count.messages for count in tally.facets["source"].values()) == 5000
