"""What does the bot say, and where does it send people?"""

from bot.content.content import Content
from bot.content.loading import check, load, notes
from bot.content.overdue import overdue

__all__ = ["Content", "check", "load", "notes", "overdue"]
