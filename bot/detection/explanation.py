"""How is a moderator told why a trigger fired, or why it did not?"""

from dataclasses import dataclass
from itertools import chain

from bot.detection.compiler import Program
from bot.detection.matcher import Hit
from bot.detection.reading import Reading
from bot.detection.rules import Outcome, Weighed
from bot.detection.verdict import Found, Verdict
from bot.detection.wording import ENGLISH, Wording

# Of the weights that count, a moderator is told the heaviest.
_MOST_TOLD = 5


def verdict(
    program: Program,
    found: tuple[int, Outcome],
    reading: Reading,
    skipped: int = 0,
    wording: Wording = ENGLISH,
) -> Verdict:
    """Return the verdict for the rule that fired or came nearest, in the author's own characters.

    `found` is the language by its number, and how the rule came out; `skipped` is how many symbols of
    earlier messages stand before the reading's own.
    """
    language, outcome = found
    weighed = list(outcome.weighed())
    hits = [*outcome.used, *chain.from_iterable(hits for hits, _ in weighed[:_MOST_TOLD])]
    if outcome.vetoed_by:
        hits.append(outcome.vetoed_by)
    places = reading.places()
    quotes = {
        hit: wording.before if hit.first < skipped else _quote(hit, places, reading.text, skipped)
        for hit in hits
    }
    rule = outcome.rule
    return Verdict(
        fired=outcome.fired,
        topic=rule.topic if outcome.fired else None,
        rule=rule.id,
        language=program.languages[language],
        score=outcome.score,
        threshold=rule.threshold,
        concepts=tuple(Found(program.names[hit.concept], hit.term, quote) for hit, quote in quotes.items()),
        explanation=_Teller(program, outcome, quotes, wording).line(weighed),
    )


def _quote(hit: Hit, places: list[tuple[int, int]], text: str, skipped: int) -> str:
    """The author's characters from the first to the last word of the hit."""
    return text[places[hit.first - skipped][0] : places[hit.last - skipped][1]].strip()


@dataclass(frozen=True, slots=True)
class _Teller:
    program: Program
    outcome: Outcome
    quotes: dict[Hit, str]
    wording: Wording

    def line(self, weighed: list[Weighed]) -> str:
        outcome, wording = self.outcome, self.wording
        rule = outcome.rule
        head = (wording.fired if outcome.fired else wording.nearest).format(
            rule=rule.id, score=outcome.score, threshold=rule.threshold
        )
        parts = [self._said(hit) for hit in dict.fromkeys(outcome.used)]
        parts += [f"{self._together(hits)} {weight:+d}" for hits, weight in weighed[:_MOST_TOLD]]
        if rest := sum(weight for _, weight in weighed[_MOST_TOLD:]):
            parts.append(wording.rest.format(points=f"{rest:+d}"))
        found = ", ".join(parts)
        if parts and outcome.missing:
            found = wording.there.format(found=found)
        lack = self._lack()
        return f"{head}: {found}; {lack}" if lack else f"{head}: {found}"

    def _said(self, hit: Hit) -> str:
        name = self.wording.name(self.program.names[hit.concept])
        return self.wording.said.format(name=name, quote=self.quotes[hit])

    def _together(self, hits: tuple[Hit, ...]) -> str:
        first, *others = map(self._said, dict.fromkeys(hits))
        for other in others:
            first = self.wording.together.format(first=first, second=other)
        return first

    def _lack(self) -> str:
        outcome, wording = self.outcome, self.wording
        if outcome.fired:
            return ""
        if outcome.missing:
            names = map(self._group, outcome.missing)
            return wording.missing.format(names=f", {wording.both} ".join(names))
        if outcome.vetoed_by:
            return wording.silenced.format(found=self._said(outcome.vetoed_by))
        if not outcome.score:
            pattern = wording.not_in_order if outcome.rule.ordered else wording.not_near
            return pattern.format(words=outcome.rule.within)
        return wording.too_few.format(score=outcome.score, threshold=outcome.rule.threshold)

    def _group(self, number: int) -> str:
        names = self.program.group_names(self.outcome.rule.groups[number])
        return f" {self.wording.either} ".join(map(self.wording.name, names))
