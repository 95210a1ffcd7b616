"""How is a moderator told why a trigger fired, or why it did not?"""

from collections.abc import Mapping, Sequence
from itertools import chain

from bot.detection.compiler import Program
from bot.detection.matcher import Hit
from bot.detection.reading import Reading
from bot.detection.rules import Outcome, Weighed
from bot.detection.verdict import Found, Verdict

# Of the weights that count, a moderator is told the heaviest.
_MOST_TOLD = 5


def verdict(program: Program, found: tuple[int, Outcome], reading: Reading, skipped: int = 0) -> Verdict:
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
    quotes = {hit: _quote(hit, places, reading.text, skipped) for hit in hits}
    rule = outcome.rule
    return Verdict(
        fired=outcome.fired,
        topic=rule.topic if outcome.fired else None,
        rule=rule.id,
        language=program.languages[language],
        score=outcome.score,
        threshold=rule.threshold,
        concepts=tuple(Found(program.names[hit.concept], hit.term, quote) for hit, quote in quotes.items()),
        explanation=f"{_head(outcome)}: {_body(program, outcome, weighed, quotes)}",
    )


def _quote(hit: Hit, places: list[tuple[int, int]], text: str, skipped: int) -> str:
    """The author's characters from the first to the last word of the hit."""
    if hit.first < skipped:
        return "(a message before)"
    return text[places[hit.first - skipped][0] : places[hit.last - skipped][1]].strip()


def _head(outcome: Outcome) -> str:
    if outcome.fired:
        return f"{outcome.rule.id} fired ({outcome.score} of {outcome.rule.threshold})"
    return f"silent; nearest is {outcome.rule.id}"


def _body(program: Program, outcome: Outcome, weighed: Sequence[Weighed], quotes: Mapping[Hit, str]) -> str:
    parts = [_said(program, hit, quotes) for hit in dict.fromkeys(outcome.used)]
    parts += [
        f"{' with '.join(_said(program, hit, quotes) for hit in dict.fromkeys(hits))} {weight:+d}"
        for hits, weight in weighed[:_MOST_TOLD]
    ]
    if rest := sum(weight for _, weight in weighed[_MOST_TOLD:]):
        parts.append(f"and what else stands there {rest:+d}")
    line = ", ".join(parts) + (" is there" if parts and outcome.missing else "")
    return line + _lack(program, outcome, quotes)


def _said(program: Program, hit: Hit, quotes: Mapping[Hit, str]) -> str:
    return f'{program.names[hit.concept]} "{quotes[hit]}"'


def _lack(program: Program, outcome: Outcome, quotes: Mapping[Hit, str]) -> str:
    if outcome.fired:
        return ""
    if outcome.missing:
        names = (program.group_name(outcome.rule.groups[number]) for number in outcome.missing)
        return "; missing: " + ", and ".join(names)
    if outcome.vetoed_by:
        return f"; but {_said(program, outcome.vetoed_by, quotes)} silences it"
    if not outcome.score:
        order = "in this order " if outcome.rule.ordered else ""
        return f"; not {order}within {outcome.rule.within} words"
    return f"; score {outcome.score} of {outcome.rule.threshold}"
