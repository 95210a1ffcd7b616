"""What does the bot show next, and what do its buttons mean?"""

from bot.guide.guide import Guide
from bot.guide.presses import NOTHING, Chosen, Erase, Go, Pressed, Stop, TakeBack, Wipe, encode, parse

__all__ = [
    "NOTHING",
    "Chosen",
    "Erase",
    "Go",
    "Guide",
    "Pressed",
    "Stop",
    "TakeBack",
    "Wipe",
    "encode",
    "parse",
]
