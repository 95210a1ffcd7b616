"""Learn rules and say how well they do: `python -m benchmarks.learning [--leave-out SOURCE]`.

Learns from the sentences in tests/detection/sentences and from the folder that QUIETLINE_CORPORA names.
Rules with a name of one word are written by hand and stay; those with points in it are learned. With
--leave-out, the sentences of one author are only tried on; so the figure says how others are understood.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.learning.features import features
from benchmarks.learning.messages import Labelled, collected, sentences
from benchmarks.learning.search import Limits, Rule, Vocabulary, learn
from bot.detection import Detector, load

MESSAGES = Path(__file__).resolve().parents[2] / "messages"
# What a rule must hold one of each of, so that it makes sense to a reader; see rules.yaml.
_PRESSURES = """sextortion blackmail blackmailed threat condition_publish demand_money condition_act
    will_publish publish_to they_publish threat_publish deadline_publish they_demand cash delete says_your act
    deadline made_public price pressure or_else coercion"""
_PICTURES = """sextortion blackmail blackmailed intimate cam my_media their_media captured faked media
    captured_me media_money publish_media they_have_media pictures telling_pictures pictures_of_us"""
_PEOPLE = """me self close kin my_media captured_me they_say says says_your blackmailed plea fear shame
    one_of_us done_to_us said upset"""


def main() -> None:
    """Learn, and print the figures and the rules."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leave-out", metavar="SOURCE")
    parser.add_argument("--support", type=int, default=20)
    chosen = parser.parse_args()
    detector = load(MESSAGES)
    known = [*sentences(), *collected()]
    found = [_found(detector, message) for message in known]
    learned_from = [message.source != chosen.leave_out for message in known]
    used = [at for at, learned in enumerate(learned_from) if learned]
    positives = [concepts for at in used if known[at].positive for concepts in found[at]]
    negatives = {concepts for at in used if not known[at].positive for concepts in found[at]}
    written = _written(detector)
    rules = learn(
        positives,
        sorted(negatives, key=sorted),
        _vocabulary(detector),
        Limits(support=chosen.support),
        [_holds(written, concepts) for concepts in positives],
    )
    _report(known, found, learned_from, [*written, *([{part} for part in rule] for rule in rules)])
    for rule in rules:
        print(_line(rule))


def _found(detector: Detector, message: Labelled) -> list[frozenset[str]]:
    """What stands together in a message, in any language; of a disclosure the most, in its own."""
    by_language = features(detector, message.text)
    if not message.positive:
        return list(chain.from_iterable(by_language.values()))
    fullest = {language: stretches[0] for language, stretches in by_language.items()}
    return [fullest.get(message.language) or max(fullest.values(), key=len, default=frozenset())]


def _written(detector: Detector) -> list[list[set[str]]]:
    """The rules written by hand, as sets of which one must be there."""
    names = [name.replace(" ", "_") for name in detector.program.names]
    return [
        [{name for at, name in enumerate(names) if group >> at & 1} for group in rule.groups]
        for rule in detector.program.rules
        if rule.id.count(".") == 1
    ]


def _vocabulary(detector: Detector) -> Vocabulary:
    program = detector.program
    silencing = {concept for concept, _ in program.rules[0].none_of}
    names = [name.replace(" ", "_") for name in program.names]
    groups = {
        group.replace(" ", "_"): frozenset(name for at, name in enumerate(names) if bits >> at & 1)
        for bits, group in program.groups.items()
    }
    concepts = {name for at, name in enumerate(names) if at not in silencing}
    known = frozenset(concepts | groups.keys())
    pressures, pictures = frozenset(_PRESSURES.split()), frozenset(_PICTURES.split())
    return Vocabulary(
        all=known,
        needed=(pressures, pictures, frozenset(_PEOPLE.split())),
        pairs=(pressures & known, pictures & known),
        groups=groups,
    )


def _holds(rules: Iterable[Sequence[set[str]]], found: frozenset[str]) -> bool:
    return any(all(group & found for group in rule) for rule in rules)


def _report(
    known: list[Labelled],
    found: list[list[frozenset[str]]],
    learned_from: list[bool],
    rules: list[Sequence[set[str]]],
) -> None:
    counts: dict[tuple[bool, str, bool], list[int]] = defaultdict(lambda: [0, 0])
    for message, concepts, learned in zip(known, found, learned_from, strict=True):
        count = counts[learned, message.language, message.positive]
        count[0] += any(_holds(rules, one) for one in concepts)
        count[1] += 1
    for (learned, language, positive), (fired, total) in sorted(counts.items()):
        kind = "learned from" if learned else "left out"
        print(f"{kind:<13} {language:<8} {'recall' if positive else 'false':<7} {fired:>6} of {total:,}")


def _line(rule: Rule) -> str:
    name = ".".join(part.replace("_", "-") for part in rule)
    return f"  - {{id: sextortion.{name}, all_of: [{', '.join(rule)}]}}"


if __name__ == "__main__":
    main()
