"""What became of a request, or of a message that takes two?  A Receipt: no exception leaves here."""

from collections.abc import Awaitable, Callable

import structlog
from telegram import Message
from telegram.error import BadRequest, ChatMigrated

from adapters.telegram.handles import Doubts
from adapters.telegram.outbound import receipt
from bot.model import Outcome, Receipt

log = structlog.get_logger()

DELIVERED = Receipt(Outcome.DELIVERED)
UNREACHABLE = Receipt(Outcome.UNREACHABLE)
NOT_SENT = Receipt(Outcome.FAILED)
IN_DOUBT = Receipt(Outcome.AMBIGUOUS)

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
        # Not above DEBUG: a time beside a channel is a person. The core tells the sums.
        log.debug("telegram_send_failed", outcome=result.outcome.value, error=type(error).__name__)
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


async def begin(send: Request, chat: int, doubts: Doubts) -> Message | Receipt:
    """Attempt a message that holds next to nothing yet, for `fill`; again while `doubts` leaves room.

    Telegram does not tell whether a message whose answer got lost has arrived, and knows no key by which
    it would show a second one but once. AMBIGUOUS when there is no room, sent or not.
    """
    while doubts.open:
        begun = await attempt(send, chat)
        if not (isinstance(begun, Receipt) and begun.outcome is Outcome.AMBIGUOUS):
            return begun
        doubts.count += 1
    return IN_DOUBT


async def fill(edit: Request, delete: Request, chat: int) -> Receipt:
    """Attempt to put the content into what has begun; if that fails, it is taken away again.

    AMBIGUOUS when it stands there for all we know, with the content or without.
    """
    result = await outcome_of_edit(edit, chat)
    if result.outcome is Outcome.DELIVERED or await _is_gone(delete, chat):
        return result
    return IN_DOUBT


async def _is_gone(delete: Request, chat: int) -> bool:
    """Delete a message, and again while that is in doubt; return whether it surely is not there."""
    for _ in range(_EDITS):
        try:
            await delete(chat)
        except BadRequest as error:
            return "not found" in error.message.lower()
        except Exception as error:
            if receipt(error).outcome is not Outcome.AMBIGUOUS:
                break
        else:
            return True
    log.debug("telegram_beginning_left")
    return False
