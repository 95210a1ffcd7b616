"""Can the rules and words under messages/triggers/ be used, and what is wrong where they cannot?"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.detection.detector import Detector
from bot.detection.fold import words as words_of
from bot.detection.pack import Pack, Rules, Words, named_in
from bot.detection.source import ContentFaults, Source, Where, parse
from bot.detection.terms import TermError, choices
from bot.errors import ContentError

FOLDER = "triggers"
RULES = "rules.yaml"
COMMON = "common"
# Of the commonest words of a language, those that say nothing by themselves.
_MOST_COMMON = 1_000
_File = TypeVar("_File", bound=BaseModel)


def load(root: Path) -> Detector:
    """Return a detector for everything under `root`/triggers; raises ContentError with the first fault."""
    detector, faults = read_all(root)
    if detector is None or faults:
        raise ContentError(faults[0])
    return detector


def check(root: Path) -> list[str]:
    """Return one line for every fault in the files under `root`/triggers; none when all is well.

    Every word of the packs is tried as a message, which `load` leaves out for time.
    """
    return read_all(root, every_word=True)[1]


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Keep the garbage collector from looking, time and again, through a million values that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_nothing_to_collect()
def read_all(root: Path, *, every_word: bool = False) -> tuple[Detector | None, list[str]]:
    """Return the detector, also when examples fail, and one line for every fault."""
    folder = root / FOLDER
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != RULES)
    if not paths or not (folder / RULES).is_file():
        return None, [f"{root.name}/{FOLDER}: needs {RULES} and the words of a language, at least en.yaml"]
    try:
        source, rules = _read(folder / RULES, root, Rules)
        _raise(source, _rule_faults(rules))
    except ContentFaults as wrong:
        return None, wrong.lines
    read: list[tuple[Source, Pack]] = []
    faults: list[str] = []
    for path in paths:
        try:
            words_source, words = _read(path, root, Words)
            _raise(words_source, _word_faults(words, rules))
            read.append((words_source, Pack(path.stem, words)))
        except ContentFaults as wrong:
            faults += wrong.lines
    if faults:
        return None, faults
    try:
        detector = Detector(rules, [pack for _, pack in read], _commonest(folder / COMMON))
    except TermError:  # looked for only then: it takes as long as compiling
        return None, [
            source.fault(where, what) for source, pack in read for where, what in _term_faults(pack.words)
        ]
    if faults := [source.fault(where, what) for where, what in _too_eager(rules, detector, every_word)]:
        return None, faults
    return detector, [
        source.fault(where, what) for source, pack in read for where, what in _tried(pack, detector)
    ]


def _commonest(folder: Path) -> dict[str, int]:
    """The commonest words of all languages with their ranks; none where the lists are missing."""
    ranks: dict[str, int] = {}
    for path in sorted(folder.glob("*.txt")):
        with path.open(encoding="utf-8") as lines:
            for rank, line in enumerate(islice(lines, _MOST_COMMON), 1):
                for word in words_of(line):
                    ranks[word] = min(rank, ranks.get(word, rank))
    return ranks


def _read(path: Path, root: Path, kind: type[_File]) -> tuple[Source, _File]:
    source = parse(path, f"{root.name}/{FOLDER}/{path.name}")
    try:
        return replace(source, data=None), kind.model_validate(source.data)
    except ValidationError as error:
        places = [(_plain(one["loc"]), _mend(one["msg"], one["type"])) for one in error.errors()]
        raise ContentFaults([source.fault(where, what) for where, what in places]) from None


def _raise(source: Source, faults: Iterator[tuple[Where, str]]) -> None:
    lines = [source.fault(where, what) for where, what in faults]
    if lines:
        raise ContentFaults(lines)


def _plain(where: tuple[str | int, ...]) -> Where:
    """Pydantic's place of a fault without its names for the branches of a union."""
    return tuple(
        step for step in where if isinstance(step, int) or not step.startswith(("constrained-", "list["))
    )


