"""May these phrases be saved, and what should a moderator know about them?

Nothing is saved that cannot be looked for, or with which a sentence shipped as an example comes out wrong.
"""

import difflib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TypeAlias

from bot.detection import Detector
from bot.detection.commonest import CommonWord
from bot.detection.lint import is_regex, warnings
from bot.detection.overlay import LONGEST_REGEX, Overlay
from bot.detection.pack import Meaning
from bot.detection.shipped import Example
from bot.detection.terms import TermError, forms
from bot.phrases.compiling import compiled
from bot.storage import StoredPhrase

MOST_PHRASES = 200
LONGEST_PHRASE = 60
# Each is run on every message of the community. As many as AutoMod has.
MOST_REGEXES = 10
# What braces stand for, written out; a phrase of 60 characters could have 6,561 forms.
MOST_FORMS = 50
MOST_FORMS_IN_ALL = 1_000
_SHOWN = 160

# What a phrase looks for; two phrases that look for the same are doubles.
_Forms: TypeAlias = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase to be added to a concept. `line` is where it stood in what was pasted, from 1."""

    concept: str
    phrase: str = field(repr=False)
    line: int = 1


@dataclass(frozen=True, slots=True)
class Remark:
    """One line about a proposal: what is wrong and the mend, or what to know."""

    proposal: Proposal
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Vetted:
    """What came out. `added` are the phrases to save: none when any was `refused`.

    `doubled` are there already and are passed over; `warned` may be saved.
    """

    added: tuple[StoredPhrase, ...] = ()
    refused: tuple[Remark, ...] = ()
    doubled: tuple[Remark, ...] = ()
    warned: tuple[Remark, ...] = ()


class Vetting:
    """Judges proposals; pure. `words` is called when all else is in order."""

    def __init__(
        self,
        detector: Detector,
        concepts: Mapping[str, Meaning],
        examples: Sequence[Example],
        words: Callable[[], Sequence[CommonWord]],
    ) -> None:
        self._detector = detector
        self._concepts = concepts
        self._examples = examples
        self._words = words

    def vet(self, present: Sequence[StoredPhrase], proposals: Sequence[Proposal], day: date) -> Vetted:
        """Judge all proposals together, beside the phrases that are there. Takes tenths of a second."""
        sorting = _Sorting(present, self._concepts)
        for proposal in proposals:
            sorting.take(proposal)
        fresh = {proposal: _stored(proposal, day) for proposal in sorting.fresh}
        refused = [*sorting.refused, *sorting.over_the_limits()]
        if not refused:
            refused = list(self._spoiled(present, fresh))
        if refused:
            return Vetted(refused=tuple(refused), doubled=tuple(sorting.doubled))
        return Vetted(tuple(fresh.values()), (), tuple(sorting.doubled), tuple(self._warned(fresh)))

    def _spoiled(
        self, present: Sequence[StoredPhrase], fresh: Mapping[Proposal, StoredPhrase]
    ) -> Iterable[Remark]:
        """The proposals with which an example comes out wrong, each with its first one."""
        before = compiled(self._detector, present)
        told: set[Proposal] = set()
        after = compiled(self._detector, [*present, *fresh.values()])
        for example in self._examples:
            if not self._spoils(example, before, after):
                continue
            for proposal in self._guilty(example, present, fresh, before):
                if proposal not in told:
                    told.add(proposal)
                    yield Remark(proposal, _spoiling(example))

    def _spoils(self, example: Example, before: Overlay | None, after: Overlay | None) -> bool:
        judge = self._detector.judge
        topic = judge(example.text, after).topic
        # What was wrong before is not these phrases' fault.
        return topic != example.topic and judge(example.text, before).topic == example.topic

    def _guilty(
        self,
        example: Example,
        present: Sequence[StoredPhrase],
        fresh: Mapping[Proposal, StoredPhrase],
        before: Overlay | None,
    ) -> list[Proposal]:
        """Those that spoil the example by themselves, or else all that stand in it."""
        in_it = [
            proposal
            for proposal, phrase in fresh.items()
            if self._detector.read(example.text, compiled(self._detector, [phrase])).seen.own
        ]
        alone = [
            proposal
            for proposal in in_it
            if self._spoils(example, before, compiled(self._detector, [*present, fresh[proposal]]))
        ]
        return alone or in_it

    def _warned(self, fresh: Mapping[Proposal, StoredPhrase]) -> Iterable[Remark]:
        common = {one.phrase for one in fresh.values() if self._concepts[one.concept].common}
        said = warnings((one.phrase for one in fresh.values()), self._words(), may_be_common=common)
        for proposal, phrase in fresh.items():
            if phrase.phrase in said:
                yield Remark(proposal, said[phrase.phrase])


class _Sorting:
    """Proposals one after another: those that can be looked for, doubles, and the others."""

    def __init__(self, present: Iterable[StoredPhrase], concepts: Collection[str]) -> None:
        self._concepts = concepts
        self._forms = {(one.concept, _forms_there(one.phrase)) for one in present}
        self.fresh: list[Proposal] = []
        self.refused: list[Remark] = []
        self.doubled: list[Remark] = []

    def take(self, proposal: Proposal) -> None:
        fault = concept_fault(proposal.concept, self._concepts)
        phrase = tidy(proposal.phrase)
        try:
            looked_for = _read(phrase)
        except TermError as wrong:
            fault = fault or str(wrong).removeprefix(f'"{phrase}" ')
            looked_for = frozenset()
        if fault:
            self.refused.append(Remark(proposal, fault))
        elif (proposal.concept, looked_for) in self._forms:
            self.doubled.append(Remark(proposal, f"{proposal.concept} has it already"))
        else:
            self._forms.add((proposal.concept, looked_for))
            self.fresh.append(proposal)

    def over_the_limits(self) -> list[Remark]:
        """A remark about the last proposal for each limit that is passed."""
        if not self.fresh:
            return []
        regexes = sum(is_regex(form) for _, looked_for in self._forms for (form, *_) in looked_for)
        counts = (
            (len(self._forms), MOST_PHRASES, "phrases"),
            (regexes, MOST_REGEXES, "regular expressions"),
            (sum(len(looked_for) for _, looked_for in self._forms), MOST_FORMS_IN_ALL, "written-out forms"),
        )
        return [
            Remark(self.fresh[-1], f"a community may have {most:,} {what}, this makes {count:,}; remove some")
            for count, most, what in counts
            if count > most
        ]


def concept_fault(name: str, concepts: Collection[str]) -> str | None:
    """Say what is wrong with the name of a concept; None when it is one of these."""
    if name in concepts:
        return None
    close = difflib.get_close_matches(name, concepts, n=1)
    mend = f"did you mean {close[0]}?" if close else "`python -m bot phrases concepts` lists them"
    return f'"{name[:40]}" is no concept; {mend}'


def tidy(phrase: str) -> str:
    """Return the phrase as it is saved: single spaces, none around it, one way to write each letter."""
    return unicodedata.normalize("NFC", " ".join(phrase.split()))


def _stored(proposal: Proposal, day: date) -> StoredPhrase:
    return StoredPhrase(proposal.concept, tidy(proposal.phrase), day)


def _read(phrase: str) -> _Forms:
    """What the phrase looks for; raises TermError for one that cannot be."""
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in phrase):
        raise TermError("has a character in it that cannot be seen or saved; write it anew")
    if not phrase:
        raise TermError("is empty; write a word or a phrase")
    longest = LONGEST_REGEX if is_regex(phrase) else LONGEST_PHRASE
    if len(phrase) > longest:
        raise TermError(f"is longer than {longest} characters; shorten it")
    if is_regex(phrase):
        Overlay({"": [phrase]}, {"": 0})
        return frozenset({(phrase,)})
    found = frozenset(islice(forms(phrase, {}), MOST_FORMS + 1))
    if len(found) > MOST_FORMS:
        raise TermError(f"stands for more than {MOST_FORMS} forms; split it")
    return found


def _forms_there(phrase: str) -> _Forms:
    try:
        return _read(phrase)
    except TermError:  # saved under an older version of the bot
        return frozenset({(phrase,)})


def _spoiling(example: Example) -> str:
    text = example.text if len(example.text) <= _SHOWN else f"{example.text[:_SHOWN]}…"
    if example.topic is None:
        return f'with it the bot would offer help for "{text}", which is harmless ({example.file})'
    return f'with it the bot would no longer offer {example.topic} for "{text}" ({example.file})'
