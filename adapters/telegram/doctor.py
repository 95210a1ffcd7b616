"""What is missing at Telegram?  Asked once, each with its mend."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.client import make_bot
from adapters.telegram.config import Section
from adapters.telegram.ephemeral import probe
from bot.ports import Finding

# Ephemeral answers have 15 s, and what is older than some minutes is not judged any more.
_CLOCK_TOLERANCE_SECONDS = 30


def _utc_now() -> datetime:
    return datetime.now(UTC)


async def examine(section: Section, now: Callable[[], datetime] = _utc_now) -> list[Finding]:
    """Connect once and look; `now` returns the machine's time (aware)."""
    dates: list[str] = []

    async def note_date(response: httpx.Response) -> None:
        dates.append(response.headers.get("Date", ""))

    bot = make_bot(section, on_response=[note_date])
    try:
        await bot.initialize()
        findings = [Finding(True, f"the token is that of @{bot.username}")]
        findings += _clock(dates[-1], now())
        return [*findings, _privacy_mode(bot), await _webhook(bot), await _ephemeral(bot)]
    except InvalidToken:
        return [Finding(False, "the server refuses the token", _REFUSED_MEND)]
    except TelegramError as error:
        return [Finding(False, f"the Bot API server cannot be used ({type(error).__name__})", _NETWORK_MEND)]
    finally:
        await bot.shutdown()


_REFUSED_MEND = (
    "copy it from @BotFather into telegram.token_file (or telegram.token); "
    "check telegram.api_base_url if you set one"
)
_NETWORK_MEND = "check this machine's network, proxy and firewall, and telegram.api_base_url if you set one"


def _clock(date: str, now: datetime) -> list[Finding]:
    try:
        skew = abs((parsedate_to_datetime(date) - now).total_seconds())
    except (TypeError, ValueError):
        return []  # a server that does not tell the time
    if skew <= _CLOCK_TOLERANCE_SECONDS:
        return [Finding(True, "the clock agrees with the server's")]
    return [
        Finding(False, f"the clock is {skew:.0f} s off the server's", "set the clock, for example by NTP")
    ]


def _privacy_mode(bot: Bot) -> Finding:
    if bot.can_read_all_group_messages:
        return Finding(True, "the bot sees all messages in groups")
    return Finding(
        False,
        "privacy mode is on: triggers work only in groups where the bot is an administrator",
        "make the bot an administrator there; or send /setprivacy to @BotFather, choose Disable, "
        "then remove the bot from each group and add it again",
    )


async def _webhook(bot: Bot) -> Finding:
    if not (await bot.get_webhook_info()).url:
        return Finding(True, "no webhook is in the way of polling")
    return Finding(
        False,
        "a webhook is set: another program may be using this token",
        "stop that program; starting Quietline removes the webhook",
    )


async def _ephemeral(bot: Bot) -> Finding:
    match await probe(bot):
        case True:
            return Finding(True, "the server has ephemeral messages (Bot API 10.2)")
        case False:
            return Finding(
                False,
                "the server has no ephemeral messages: in groups, help goes by private chat only",
                "update the self-hosted Bot API server to 10.3, or leave out telegram.api_base_url",
            )
        case None:
            return Finding(
                False, "whether the server has ephemeral messages could not be told", "run doctor again"
            )
