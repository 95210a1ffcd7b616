"""How does a message that everybody sees go away, in spite of network trouble?"""

from collections.abc import Awaitable, Callable

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from adapters.telegram.backoff import Backoff

log = structlog.get_logger()

# About a quarter of an hour: a bot restarted without a network still takes down what it left standing.
_TRIES = 20


async def remove(delete: Callable[[], Awaitable[object]], backoff: Backoff) -> bool:
    """Call `delete` until it works or is refused; return whether the message is gone."""
    retries = _TRIES
    while True:
        try:
            await delete()
        except TelegramError as error:
            refused = isinstance(error, BadRequest | Forbidden | ChatMigrated)
            if refused and "not found" in error.message.lower():
                return True
            retries -= 1
            if refused or not retries:
                # Not above DEBUG: it may be what a member wanted to have back.
                log.debug("telegram_not_deleted", error=type(error).__name__)
                return False
            await backoff.wait("removal", error)
        else:
            return True
