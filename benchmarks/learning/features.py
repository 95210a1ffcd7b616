"""Which concepts stand together in a message, as the engine sees it?"""

from bot.detection import Detector
from bot.detection.matcher import Hit
from bot.detection.rules import concepts_of, silenced, stretches

# As far apart as the groups of a rule may stand.
WITHIN = 30


def features(detector: Detector, text: str) -> dict[str, list[frozenset[str]]]:
    """Return, by language, the concepts and groups of every stretch of WITHIN words, the fullest first.

    Languages of which no uncommon word stands in the text are left out, and those in which the text
    silences all rules.
    """
    program = detector.program
    passage = detector.look(detector.read(text).seen)
    if passage is None:
        return {}
    symbols, matches, uncommon = passage.symbols, passage.rare, passage.rare_concepts
    found: dict[str, list[frozenset[str]]] = {}
    likely = program.languages_of(symbols)
    for number in likely:
        if number not in uncommon and number != likely[0]:
            continue
        common = program.common[number]
        hits = [*program.rare.hits(matches, number, -1), *common.hits(common.find(symbols), number, -1)]
        together = _together(detector, hits)
        if not together and number == likely[0]:
            return {}  # it silences the other languages too
        if together and number in uncommon:
            found[program.languages[number]] = together
    return found


def _together(detector: Detector, hits: list[Hit]) -> list[frozenset[str]]:
    program = detector.program
    for sequence in program.sequences:
        hits.sort(key=lambda hit: (hit.first, hit.last))
        hits += sequence.hits(hits)
    if silenced(program.rules[0], sorted(hits, key=lambda hit: (hit.first, hit.last))):
        return []
    hits.sort(key=lambda hit: (hit.first, hit.last))
    found = sorted({concepts_of(one) for one in stretches(hits, WITHIN)}, key=int.bit_count, reverse=True)
    return [_named(detector, concepts) for concepts in found]


def _named(detector: Detector, concepts: int) -> frozenset[str]:
    program = detector.program
    names = {name for number, name in enumerate(program.names) if concepts >> number & 1}
    groups = {name for bits, name in program.groups.items() if bits & concepts}
    return frozenset(name.replace(" ", "_") for name in names | groups)