def _mend(message: str, kind: str) -> str:
    if kind == "extra_forbidden":
        return "is no known key; check its spelling or take it out"
    if kind == "missing":
        return "is missing; add it"
    return message.removeprefix("Value error, ")


def _rule_faults(rules: Rules) -> Iterator[tuple[Where, str]]:
    """Names of nothing, and names that two things have."""
    known = dict.fromkeys(rules.concepts, True)
    for name, sequence in rules.sequences.items():
        for at, group in enumerate(sequence.groups):
            for concept in group:
                if concept not in known:
                    yield ("sequences", name, "of", at), _UNKNOWN.format(concept)
        if name in known:
            yield ("sequences", name), "is a concept's name as well; choose another"
        known[name] = True
    for name, group in rules.groups.items():
        for at, concept in enumerate(group):
            if concept not in known:
                yield ("groups", name, at), _UNKNOWN.format(concept)
        if name in known:
            yield ("groups", name), "is a concept's name as well; choose another"
    for where, concept in named_in(rules.none_of):
        if concept not in known:
            yield where, _UNKNOWN.format(concept)
    ids: set[str] = set()
    for at, rule in enumerate(rules.rules):
        if rule.id in ids:
            yield ("rules", at, "id"), f'"{rule.id}" is taken by another rule; choose another id'
        ids.add(rule.id)
        for where, concept in rule.concepts():
            if concept not in known and not (where[0] in ("all_of", "weights") and concept in rules.groups):
                yield ("rules", at, *where), _UNKNOWN.format(concept)


_UNKNOWN = f'"{{}}" is no concept of {RULES}; add it there or correct it'


def _word_faults(words: Words, rules: Rules) -> Iterator[tuple[Where, str]]:
    """Concepts without words, and words for no concept."""
    for name, meaning in rules.concepts.items():
        if name not in words.concepts:
            yield ("concepts",), f'"{name}" is missing; list words for it: {meaning.means}'
    for name in words.concepts:
        if name not in rules.concepts:
            yield ("concepts", name), _UNKNOWN.format(name)


def _term_faults(words: Words) -> Iterator[tuple[Where, str]]:
    """Terms that cannot be compiled."""
    for name, terms in words.concepts.items():
        for number, term in enumerate(terms):
            try:
                choices(term, words.lists)
            except TermError as fault:
                yield ("concepts", name, number), str(fault)


def _too_eager(rules: Rules, detector: Detector, every_word: bool) -> Iterator[tuple[Where, str]]:
    """Rules that would look at every message, or that a bare word fires."""
    lexicon = detector.program.lexicon
    words = sorted({*lexicon.whole, *lexicon.stems}, reverse=True) if every_word else []
    verdicts = ((word, detector.judge(word)) for word in words)
    bare = {verdict.rule: word for word, verdict in verdicts if verdict.fired}
    for at, (rule, compiled) in enumerate(zip(rules.rules, detector.program.rules, strict=True)):
        if not compiled.needs:
            yield ("rules", at, "all_of"), _ALL_COMMON
        if rule.id in bare:
            yield (
                ("rules", at),
                f'the bare word "{bare[rule.id]}" fires it; its groups must need different words',
            )


_ALL_COMMON = "every group has a common concept; one must have none, or the rule looks at every message"


def _tried(pack: Pack, detector: Detector) -> Iterator[tuple[Where, str]]:
    """Examples that do not do as they should."""
    wanted: list[tuple[str | None, Where, list[str]]] = [
        (topic, ("examples", "match", topic), texts) for topic, texts in pack.words.examples.match.items()
    ]
    wanted.append((None, ("examples", "no_match"), pack.words.examples.no_match))
    for topic, where, texts in wanted:
        for at, text in enumerate(texts):
            if detector.judge(text).topic != topic:
                must = f"must offer {topic} and does not" if topic else "must not fire and does"
                why = detector.explain(text).explanation
                yield (*where, at), f"{must} ({why}); change it, a concept or a rule"
