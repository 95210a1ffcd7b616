"""What became of one request?  Its message, or a Receipt: no exception leaves here."""

from collections.abc import Awaitable, Callable

import structlog
from telegram import Message
from telegram.error import ChatMigrated

from adapters.telegram.outbound import receipt
from bot.model import Outcome, Receipt

log = structlog.get_logger()

DELIVERED = Receipt(Outcome.DELIVERED)
UNREACHABLE = Receipt(Outcome.UNREACHABLE)
NOT_SENT = Receipt(Outcome.FAILED)

_EDITS = 3

Request = Callable[[int], Awaitable[Message | bool]]


async def attempt(request: Request, chat: int) -> Message | Receipt:
    """Call `request(chat)` and return its message, or the receipt of its failure.

    A method that answers no more than "done" gives DELIVERED. If the group has become a supergroup,
    the call is repeated once with the new id.
    """
    try:
        try:
            sent = await request(chat)
        except ChatMigrated as moved:
            sent = await request(moved.new_chat_id)
    except Exception as error:
        result = receipt(error)
        trouble = result.outcome in (Outcome.FAILED, Outcome.AMBIGUOUS)
        say = log.warning if trouble else log.info
        say("telegram_send_failed", outcome=result.outcome.value, error=type(error).__name__)
        return result
    return sent if isinstance(sent, Message) else DELIVERED


async def outcome(request: Request, chat: int) -> Receipt:
    """Attempt a request whose message is of no interest."""
    result = await attempt(request, chat)
    return result if isinstance(result, Receipt) else DELIVERED


async def outcome_of_edit(edit: Request, chat: int) -> Receipt:
    """Attempt an edit or removal, and again while it is in doubt: made twice, it is made once.

    Never AMBIGUOUS, as it may be attempted once more.
    """
    for _ in range(_EDITS):
        result = await outcome(edit, chat)
        if result.outcome is not Outcome.AMBIGUOUS:
            return result
    return NOT_SENT


async def begin(send: Request, chat: int) -> Message | Receipt:
    """Attempt a message that holds next to nothing yet, for `fill`.

    Telegram does not tell whether a message whose answer got lost has arrived. Beginnings may stand there
    twice; so in doubt this one counts as not sent, and never AMBIGUOUS is returned.
    """
    begun = await attempt(send, chat)
    in_doubt = isinstance(begun, Receipt) and begun.outcome is Outcome.AMBIGUOUS
    return NOT_SENT if in_doubt else begun


async def fill(edit: Request, delete: Request, chat: int) -> Receipt:
    """Attempt to put the content into what has begun; if that fails, it is taken away again."""
    result = await outcome_of_edit(edit, chat)
    if result.outcome is not Outcome.DELIVERED:
        await outcome_of_edit(delete, chat)
    return result
