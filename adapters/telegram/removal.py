"""How does a message that everybody sees go away, in spite of network trouble?"""

from collections.abc import Awaitable, Callable

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from adapters.telegram.backoff import Backoff

log = structlog.get_logger()

# About a quarter of an hour: a bot restarted without a network still takes down what it left standing.
_TRIES = 20


async def remove(delete: Callable[[], Awaitable[object]], what: str, backoff: Backoff) -> None:
    """Call `delete` until it works or is refused; that the message has gone already is fine.

    If it stays, one log line says so; `what` it was stands there.
    """
    for retries in reversed(range(_TRIES)):
        try:
            await delete()
        except (BadRequest, Forbidden, ChatMigrated) as error:
            if "not found" not in error.message.lower():
                log.warning("telegram_not_removed", what=what, error=type(error).__name__)
            return
        except TelegramError as error:
            if not retries:
                log.warning("telegram_not_removed", what=what, error=type(error).__name__)
                return
            await backoff.wait("removal", error)
        else:
            return
