"""Learn weights and say how well they do: `python -m benchmarks.learning [--leave-out SOURCE] [--write]`.

Learns from the sentences in tests/detection/sentences and from the folder that QUIETLINE_CORPORA names.
Rules without weights are written by hand and stay. With --leave-out, the sentences of one author are only
tried on; so the figure says how others are understood. With --write, the weights are put into rules.yaml.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.learning.features import features
from benchmarks.learning.messages import Labelled, collected, sentences
from benchmarks.learning.weights import Lesson, Penalties, Stretch, learn, score
from bot.detection import Detector
from bot.detection.loader import read_all

MESSAGES = Path(__file__).resolve().parents[2] / "messages"
WEIGHED = "sextortion.weighed"
# So often may chat be taken for a disclosure, once in 100,000 messages; and such a share of talk about it.
_CHAT, _FALSE = 2, 0.008
# What a rule written by hand says, no threshold takes back.
_ALWAYS = 1_000


def main() -> None:
    """Learn, print the figures and the weights, and write them if told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leave-out", metavar="SOURCE")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    detector, faults = read_all(MESSAGES)
    if detector is None:
        sys.exit(faults[0])
    known = [*sentences(), *collected()]
    if not any(message.chat for message in known):
        sys.exit("needs chat to learn what is none: set QUIETLINE_CORPORA to the folder with the corpora")
    found = [_found(detector, message) for message in known]
    learned = [message.source != chosen.leave_out for message in known]
    written, needed = _groups(detector)
    lessons = [
        Lesson(stretches[0], message.positive, _counts(message))
        for message, stretches, used in zip(known, found, learned, strict=True)
        if used and stretches and _holds([needed], stretches[0])
    ]
    weights = learn(lessons, Penalties())
    scores = [
        max((score(weights, one) for one in stretches if _holds([needed], one)), default=0)
        for stretches in found
    ]
    by_hand = [any(_holds(written, stretch) for stretch in stretches) for stretches in found]
    chat = [message.chat and used for message, used in zip(known, learned, strict=True)]
    talk = [
        used and not message.chat and not message.positive
        for message, used in zip(known, learned, strict=True)
    ]
    enough = max(_enough(scores, by_hand, chat, 0), _enough(scores, by_hand, talk, _FALSE))
    fires = [fired or one >= enough for one, fired in zip(scores, by_hand, strict=True)]
    _report(known, fires, learned)
    threshold = enough + len(needed)  # a group counts 1
    print(f"{len(weights)} weights, threshold {threshold}")
    if chosen.write:
        _write(weights, threshold)


def _enough(scores: Sequence[int], by_hand: Sequence[bool], those: Sequence[bool], share: float) -> int:
    """The score that few enough of those messages reach: _CHAT, or so great a share."""
    reached = sorted(
        (
            _ALWAYS if fired else score
            for score, fired, chosen in zip(scores, by_hand, those, strict=True)
            if chosen
        ),
        reverse=True,
    )
    return reached[int(share * len(reached)) or _CHAT] + 1


def _counts(message: Labelled) -> float:
    """How much a mistake about a message counts: to offer the blackmailer help is the worst."""
    if message.speaker == "blackmailer":
        return 6.0
    if message.source == "examples":
        return 2
    return 3.0 if message.chat else 1.0 if message.positive else 2


def _found(detector: Detector, message: Labelled) -> list[frozenset[str]]:
    """What stands together in a message, in any language; of a disclosure the most, in its own."""
    by_language = features(detector, message.text)
    if not message.positive:
        return list(chain.from_iterable(by_language.values()))
    fullest = {language: stretches[0] for language, stretches in by_language.items()}
    return [fullest.get(message.language) or max(fullest.values(), key=len, default=frozenset())]


def _groups(detector: Detector) -> tuple[list[list[set[str]]], list[set[str]]]:
    """The groups of the rules written by hand, and those of the rule with weights, as sets of names."""
    names = [name.replace(" ", "_") for name in detector.program.names]
    rules = {
        rule.id: [{name for at, name in enumerate(names) if group >> at & 1} for group in rule.groups]
        for rule in detector.program.rules
        if rule.topic == "sextortion"
    }
    needed = rules.pop(WEIGHED)
    return list(rules.values()), needed


def _holds(rules: Iterable[Sequence[set[str]]], found: Stretch) -> bool:
    return any(all(group & found for group in rule) for rule in rules)


def _report(known: Sequence[Labelled], fires: Sequence[bool], learned: Sequence[bool]) -> None:
    counts: dict[tuple[bool, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for message, fired, used in zip(known, fires, learned, strict=True):
        kind = "recall" if message.positive else "chat" if message.chat else "false"
        if message.speaker == "blackmailer":
            kind = "blackmailer"
        for language in ("all", message.language):
            count = counts[used, kind, language]
            count[0] += fired
            count[1] += 1
    for (used, kind, language), (fires_there, total) in sorted(counts.items()):
        what = "learned from" if used else "left out"
        print(f"{what:<13} {kind:<12} {language:<8} {fires_there:>6} of {total:,}")


def _write(weights: dict[str, int], threshold: int) -> None:
    path = MESSAGES / "triggers" / "rules.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("    weights:", text.index(f"id: {WEIGHED}"))
    lines = "".join(f"      {one}: {weight}\n" for one, weight in weights.items())
    end = re.compile(r"^(?!      )", re.MULTILINE).search(text, text.index("\n", start) + 1)
    rest = re.sub(r"^    threshold: \d+\n", "", text[end.start() :] if end else "", flags=re.MULTILINE)
    path.write_text(
        f"{text[:start]}    weights:\n{lines}    threshold: {threshold}\n{rest}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
