"""Does a text sound as if its writer, or somebody close to them, is being blackmailed?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from bot.detection.clean import clean
from bot.detection.compiler import Candidates, Program, compile_packs
from bot.detection.explanation import verdict
from bot.detection.fold import ascii_words, words
from bot.detection.matcher import Hit, Match
from bot.detection.overlay import Overlay
from bot.detection.pack import Pack, Rules
from bot.detection.reading import Reading, Seen
from bot.detection.restore import Restored, Restorer, is_odd
from bot.detection.rules import Outcome, apply, concepts_of, silenced
from bot.detection.verdict import NOTHING, SILENT, Verdict

# A language by its number, and how a rule came out in it.
InLanguage: TypeAlias = tuple[int, Outcome]


class Detector:
    """Judges texts by packs; pure, and safe to share between threads."""

    def __init__(
        self, rules: Rules, packs: Sequence[Pack], commonest: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self.program: Program = compile_packs(rules, packs, commonest)
        self._restorer = Restorer(self.program.lexicon)
        self._symbol = self.program.lexicon.__getitem__

    def overlay(self, phrases: Mapping[str, Sequence[str]]) -> Overlay:
        """Return a community's own phrases, by concept, ready to be found. Raises TermError."""
        return Overlay(phrases, {name.replace(" ", "_"): at for at, name in enumerate(self.program.names)})

    def read(self, text: str, overlay: Overlay | None = None) -> Reading:
        """Return what the rules see in a text. Never raises; ends at 4,096 characters, in linear time."""
        cleaned = clean(text)
        found, restored = self._words(cleaned)
        seen = Seen("".join(map(self._symbol, found)), overlay.hits(found) if overlay else ())
        return Reading(seen, cleaned, restored)

    def _words(self, text: str) -> tuple[list[str], Restored | None]:
        encoded = text.encode("utf-8", "ignore")
        if is_odd(encoded):
            restored = self._restorer.read(text)
            return words(restored.text), restored
        return ascii_words(encoded) if text.isascii() else words(text), None

    def judge(self, text: str, overlay: Overlay | None = None) -> Verdict:
        """Return the verdict on one text, one of silence without a reason. Never raises."""
        if overlay is None:  # most messages end here
            found, _ = self._words(clean(text))
            if self.program.rare.gate.isdisjoint(map(self._symbol, found)):
                return SILENT
        return self.judge_reading(self.read(text, overlay))

    def judge_reading(self, reading: Reading, earlier: Sequence[Seen] = ()) -> Verdict:
        """Return the verdict on a text, by itself or else together with earlier ones by the same person."""
        found = self._outcome(reading.seen)
        if found:
            return verdict(self.program, found, reading)
        if not earlier:
            return SILENT
        together = reading.seen.after(earlier)
        found = self._outcome(together)
        skipped = len(together.symbols) - len(reading.seen.symbols)
        return verdict(self.program, found, reading, skipped) if found else SILENT

    def explain(self, text: str, overlay: Overlay | None = None) -> Verdict:
        """Return the verdict on one text, with its reasons also where it is silent. Never raises."""
        reading, program = self.read(text, overlay), self.program
        rare, nearest = program.rare.find(reading.seen.symbols), None
        for language, bits in self._uncommon(rare, reading.seen):
            near = program.near(bits)
            if near.rules:
                nearest = _better(nearest, self._best(language, rare, reading.seen, near))
        return verdict(program, nearest, reading) if nearest else NOTHING

    def _outcome(self, seen: Seen) -> InLanguage | None:
        """The rule that holds best, and in which language; None when none does."""
        program = self.program
        if program.rare.gate.isdisjoint(seen.symbols) and not seen.own:
            return None
        rare, best = program.rare.find(seen.symbols), None
        for language, bits in self._uncommon(rare, seen):
            if not program.possible(bits).rules:
                continue
            matcher = program.common[language]
            common = matcher.concepts(matcher.find(seen.symbols)).get(language, 0)
            possible = program.narrowed(bits, bits | common)
            if possible.rules:
                best = _better(best, self._best(language, rare, seen, possible))
        return best if best and best[1].fired else None

    def _uncommon(self, rare: Sequence[Match], seen: Seen) -> Iterator[tuple[int, int]]:
        """By language it may be in, the uncommon concepts; a community's own phrases count in all."""
        bits = self.program.rare.concepts(rare)
        if seen.own:
            own = concepts_of(seen.own)
            bits = {language: bits.get(language, 0) | own for language in range(len(self.program.languages))}
        if bits:
            for language in self.program.languages_of(seen.symbols):
                if language in bits:
                    yield language, bits[language]

    def _best(self, language: int, rare: Sequence[Match], seen: Seen, candidates: Candidates) -> InLanguage:
        """How the rule came out that holds best, or comes nearest."""
        hits = self._hits(language, rare, seen, candidates)
        best = max((apply(rule, hits) for rule in candidates.rules), key=lambda outcome: outcome.nearness)
        likeliest = self.program.languages_of(seen.symbols)[0]
        if best.fired and language != likeliest:
            # Filipinos and Indians write half in English: then English words silence too.
            there = self._hits(likeliest, rare, seen, self.program.only(best.rule))
            if veto := silenced(best.rule, there):
                best = replace(best, fired=False, vetoed_by=veto)
        return language, best

    def _hits(self, language: int, rare: Sequence[Match], seen: Seen, candidates: Candidates) -> list[Hit]:
        """What the rules look at, in the order of the text, sequences too."""
        wanted, common = candidates.concepts, self.program.common[language]
        hits = list(self.program.rare.hits(rare, language, wanted))
        hits += common.hits(common.find(seen.symbols), language, wanted)
        hits += [hit for hit in seen.own if wanted >> hit.concept & 1]
        hits.sort(key=_place)
        present = concepts_of(hits)
        for sequence in candidates.sequences:
            if sequence.is_possible(present) and (made := sequence.hits(hits)):
                hits = sorted(hits + made, key=_place)
                present |= 1 << sequence.concept
        return hits


def _better(one: InLanguage | None, other: InLanguage) -> InLanguage:
    return one if one and one[1].nearness >= other[1].nearness else other


def _place(hit: Hit) -> tuple[int, int]:
    return hit.first, hit.last
