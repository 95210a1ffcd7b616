"""What does a term or a phrase match that nobody meant?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from bot.detection.commonest import CommonWord, commonest
from bot.detection.detector import Detector
from bot.detection.overlay import Overlay
from bot.detection.pack import Pack
from bot.detection.shipped import Shipped, shipped
from bot.detection.source import Where
from bot.detection.symbols import ENDINGS
from bot.detection.terms import Choice, choices, forms
from bot.errors import ContentError

# A whole word as common as this stands in every other message.
EVERYDAY = 1_000
# A phrase is found nearly as often when each of its words is as common as this.
EVERYDAY_IN_PHRASES = 100
# So many different common words an open phrase may match without a warning: a stem and its endings.
FEW = 10
_MOST_SHOWN = 5
# With a word of a pack as common as this the engine looks closer at a good part of all messages. "foto"
# and "video", without which nothing would be found, are at 170 to 300 in several languages.
EVERYDAY_IN_PACKS = 150


def warnings(
    phrases: Iterable[str], words: Sequence[CommonWord], *, may_be_common: Set[str] = frozenset()
) -> dict[str, str]:
    """Return a line for each phrase that everyday words match, by phrase. Raises TermError.

    Phrases in `may_be_common` are for concepts that are common words themselves: only what their stars
    and regular expressions match is looked at.
    """
    chosen = list(dict.fromkeys(phrases))
    overlay = Overlay({"": chosen}, {"": 0})
    matched: dict[str, dict[str, CommonWord]] = defaultdict(dict)
    for word in words:
        for hit in overlay.hits((word.folded,)):
            earlier = matched[hit.term].get(word.folded)
            if earlier is None or word.rank < earlier.rank:
                matched[hit.term][word.folded] = word
    everyday = _by_language(words, EVERYDAY_IN_PHRASES)
    said = {}
    for phrase in chosen:
        found = sorted(matched[phrase].values(), key=lambda word: word.rank)
        if line := _warning(phrase, found, everyday, may_be_common=phrase in may_be_common):
            said[phrase] = line
    return said


def _warning(
    phrase: str, found: Sequence[CommonWord], everyday: Mapping[str, Set[str]], *, may_be_common: bool
) -> str | None:
    if "*" in phrase or is_regex(phrase):
        return _also(found) if len(found) >= FEW else None
    if may_be_common:
        return None
    if found and found[0].rank <= EVERYDAY:
        return f"one of the {EVERYDAY:,} commonest words ({found[0].language}); it is found in many messages"
    for language, words in everyday.items():
        for form in forms(phrase, {}):
            if len(form) > 1 and set(form) <= words:
                return f"only everyday words ({language}); it is found in many messages"
    return None


def is_regex(phrase: str) -> bool:
    """Whether a phrase is a regular expression between slashes."""
    return len(phrase) > 2 and phrase[0] == phrase[-1] == "/"


def _also(found: Sequence[CommonWord]) -> str:
    shown = ", ".join(map(_shown, found[:_MOST_SHOWN]))
    more = len(found) - _MOST_SHOWN
    return f"also matches {shown}" + (f" and {more:,} more common words" if more > 0 else "")


def _shown(word: CommonWord) -> str:
    return f'"{word.written}" ({word.language})'


def _by_language(words: Iterable[CommonWord], up_to: int) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        if word.rank <= up_to:
            found[word.language].add(word.folded)
    return found


def check(root: Path) -> list[str]:
    """Return one line for every fault that common words show in the packs under `root`/triggers.

    None for packs that cannot be read: `bot.detection.check` names what is wrong with them.
    """
    try:
        found, words = shipped(root), commonest(root)
        detector = Detector(found.rules, [pack for _, pack in found.packs])
    except (ContentError, ValueError, KeyError):  # the last: a concept that is none
        return []
    if any(pack.words.concepts.keys() - found.concepts.keys() for _, pack in found.packs):
        return []
    faults = []
    slips = _slips(detector, words)
    for source, pack in found.packs:
        faults += [source.fault(*one) for one in _everyday_terms(pack, found, words)]
        faults += [source.fault(*one) for one in _read_as_slips(pack, slips)]
    return faults


def _everyday_terms(pack: Pack, found: Shipped, words: Iterable[CommonWord]) -> Iterator[tuple[Where, str]]:
    """Single words of uncommon concepts that stand in a great part of all messages."""
    everyday = {word.folded: word for word in words if word.rank <= EVERYDAY_IN_PACKS}
    for name, terms in pack.words.concepts.items():
        if found.concepts[name].common:
            continue
        for at, term in enumerate(terms):
            alone = _alone(choices(term, pack.words.lists))
            if hit := sorted(alone & everyday.keys(), key=lambda word: everyday[word].rank):
                shown = ", ".join(_shown(everyday[word]) for word in hit[:_MOST_SHOWN])
                yield ("concepts", name, at), f"{shown}: {_EVERYDAY}"


def _alone(places: Sequence[Choice]) -> set[str]:
    """The single words that match a term by themselves."""
    return {
        words[0]
        for at, place in enumerate(places)
        if all(() in other for number, other in enumerate(places) if number != at)
        for words in place
        if len(words) == 1
    }


_EVERYDAY = (
    f"among the {EVERYDAY_IN_PACKS} commonest words; write it with the words around it, or make the concept "
    "`common: true` in rules.yaml"
)


def _slips(detector: Detector, words: Iterable[CommonWord]) -> dict[str, tuple[CommonWord, str]]:
    """Common words that the engine takes for misspellings, with the words it takes them for."""
    lexicon = detector.program.lexicon
    meant = {word.folded: (word, lexicon.meant(word.folded)) for word in words}
    return {folded: (word, right) for folded, (word, right) in meant.items() if right}


def _read_as_slips(pack: Pack, slips: Mapping[str, tuple[CommonWord, str]]) -> Iterator[tuple[Where, str]]:
    """Those that are taken for words of the pack."""
    own = _long_words(pack)
    for word, meant in slips.values():
        if meant in own:
            yield ("real_words",), f'{_shown(word)} is read as a misspelling of "{meant}"; list it here'


def _long_words(pack: Pack) -> set[str]:
    """The words of which misspellings are looked for; stems with their usual endings."""
    found: set[str] = set()
    for terms in pack.words.concepts.values():
        for term in terms:
            found |= {word for choice in choices(term, pack.words.lists) for form in choice for word in form}
    whole = {word for word in found if "*" not in word}
    stems = {word[:-1] for word in found if word.endswith("*") and not word.startswith("*")}
    return whole | {stem + ending for stem in stems for ending in ENDINGS}
