"""What is remembered?  The folder's public face."""

from bot.storage.store import Claim, StandingNote, Store

__all__ = ["Claim", "StandingNote", "Store"]
