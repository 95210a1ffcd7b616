"""Does a text sound as if its writer, or somebody close to them, is being blackmailed?"""

from collections.abc import Sequence

from bot.detection.clean import clean
from bot.detection.compiler import Candidates, Program, compile_packs
from bot.detection.explanation import verdict
from bot.detection.fold import ascii_words, words
from bot.detection.lexicon import UNKNOWN
from bot.detection.matcher import Hit, Matches
from bot.detection.pack import Pack
from bot.detection.reading import Reading
from bot.detection.restore import Restored, Restorer, is_odd
from bot.detection.rules import Outcome, apply, concepts_of
from bot.detection.verdict import NOTHING, SILENT, Verdict

# Between two messages: no term reaches across, and a rule's window is a little shorter.
_GAP = UNKNOWN * 2


class Detector:
    """Judges texts by packs; pure, and safe to share between threads."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        self.program: Program = compile_packs(packs)
        self._restorer = Restorer(self.program.lexicon)
        self._symbol = self.program.lexicon.__getitem__

    def read(self, text: str) -> Reading:
        """Return what the packs see in a text. Never raises; ends at 4,096 characters, in linear time."""
        cleaned = clean(text)
        symbols, restored = self._symbols(cleaned)
        return Reading(symbols, cleaned, restored)

    def _symbols(self, text: str) -> tuple[str, Restored | None]:
        encoded = text.encode("utf-8", "ignore")
        restored = None
        if is_odd(encoded):
            restored = self._restorer.read(text)
            found = words(restored.text)
        else:
            found = ascii_words(encoded) if text.isascii() else words(text)
        return "".join(map(self._symbol, found)), restored

    def judge(self, text: str) -> Verdict:
        """Return the verdict on one text, one of silence without a reason. Never raises."""
        cleaned = clean(text)
        symbols, restored = self._symbols(cleaned)
        outcome = self._outcome(symbols)
        if outcome is None:
            return SILENT
        return verdict(self.program, outcome, Reading(symbols, cleaned, restored))

    def judge_together(self, reading: Reading, earlier: Sequence[str]) -> Verdict:
        """Return the verdict on a text after the symbols of earlier ones by the same person."""
        before = "".join(symbols + _GAP for symbols in earlier)
        outcome = self._outcome(before + reading.symbols)
        return verdict(self.program, outcome, reading, len(before)) if outcome else SILENT

    def _outcome(self, symbols: str) -> Outcome | None:
        """The rule that holds best; None when none does."""
        rare = self.program.rare
        found = rare.find(symbols)
        if not found:
            return None
        bits = rare.bits(found)
        possible = self.program.possible(bits)
        if not possible.rules:
            return None
        common = self.program.common.find(symbols)
        possible = possible.narrowed(bits | self.program.common.bits(common))
        if not possible.rules:
            return None
        outcome = self._best(found, common, possible)
        return outcome if outcome.fired else None

    def explain(self, text: str) -> Verdict:
        """Return the verdict on one text, with its reasons also where it is silent. Never raises."""
        reading, program = self.read(text), self.program
        found = program.rare.find(reading.symbols)
        near = program.near(program.rare.bits(found))
        if not near.rules:
            return NOTHING
        return verdict(program, self._best(found, program.common.find(reading.symbols), near), reading)

    def _best(self, rare: Matches, common: Matches, candidates: Candidates) -> Outcome:
        """How the rule came out that holds best, or comes nearest."""
        hits = self.program.rare.hits(rare, candidates.concepts)
        hits += self.program.common.hits(common, candidates.concepts)
        hits.sort(key=_place)
        present = concepts_of(hits)
        for sequence in candidates.sequences:
            if sequence.is_possible(present) and (made := sequence.hits(hits)):
                hits = sorted(hits + made, key=_place)
                present |= 1 << sequence.concept
        outcomes = (apply(rule, hits) for rule in candidates.rules)
        return max(outcomes, key=lambda outcome: outcome.nearness)


def _place(hit: Hit) -> tuple[int, int]:
    return hit.first, hit.last
