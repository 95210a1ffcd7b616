"""What is remembered?  The folder's public face."""

from bot.storage.outbox import Claim, Due, Outbox, Promise, Stage
from bot.storage.phrases import NO_PHRASES, PhraseNews, Stamp, StoredPhrase, StoredPhrases
from bot.storage.queries import Count
from bot.storage.store import StandingNote, Store

__all__ = [
    "NO_PHRASES",
    "Claim",
    "Count",
    "Due",
    "Outbox",
    "PhraseNews",
    "Promise",
    "Stage",
    "Stamp",
    "StandingNote",
    "Store",
    "StoredPhrase",
    "StoredPhrases",
]
