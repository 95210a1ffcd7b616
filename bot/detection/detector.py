"""Does a text sound as if its writer, or somebody close to them, is being blackmailed?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from bot.detection.clean import LONGEST, clean
from bot.detection.compiler import Candidates, Program, compile_packs
from bot.detection.explanation import verdict
from bot.detection.fold import ascii_words, words
from bot.detection.lexicon import UNKNOWN
from bot.detection.matcher import Hit
from bot.detection.outline import is_odd, may_name, outline
from bot.detection.overlay import Overlay
from bot.detection.pack import Pack, Rules
from bot.detection.reading import Passage, Reading, Seen
from bot.detection.restore import Restored, Restorer
from bot.detection.rules import CompiledRule, Outcome, apply, concepts_of, silenced
from bot.detection.sieve import Sieve
from bot.detection.verdict import SILENT, Verdict
from bot.detection.wording import ENGLISH, Wording

# A language by its number, and how a rule came out in it.
InLanguage: TypeAlias = tuple[int, Outcome]


# So short a message is looked at whole.
_SHORT = 20


class Detector:
    """Judges texts by packs; pure, and safe to share between threads."""

    def __init__(
        self, rules: Rules, packs: Sequence[Pack], commonest: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self.program: Program = compile_packs(rules, packs, commonest)
        self._restorer = Restorer(self.program.lexicon)
        self._sieve = Sieve(self.program.lexicon, self.program.gate)
        longest = max(matcher.longest for matcher in (self.program.rare, *self.program.common))
        self._near = max(_SHORT, longest)
        # Around a term, groups stand up to `within` words away, and what they are weighed with as far again.
        self._reach = 2 * max(rule.within for rule in self.program.rules) + longest

    def overlay(self, phrases: Mapping[str, Sequence[str]]) -> Overlay:
        """Return a community's own phrases, by concept, ready to be found. Raises TermError."""
        return Overlay(phrases, {name.replace(" ", "_"): at for at, name in enumerate(self.program.names)})

    def read(self, text: str, overlay: Overlay | None = None) -> Reading:
        """Return what the rules see in a text. Never raises; ends at 4,096 characters, in linear time."""
        cleaned, found, restored = self._words(text)
        symbols = "".join(map(self.program.lexicon.__getitem__, found))
        own = overlay.hits(found) if overlay else ()
        return Reading(Seen(symbols, tuple(self._sieve.suspects(found)), own), cleaned, restored)

    def _words(self, text: str) -> tuple[str, list[str], Restored | None]:
        """The author's words, the text without what is none, and what was restored in it."""
        text = text[:LONGEST]
        encoded = text.encode("utf-8", "ignore")
        shape = outline(encoded)
        if may_name(shape) or "www." in text:
            text = clean(text)
            encoded = text.encode("utf-8", "ignore")
            shape = outline(encoded)
        if is_odd(shape):
            restored = self._restorer.read(text)
            return text, words(restored.text), restored
        return text, ascii_words(encoded) if text.isascii() else words(text), None

    def judge(self, text: str, overlay: Overlay | None = None) -> Verdict:
        """Return the verdict on one text, one of silence without a reason. Never raises."""
        _, found, _ = self._words(text)
        suspects = self._sieve.suspects(found)
        if overlay is None and not suspects:  # most messages end here
            return SILENT
        passage = self._focus(found, suspects, overlay.hits(found) if overlay else ())
        best = self._outcome(passage) if passage else None
        if passage is None or best is None:
            return SILENT
        reading = self.read(text, overlay)
        if passage.symbols == reading.seen.symbols:  # all of the message was looked at
            return verdict(self.program, best, reading)
        return self.judge_reading(reading)

    def judge_reading(self, reading: Reading, earlier: Sequence[Seen] = ()) -> Verdict:
        """Return the verdict on a text, by itself or else together with earlier ones by the same person."""
        passage = self.look(reading.seen)
        if passage and (found := self._outcome(passage)):
            return verdict(self.program, found, reading)
        together = reading.seen.after(earlier) if earlier else None
        passage = self.look(together) if together else None
        if together and passage and (found := self._outcome(passage)):
            return verdict(self.program, found, reading, len(together.symbols) - len(reading.seen.symbols))
        return SILENT

    def explain(self, text: str, overlay: Overlay | None = None, wording: Wording = ENGLISH) -> Verdict:
        """Return the verdict on one text, with its reasons also where it is silent. Never raises."""
        reading, program, nearest = self.read(text, overlay), self.program, None
        if passage := self.look(reading.seen):
            for language in program.languages_of(passage.symbols):
                near = program.near(passage.rare_concepts.get(language, 0))
                if near.rules:
                    nearest = _better(nearest, self._best(language, passage, near))
        if nearest is None:
            return replace(SILENT, explanation=wording.nothing)
        return verdict(program, nearest, reading, wording=wording)

    def look(self, seen: Seen) -> Passage | None:
        """Return what stands around the uncommon terms; None when there are none."""
        passage = self._focus(seen.symbols, seen.suspects, seen.own) if seen.suspects or seen.own else None
        return passage._replace(whole=seen.symbols) if passage else None

    def _focus(self, words: Sequence[str], suspects: Iterable[int], own: tuple[Hit, ...]) -> Passage | None:
        """The same for words, or for their symbols."""
        rare = self.program.rare
        if not own and not rare.find(self._symbols(words, suspects, rare.longest), suspects):
            return None  # nearly all messages
        symbols = self._symbols(words, suspects, self._near)
        matches = rare.find(symbols)
        if len(words) > self._near:
            places = sorted((*(first for _, first, _ in matches), *(hit.first for hit in own)))
            symbols = self._symbols(words, places, self._reach)
            matches = rare.find(symbols)
        concepts = rare.concepts(matches)
        if own:  # a community's own phrases count in all languages
            bits = concepts_of(own)
            concepts = {at: concepts.get(at, 0) | bits for at in range(len(self.program.languages))}
        return Passage(symbols, matches, concepts, own, symbols)

    def _symbols(self, words: Sequence[str], places: Iterable[int], reach: int) -> str:
        """The symbols of the words at most so far from one of the places; of others UNKNOWN."""
        symbol = str if isinstance(words, str) else self.program.lexicon.__getitem__
        if len(words) <= reach:
            return "".join(map(symbol, words))
        symbols: list[str] = []
        for at in places:
            start, end = max(at - reach, len(symbols)), at + reach + 1
            symbols += [UNKNOWN] * (start - len(symbols))
            symbols += map(symbol, words[start:end])
        return "".join(symbols) + UNKNOWN * (len(words) - len(symbols))

    def _outcome(self, passage: Passage) -> InLanguage | None:
        """The rule that holds best, and in which language; None when none does."""
        program, best, symbols = self.program, None, passage.symbols
        rare = {at: bits for at, bits in passage.rare_concepts.items() if program.possible(bits).rules}
        likely = self._likely(passage, rare)
        if not likely:  # nearly all messages
            return None
        for language in program.languages_of(symbols):
            if language not in likely:
                continue
            bits, matcher = rare[language], program.common[language]
            common = matcher.concepts(matcher.find(symbols)).get(language, 0)
            possible = program.narrowed(bits, bits | common)
            if possible.rules:
                best = _better(best, self._best(language, passage, possible))
        return best if best and best[1].fired else None

    def _likely(self, passage: Passage, languages: Iterable[int]) -> set[int]:
        """Those of the languages in which the words around uncommon terms allow for a rule at all."""
        program, likely = self.program, set[int]()
        if not languages:
            return likely
        for symbols, matches in passage.stretches(self._reach):
            upper, rare = program.upper(symbols), program.rare.concepts(matches)
            for language in languages:
                bits = rare.get(language, 0) | concepts_of(passage.own)
                if program.narrowed(bits, bits | upper(language)).rules:
                    likely.add(language)
        return likely

    def _best(self, language: int, passage: Passage, candidates: Candidates) -> InLanguage:
        """How the rule came out that holds best, or comes nearest."""
        hits = self._hits(language, passage, candidates)
        best = max((apply(rule, hits) for rule in candidates.rules), key=lambda outcome: outcome.nearness)
        if best.fired and (veto := self._silenced(best.rule, language, passage)):
            best = replace(best, fired=False, vetoed_by=veto)
        return language, best

    def _silenced(self, rule: CompiledRule, language: int, passage: Passage) -> Hit | None:
        """What silences a rule elsewhere in the message, or in the language that it is likeliest in.

        Filipinos and Indians write half in English: then English words silence too.
        """
        likeliest = self.program.languages_of(passage.symbols)[0]
        if language == likeliest and passage.whole == passage.symbols:
            return None  # looked at already
        whole = passage._replace(symbols=passage.whole, rare=self.program.rare.find(passage.whole))
        wanted = self.program.only(rule)
        vetoes = (silenced(rule, self._hits(at, whole, wanted)) for at in {language, likeliest})
        return next(filter(None, vetoes), None)

    def _hits(self, language: int, passage: Passage, candidates: Candidates) -> list[Hit]:
        """What the rules look at, in the order of the text, sequences too."""
        wanted, common = candidates.concepts, self.program.common[language]
        hits = list(self.program.rare.hits(passage.rare, language, wanted))
        hits += common.hits(common.find(passage.symbols), language, wanted)
        hits += [hit for hit in passage.own if wanted >> hit.concept & 1]
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
