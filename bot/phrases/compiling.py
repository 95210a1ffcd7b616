"""How do a community's phrases become what the engine looks for?"""

from collections import defaultdict
from collections.abc import Iterable

import structlog

from bot.detection import Detector
from bot.detection.overlay import Overlay
from bot.detection.terms import TermError
from bot.storage import StoredPhrase

log = structlog.get_logger()


def concepts_of(detector: Detector) -> frozenset[str]:
    """The concepts that phrases of this detector may be for, as they are written in rules.yaml."""
    return frozenset(name.replace(" ", "_") for name in detector.program.names)


def compiled(detector: Detector, phrases: Iterable[StoredPhrase]) -> Overlay | None:
    """Return the phrases as an overlay; None when there are none.

    What was saved under an older version of the rules and cannot be used any more is left out.
    """
    known = concepts_of(detector)
    saved = list(phrases)
    usable = [one for one in saved if one.concept in known]
    try:
        overlay = _overlay(detector, usable)
    except TermError:
        usable = [one for one in usable if _is_usable(detector, one)]
        overlay = _overlay(detector, usable)
    if len(usable) < len(saved):
        log.warning("phrases of a community cannot be used any more", phrases=len(saved) - len(usable))
    return overlay


def _overlay(detector: Detector, phrases: Iterable[StoredPhrase]) -> Overlay | None:
    by_concept: dict[str, list[str]] = defaultdict(list)
    for one in phrases:
        by_concept[one.concept].append(one.phrase)
    return detector.overlay(by_concept) if by_concept else None


def _is_usable(detector: Detector, phrase: StoredPhrase) -> bool:
    try:
        _overlay(detector, [phrase])
    except TermError:
        return False
    return True
