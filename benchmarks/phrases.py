"""How is an engine made of so many phrases, as a community might list them?"""

import random
from collections.abc import Sequence

from benchmarks.chat import SEED, made_up_word
from bot.detection import Detector
from bot.detection.pack import Pack, Rules, Words

_ORDINARY = (
    "send your free get this the new click join my best for only from come stop watch buy private real more"
)
# Of so many messages, one has a phrase in it.
ONE_IN = 33


def phrases(count: int) -> list[str]:
    """Return phrases of one to three words, one of them rare; the first of more are the same."""
    draw = random.Random(SEED)  # noqa: S311 - the same every time
    found: dict[str, None] = {}
    while len(found) < count:
        found[_phrase(draw)] = None
    return list(found)


def _phrase(draw: random.Random) -> str:
    # No made-up word of the chat ends in x: it would be a hit by accident.
    words = [f"{made_up_word(draw, draw.choice((2, 3, 4)))}x"]
    words += draw.sample(_ORDINARY.split(), draw.choice((0, 0, 1, 1, 2)))
    draw.shuffle(words)
    return " ".join(words)


def engine(listed: Sequence[str]) -> Detector:
    """Return a detector that looks for the phrases and nothing else."""
    rules = {
        "version": 1,
        "topic": "sextortion",
        "concepts": {"one": {"means": "a phrase"}, "other": {"means": "another"}},
        "rules": [{"id": "both", "all_of": ["one", "other"]}],
    }
    words = {
        "concepts": {"one": listed[::2], "other": listed[1::2]},
        "examples": {"match": {"sextortion": ["-"]}, "no_match": ["-"]},
    }
    # As for the packs, the engine is told which words everybody uses.
    ranks = {word: rank for rank, word in enumerate(_ORDINARY.split(), 1)}
    return Detector(Rules.model_validate(rules), [Pack("en", Words.model_validate(words))], ranks)


def salted(texts: Sequence[str], listed: Sequence[str]) -> list[str]:
    """Return the texts, one in 33 with a phrase at its end."""
    return [
        f"{text} {listed[at % len(listed)]}" if at % ONE_IN == 0 else text for at, text in enumerate(texts)
    ]
