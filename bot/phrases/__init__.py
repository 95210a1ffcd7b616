"""What a community's own phrases offer the rest of the core."""

from bot.phrases.editing import Editor
from bot.phrases.live import Community, Phrases
from bot.phrases.vetting import Proposal, Remark, Vetted

__all__ = ["Community", "Editor", "Phrases", "Proposal", "Remark", "Vetted"]
