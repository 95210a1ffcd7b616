"""What do people write all day, of whom nobody is in trouble?"""

import random
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

import yaml

from bot.detection.pack import Words
from bot.errors import QuietlineError
from bot.evaluation import Record, read

BATCH = 3_000
# Longer lines are no chat, and would flatter a peer whose cost is one of every message.
LONGEST = 120
# Of a hundred messages, how many are of the kind that only sounds like trouble.
SUSPICIOUS = 3
SEED = 20

_OPENINGS = """ok so|honestly|wait,|does anyone know if|i think|i mean,|yeah but|good morning all,|tbh
not gonna lie,|guess what,|so apparently|i swear|oh man,|pretty sure|last night|no way,|just saying,|hmm"""
_MIDDLES = """the new patch broke my whole build|we are two players short for the raid
the bus was late again this morning|my exam is on thursday and i know nothing|it rains here since sunday
this soup needs more garlic|the second season was so much better|he scored in the last minute
the printer at work hates me|my cat sleeps on the keyboard|that boss fight took us three hours
we ordered pizza for nine people|the train to the airport is cancelled|my sister starts her new job today
i finally finished that book|the mods fixed the bot this afternoon|her birthday is next weekend
the server lags since the update|i can bring chips and drinks|this map is way too dark
you need to restart the router first|the concert was loud but great|i got a new desk and it wobbles
the teacher moved our deadline again|that recipe works with oat milk too|they close at eight on mondays
i keep losing in the first round|the garden looks nice this spring|our team plays at home on saturday
this song has been in my head for days|the keyboard arrived without a cable
i need more coffee before that meeting"""
_ENDINGS = """|||| again| but whatever| what about you?| see you at nine|, any ideas?| haha|!!| :)| anyway
 thanks a lot|, so annoying| and i love it| who is in?|, good luck|... never mind| if that helps| omg"""
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


def batches(corpus: Path | None, messages: Path, count: int, size: int = BATCH) -> Iterator[list[str]]:
    """Yield `count` times as many messages, most of which were in no batch before.

    They are lines of a corpus in English, shuffled, or made up where there is none. Raises QuietlineError
    for a corpus that cannot be read or has no such line.
    """
    texts = _lines(corpus) if corpus else _made_up(messages)
    for _ in range(count):
        yield [text for text, _ in zip(texts, range(size), strict=False)]


def _lines(corpus: Path) -> Iterator[str]:
    records = (one for one in read(corpus) if isinstance(one, Record))
    texts = [
        record.text
        for record in records
        if record.facets.get("lang", "en") == "en" and 0 < len(record.text) <= LONGEST
    ]
    if not texts:
        raise QuietlineError(f"{corpus}: has no message in English of at most {LONGEST} characters")
    random.Random(SEED).shuffle(texts)  # noqa: S311 - the same every time
    return chain.from_iterable(repeat(texts))


def _made_up(messages: Path) -> Iterator[str]:
    english = yaml.safe_load((messages / "triggers" / "en.yaml").read_text(encoding="utf-8"))
    suspicious = Words.model_validate(english).examples.no_match
    draw = random.Random(SEED)  # noqa: S311 - the same every time
    while True:
        yield draw.choice(suspicious) if draw.randrange(100) < SUSPICIOUS else _everyday(draw)


def _everyday(draw: random.Random) -> str:
    """A line with a name or a slip of the pen that nobody wrote before: real chat has one in every line."""
    parts = (draw.choice(text.replace("\n", "|").split("|")) for text in (_OPENINGS, _MIDDLES, _ENDINGS))
    return f"{' '.join(chain([next(parts), made_up_word(draw)], [next(parts)]))}{next(parts)}"


def made_up_word(draw: random.Random, syllables: int = 3) -> str:
    """Return a word that no language has."""
    return "".join(draw.choice(_CONSONANTS) + draw.choice(_VOWELS) for _ in range(syllables))
