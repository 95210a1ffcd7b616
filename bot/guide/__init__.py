"""What does the bot show next, and what do its buttons mean?"""

from bot.guide.guide import Guide
from bot.guide.presses import Go, Pressed, Stop, Wipe, encode, parse

__all__ = ["Go", "Guide", "Pressed", "Stop", "Wipe", "encode", "parse"]
