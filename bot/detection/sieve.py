"""Which words of a message are worth a closer look?

Most messages have none, and are done with. What is asked of a word is whether it may be, however it is
written, one of a few thousand: of others neither the meaning nor the misspelling matters yet.
"""

from collections.abc import Sequence, Set
from itertools import product

from bot.detection.lexicon import Lexicon, is_disguised
from bot.detection.slips import Slips
from bot.detection.symbols import ENDINGS
from bot.detection.terms import SHORTEST_OPEN

# So many words are remembered to be of no interest, so that chatter is looked up once.
_MOST_LEARNED = 20_000


class Sieve:
    """Finds words whose symbols are in `gate`."""

    def __init__(self, lexicon: Lexicon, gate: Set[str]) -> None:
        self._lexicon, self._gate = lexicon, gate
        self._silent = {word for word in lexicon.whole if lexicon[word] not in gate}
        self._learned: list[str] = []
        stems = [stem for stem, symbol in lexicon.stems.items() if symbol in gate]
        self._begun = {stem[:SHORTEST_OPEN] for stem in stems}
        whole = (word for word in lexicon.whole if word not in self._silent)
        self._slips = Slips((*whole, *map("".join, product(stems, ENDINGS))))

    def suspects(self, words: Sequence[str]) -> Sequence[int]:
        """Return the places of the words that are in the gate, in order."""
        silent = self._silent
        if silent.issuperset(words):  # most messages
            return ()
        return [at for at, word in enumerate(words) if word not in silent and self._is_suspect(word)]

    def _is_suspect(self, word: str) -> bool:
        lexicon = self._lexicon
        if word in lexicon or (is_disguised(word) and not word.isdigit()) or self._slips.meant(word):
            symbol: str | None = lexicon[word]
        else:
            may_be_part = lexicon.others or word[:SHORTEST_OPEN] in self._begun
            symbol = lexicon.part(word) if may_be_part else None
        if symbol in self._gate:
            return True
        if len(self._learned) >= _MOST_LEARNED:
            self._silent.difference_update(self._learned)
            self._learned.clear()
        self._silent.add(word)
        self._learned.append(word)
        return False
