"""Can the packs under messages/triggers/ be used, and what is wrong with those that cannot?"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.detection.detector import Detector
from bot.detection.pack import Pack
from bot.detection.source import ContentFaults, Source, Where, parse
from bot.detection.terms import TermError, choices
from bot.errors import ContentError

_FOLDER = "triggers"


def load(root: Path) -> Detector:
    """Return a detector for all packs under `root`/triggers; raises ContentError with the first fault."""
    detector, faults = _read_all(root)
    if detector is None or faults:
        raise ContentError(faults[0])
    return detector


def check(root: Path) -> list[str]:
    """Return one line for every fault in the packs under `root`/triggers; none when all is well."""
    return _read_all(root)[1]


def _read_all(root: Path) -> tuple[Detector | None, list[str]]:
    paths = sorted((root / _FOLDER).glob("*.yaml"))
    if not paths:
        return None, [f"{root.name}/{_FOLDER}: holds no trigger pack; put at least en.yaml there"]
    read: list[tuple[Source, Pack]] = []
    faults: list[str] = []
    for path in paths:
        try:
            source = parse(path, f"{root.name}/{_FOLDER}/{path.name}")
            read.append((source, _pack(source)))
        except ContentFaults as wrong:
            faults += wrong.lines
    if faults:
        return None, faults
    detector = Detector([pack for _, pack in read])
    bare = _bare_words_that_fire(detector)
    return detector, [
        source.fault(where, what) for source, pack in read for where, what in _tried(pack, detector, bare)
    ]


def _bare_words_that_fire(detector: Detector) -> dict[str, str]:
    """Return, for each rule that one word alone fires, such a word."""
    lexicon = detector.program.lexicon
    verdicts = (
        (word, detector.judge(word)) for word in sorted({*lexicon.whole, *lexicon.stems}, reverse=True)
    )
    return {verdict.rule: word for word, verdict in verdicts if verdict.fired and verdict.rule}


def _pack(source: Source) -> Pack:
    try:
        pack = Pack.model_validate(source.data)
    except ValidationError as error:
        places = [(_plain(one["loc"]), _mend(one["msg"], one["type"])) for one in error.errors()]
        raise ContentFaults([source.fault(where, what) for where, what in places]) from None
    faults = [source.fault(where, what) for where, what in _inner_faults(pack)]
    if faults:
        raise ContentFaults(faults)
    return pack


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


def _inner_faults(pack: Pack) -> Iterator[tuple[Where, str]]:
    """Terms that cannot be compiled, names of nothing, rules that would look at every message."""
    yield from _term_faults(pack)
    known = dict.fromkeys(pack.concepts, True)
    for name, sequence in pack.sequences.items():
        for at, group in enumerate(sequence.groups):
            for concept in group:
                if concept not in known:
                    yield ("sequences", name, "of", at), _UNKNOWN.format(concept)
        if name in known:
            yield ("sequences", name), "is a concept's name as well; choose another"
        known[name] = True
    ids: set[str] = set()
    for at, rule in enumerate(pack.rules):
        if rule.id in ids:
            yield ("rules", at, "id"), f'"{rule.id}" is taken by another rule; choose another id'
        ids.add(rule.id)
        for where, concept in rule.concepts():
            if concept not in known:
                yield ("rules", at, *where), _UNKNOWN.format(concept)


_UNKNOWN = '"{}" is no concept of this pack; add it above or correct it'


def _term_faults(pack: Pack) -> Iterator[tuple[Where, str]]:
    words = pack.words()
    for name, concept in pack.concepts.items():
        for language, terms in concept.by_language.items():
            for number, term in enumerate(terms):
                try:
                    choices(term, words)
                except TermError as fault:
                    yield ("concepts", name, language, number), str(fault)


def _tried(pack: Pack, detector: Detector, bare: dict[str, str]) -> Iterator[tuple[Where, str]]:
    """Rules that look at every message or that a bare word fires, examples that do not do as they should."""
    own = {rule.id: at for at, rule in enumerate(pack.rules)}
    for compiled in detector.program.rules:
        if compiled.id in own and not compiled.needs:
            yield ("rules", own[compiled.id], "all_of"), _ALL_COMMON
    for rule in own.keys() & bare.keys():
        yield (
            ("rules", own[rule]),
            f'the bare word "{bare[rule]}" fires it; its groups must need different words',
        )
    for kind, wanted in (("match", True), ("no_match", False)):
        for at, text in enumerate(getattr(pack.examples, kind)):
            if detector.judge(text).fired != wanted:
                verdict = detector.explain(text)
                must = "must fire and does not" if wanted else "must not fire and does"
                yield (
                    ("examples", kind, at),
                    f"{must} ({verdict.explanation}); change it, a concept or a rule",
                )


_ALL_COMMON = "every group has a common concept; one must have none, or the rule looks at every message"
