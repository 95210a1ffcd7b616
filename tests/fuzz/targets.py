"""What is tried, and what must hold whatever comes in?"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.detection import Detector, check, load
from bot.detection.clean import clean
from bot.detection.lint import check as lint
from bot.detection.overlay import Overlay
from bot.detection.shipped import shipped
from bot.detection.terms import TermError
from bot.errors import ContentError, QuietlineError
from bot.evaluation import Record, Tally, read
from tests.fuzz.configs import configs
from tests.fuzz.discord_events import events
from tests.fuzz.files import histories, packs
from tests.fuzz.ids import ids, tickets
from tests.fuzz.runner import Target, fuzzed
from tests.fuzz.telegram_updates import updates
from tests.fuzz.texts import messages, phrases


def targets(root: Path, folder: Path) -> Mapping[str, Target]:
    """Return everything that is tried, with the triggers under `root`; files are written to `folder`."""
    detector = load(root)
    sentences = [example.text for example in shipped(root).examples()]
    known = sorted(detector.program.lexicon.whole)
    return {
        "messages": _messages(detector, messages(sentences, known)),
        "conversations": _conversations(detector, messages(sentences, known)),
        "overlays": _overlays(detector, messages(sentences, known), phrases(known)),
        "packs": _packs(folder),
        "histories": _histories(detector, folder),
        "updates": updates(),
        "events": events(),
        "ids": ids(root),
        "tickets": tickets(),
        "configs": configs(folder),
    }


def _messages(detector: Detector, written: st.SearchStrategy[str]) -> Target:
    @given(written)
    def one(text: str) -> None:
        _judged(detector, text)

    return fuzzed(one)


def _judged(detector: Detector, text: str, overlay: Overlay | None = None) -> None:
    reading = detector.read(text, overlay)
    places = reading.places()
    assert len(places) == len(reading.seen.symbols)
    assert all(0 <= start < end <= len(text) for start, end in places)
    verdict, explained = detector.judge(text, overlay), detector.explain(text, overlay)
    assert verdict == explained if verdict.fired else not explained.fired
    assert all(found.quote in clean(text) for found in explained.concepts)


def _conversations(detector: Detector, written: st.SearchStrategy[str]) -> Target:
    @given(st.lists(written, min_size=1, max_size=4))
    def one(texts: list[str]) -> None:
        *earlier, last = map(detector.read, texts)
        verdict = detector.judge_reading(last, [reading.seen for reading in earlier])
        assert verdict.fired or not detector.judge(texts[-1]).fired

    return fuzzed(one)


def _overlays(detector: Detector, written: st.SearchStrategy[str], phrase: st.SearchStrategy[str]) -> Target:
    concepts = st.sampled_from(["threat", "intimate", "self"])

    @given(st.dictionaries(concepts, st.lists(phrase, max_size=6), max_size=3), written)
    def one(own: dict[str, list[str]], text: str) -> None:
        with suppress(TermError):
            overlay = detector.overlay(own)
            _judged(detector, text, overlay)
            _judged(detector, " ".join(term for terms in own.values() for term in terms), overlay)

    return fuzzed(one)


def _packs(folder: Path) -> Target:
    triggers = folder / "messages" / "triggers"
    triggers.mkdir(parents=True)

    @given(packs())
    def one(files: tuple[bytes, bytes]) -> None:
        for name, content in zip(("rules.yaml", "en.yaml"), files, strict=True):
            (triggers / name).write_bytes(content)
        faults = check(triggers.parent)
        assert all(line.startswith("messages/triggers") and line.splitlines() == [line] for line in faults)
        # That a bare word fires a rule only the check looks for; it keeps no bot from starting.
        if not faults or "the bare word" not in faults[0]:
            assert _first_fault(triggers.parent) == next(iter(faults), None)
        lint(triggers.parent)

    return fuzzed(one)


def _first_fault(root: Path) -> str | None:
    try:
        load(root).judge("blackmail with my nudes lol")
    except ContentError as fault:
        return str(fault)
    return None


def _histories(detector: Detector, folder: Path) -> Target:
    path = folder / "history"

    @given(histories())
    def one(content: bytes) -> None:
        path.write_bytes(content)
        tally = Tally(detector.explain)
        with suppress(QuietlineError):
            for record in read(path):
                if isinstance(record, Record):
                    tally.add("here", record, detector.judge(record.text))
        json.dumps(tally.summary())

    return fuzzed(one)
