"""Are verdicts counted rightly, in bounded memory?"""

from dataclasses import replace

from bot.detection import Verdict
from bot.evaluation import Record, Tally

FIRED = Verdict(True, "sextortion", "a.rule", "en", 3, 3, (), "fired")
SILENT = Verdict(False, None, None, None, 0, 0, (), "silent")


def _explained(text: str) -> Verdict:
    return replace(SILENT, explanation=f"because of {len(text)} characters")


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
    strict = summary["strict"]
    assert isinstance(strict, dict)
    assert strict.items() >= {"messages": 2, "fired": 1, "positives": 2, "caught": 1, "recall": 0.5}.items()
    assert summary["needs_context"] == {
        "messages": 1,
        "fired": 0,
        "positives": 1,
        "caught": 0,
        "recall": 0,
    }
    assert summary["rules"] == {"a.rule": 2}
    by = summary["by"]
    assert isinstance(by, dict)
    assert by["lang"]["de"]["recall"] == 0
    assert by["lang"]["en"]["false_fires"] == 1


def test_languages_are_crossed_with_strict_recall_and_false_fires() -> None:
    tally = Tally()
    tally.add("f:1", _record(label="positive", lang="de", speaker="victim"), FIRED)
    tally.add("f:2", _record(label="positive", lang="de", speaker="parent"), SILENT)
    tally.add("f:3", _record(label="positive", lang="de", needs_context="true"), SILENT)
    tally.add("f:4", _record(label="negative", lang="de"), FIRED)
    by = tally.summary()["by"]
    assert isinstance(by, dict)
    german = by["lang"]["de"]
    assert (german["strict_positives"], german["strict_caught"], german["strict_recall"]) == (2, 1, 0.5)
    assert (german["negatives"], german["false_fires"], german["false_fire_rate"]) == (1, 1, 1)


def test_scam_mails_and_blackmailers_are_counted_apart() -> None:
    tally = Tally()
    tally.add("f:1", _record(label="positive", speaker="email_scam"), FIRED)
    tally.add("f:2", _record(label="positive", kind="email_scam"), SILENT)
    tally.add("f:3", _record(label="positive", speaker="blackmailer"), FIRED)
    tally.add("f:4", _record(speaker="blackmailer"), SILENT)
    summary = tally.summary()
    assert "strict" not in summary
    assert isinstance(summary["email_scam"], dict)
    assert isinstance(summary["blackmailer"], dict)
    assert (summary["email_scam"]["caught"], summary["email_scam"]["messages"]) == (1, 2)
    assert (summary["blackmailer"]["fired"], summary["blackmailer"]["messages"]) == (1, 2)
    assert (summary["false_fires"], summary["negatives"]) == (1, 2)


def test_messages_without_text_are_counted() -> None:
    tally = Tally()
    for text in ("", " \n", "x"):
        tally.add("f:1", Record(1, text), SILENT)
    assert (tally.summary()["messages"], tally.summary()["without_text"]) == (3, 2)


def test_without_labels_there_is_no_recall() -> None:
    tally = Tally()
    tally.add("f:1", _record(), FIRED)
    assert "recall" not in tally.summary()
    assert tally.summary()["fired_per_100000"] == 100_000


def test_misses_and_fires_can_be_shown_with_the_reason() -> None:
    tally = Tally(_explained)
    tally.add("f:1", _record(label="positive", lang="de", speaker="victim"), SILENT)
    tally.add("f:2", _record(label="positive"), FIRED)
    tally.add("f:3", _record(label="negative"), FIRED)
    tally.add("f:4", _record(), FIRED)
    tally.add("f:5", _record(), SILENT)
    tally.add("f:6", _record(label="negative"), SILENT)
    assert [one.place for one in tally.misses] == ["f:1"]
    assert [one.place for one in tally.false_fires] == ["f:3"]
    assert [one.place for one in tally.unlabelled_fires] == ["f:4"]
    assert tally.misses[0].explanation == "because of 4 characters"
    assert tally.misses[0].about == "de · victim"
    assert "text" not in repr(tally.misses[0]).replace("text=", "")


def test_nothing_is_explained_or_kept_that_nobody_asked_for() -> None:
    asked: list[str] = []

    def explain(text: str) -> Verdict:
        asked.append(text)
        return SILENT

    unasked, tally = Tally(), Tally(explain)
    for each in (unasked, tally):
        each.add("f:1", _record(label="positive"), SILENT)
        each.add("f:2", _record(label="positive"), FIRED)
        each.add("f:3", _record(), SILENT)
    assert unasked.misses == []
    assert asked == ["text"]


def test_of_long_messages_the_beginning_is_kept_and_all_is_explained() -> None:
    tally = Tally(_explained)
    tally.add("f:1", Record(1, "x" * 1_000_000), FIRED)
    assert tally.unlabelled_fires[0].text == "x" * 1000 + "…"
    assert tally.unlabelled_fires[0].explanation == "because of 1000000 characters"


def test_memory_does_not_grow_with_the_file() -> None:
    tally = Tally(_explained)
    for number in range(5000):
        tally.add(f"f:{number}", _record(source=str(number), label="positive"), SILENT)
    assert len(tally.facets["source"]) <= 201
    assert len(tally.misses) == 500
    assert sum(count.messages for count in tally.facets["source"].values()) == 5000
