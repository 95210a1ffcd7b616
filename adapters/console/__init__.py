"""A terminal as a platform: the bot without a token, and the smallest adapter to learn from."""

from adapters.console.adapter import Console
from adapters.console.config import Section
from bot.ports import Adapter, Finding, PlatformSection

__all__ = ["Section", "build", "diagnose"]


def build(section: PlatformSection) -> Adapter:
    """Make the adapter; reads standard input once it runs."""
    return Console(Section.model_validate(section.model_dump()))


async def diagnose(section: PlatformSection) -> list[Finding]:
    """Find nothing: a terminal needs no rights."""
    return []
