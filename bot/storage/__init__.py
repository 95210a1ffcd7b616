"""What is remembered?  The folder's public face."""

from bot.storage.outbox import Claim, Due, Outbox, Promise, Stage
from bot.storage.phrases import NO_PHRASES, PhraseNews, Stamp, StoredPhrase, StoredPhrases
from bot.storage.queries import Count
from bot.storage.store import StandingNote, Store
from bot.storage.tables import Keys

__all__ = [
    "NO_PHRASES",
    "Claim",
    "Count",
    "Due",
    "Keys",
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
