"""Discord: slash commands, buttons, direct messages and what members write."""

from adapters.discord.adapter import Discord
from adapters.discord.config import Section
from adapters.discord.doctor import findings
from bot.ports import Adapter, Finding, PlatformSection

__all__ = ["Section", "build", "diagnose"]


def build(section: PlatformSection) -> Adapter:
    """Make the adapter; connects to nothing."""
    return Discord(Section.model_validate(section.model_dump()))


async def diagnose(section: PlatformSection) -> list[Finding]:
    """Log in once over REST and say what is missing; network trouble is a finding too."""
    return await findings(Section.model_validate(section.model_dump()))
