"""What is remembered?  The folder's public face."""

from bot.storage.phrases import NO_PHRASES, PhraseNews, Stamp, StoredPhrase, StoredPhrases
from bot.storage.store import Claim, StandingNote, Store

__all__ = [
    "NO_PHRASES",
    "Claim",
    "PhraseNews",
    "Stamp",
    "StandingNote",
    "Store",
    "StoredPhrase",
    "StoredPhrases",
]
