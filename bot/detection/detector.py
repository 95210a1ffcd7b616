"""Does a text sound as if its writer, or somebody close to them, is being blackmailed?"""

from collections.abc import Sequence

from bot.detection.clean import clean
from bot.detection.compiler import Program, compile_packs
from bot.detection.explanation import verdict
from bot.detection.fold import fold
from bot.detection.matcher import Hit
from bot.detection.pack import Pack
from bot.detection.restore import Reading
from bot.detection.rules import apply, concepts_of
from bot.detection.verdict import NOTHING, Verdict


class Detector:
    """Judges texts by packs; pure, and safe to share between threads."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.program: Program = compile_packs(packs)

    def judge(self, text: str) -> Verdict:
        """Return the verdict on one text. Never raises; time grows linearly and ends at 4,096 characters."""
        cleaned = clean(text)
        folded = fold(cleaned)
        if not self.program.restorer.is_needed(cleaned, folded):
            return self._judge(Reading(cleaned), folded, text)
        restored = self.program.restorer.read(cleaned)
        return self._judge(restored, fold(restored.text), text)

    def _judge(self, reading: Reading, folded: str, original: str) -> Verdict:
        program = self.program
        searched = folded.encode()
        found = program.rare.find(searched)
        bits = program.rare.bits(found)
        near = [rule for rule in program.rules if rule.is_near(bits)] if found else []
        if not near:
            return NOTHING
        hits = program.rare.hits(searched, found)
        hits += program.common.hits(searched, program.common.find(searched))
        hits.sort(key=_place)
        present = concepts_of(hits)
        for sequence in program.sequences:
            if sequence.is_possible(present) and (made := sequence.hits(hits)):
                hits = sorted(hits + made, key=_place)
                present |= 1 << sequence.concept
        outcomes = (apply(rule, hits) for rule in near)
        nearest = max(outcomes, key=lambda outcome: outcome.nearness)
        return verdict(program, nearest, reading, original)


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, hit.end
