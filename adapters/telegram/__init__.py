"""What does Telegram offer the composition root?  `Section`, `build`, `diagnose`."""

import os

# Read by python-telegram-bot: durations arrive as timedelta, instead of an int with a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")

from adapters.telegram.adapter import Telegram
from adapters.telegram.config import Section
from adapters.telegram.doctor import examine
from bot.ports import Finding, PlatformSection

__all__ = ["Section", "build", "diagnose"]


def build(section: PlatformSection) -> Telegram:
    """Make the adapter; connects to nothing."""
    return Telegram(Section.model_validate(section))


async def diagnose(section: PlatformSection) -> list[Finding]:
    """Connect once and say what is missing, each with its mend."""
    return await examine(Section.model_validate(section))
