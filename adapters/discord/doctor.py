"""What is missing for the bot to work on Discord?"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp
import discord

from adapters.discord.client import aim
from adapters.discord.config import Section
from bot.ports import Finding

PATIENCE_SECONDS = 20.0
# Messages are judged for a few minutes by the platform's time, so a wrong clock silences the bot.
TOLERATED_SKEW = timedelta(seconds=30)


def _now() -> datetime:
    return datetime.now(UTC)


async def findings(section: Section, now: Callable[[], datetime] = _now) -> list[Finding]:
    """Log in over REST; the gateway is left alone, so a running bot is not disturbed."""
    aim(section)
    skews: list[timedelta] = []
    client = discord.Client(intents=discord.Intents.none(), http_trace=_clock(skews, now))
    async with client:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await client.login(section.token.get_secret_value())
        except discord.LoginFailure:
            mend = "copy a new one from the Developer Portal (Bot > Reset Token)"
            return [Finding(False, "Discord refuses the token", mend)]
        except Exception as error:
            what = f"Discord cannot be reached ({type(error).__name__})"
            return [Finding(False, what, "check the network, the proxy and discord.api_base_url")]
        return [Finding(True, "Discord accepts the token"), *_of(client), *_skew(skews)]


def _of(client: discord.Client) -> list[Finding]:
    application = client.application
    if application is None:
        return []
    found = [_intent(application), *_installs(application), _servers(application)]
    if application.interactions_endpoint_url:
        mend = "clear 'Interactions Endpoint URL' in the Developer Portal (General Information)"
        found.append(Finding(False, "Discord sends commands and buttons to a web address instead", mend))
    return found


def _intent(application: discord.AppInfo) -> Finding:
    flags = application.flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return Finding(True, "may read messages (Message Content Intent)")
    mend = (
        "switch it on in the Developer Portal (Bot), or live with /help, mentions and direct messages alone"
    )
    return Finding(False, "may not read messages (Message Content Intent)", mend)


def _installs(application: discord.AppInfo) -> list[Finding]:
    by_server, by_person = application.guild_integration_config, application.user_integration_config
    if by_server is None and by_person is None:
        return []  # Discord does not tell
    mend = "tick it in the Developer Portal (Installation > Installation Contexts)"
    return [
        Finding(by_server is not None, "Guild Install, for servers", "" if by_server else mend),
        Finding(by_person is not None, "User Install, for people in any server", "" if by_person else mend),
    ]


def _servers(application: discord.AppInfo) -> Finding:
    count = application.approximate_guild_count
    return Finding(True, f"in about {count} servers" if count else "in no server that Discord tells of")


def _skew(skews: list[timedelta]) -> list[Finding]:
    if not skews:
        return []
    seconds = round(min(skews, key=abs).total_seconds())
    if abs(seconds) <= TOLERATED_SKEW.total_seconds():
        return [Finding(True, "the clock agrees with Discord's")]
    return [Finding(False, f"the clock is {seconds:+d} s off Discord's", "set the machine's time by NTP")]


def _clock(skews: list[timedelta], now: Callable[[], datetime]) -> aiohttp.TraceConfig:
    """Collect how far ahead of Discord we are, from the Date of its answers."""

    async def compare(
        session: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
    ) -> None:
        if date := end.response.headers.get("Date"):
            skews.append(now() - parsedate_to_datetime(date))

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(compare)
    return trace
