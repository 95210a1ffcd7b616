"""By which road does a screen reach one person?  Where they acted, in their private chat, or ephemerally."""

from datetime import timedelta
from functools import partial

from telegram import Bot, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from adapters.telegram import attempts, outbound
from adapters.telegram.attempts import UNREACHABLE
from adapters.telegram.ephemeral import Ephemeral, Seat
from adapters.telegram.handles import (
    Asked,
    Doubts,
    EphemeralCommand,
    EphemeralPress,
    NotePress,
    PrivatePress,
    Query,
)
from adapters.telegram.place import chat_of, topic_of
from adapters.telegram.rights import Rights
from adapters.telegram.sent import Sent
from bot.model import Attempt, Origin, Outcome, Place, Receipt, Screen

_NO_LINK_PREVIEW = LinkPreviewOptions(is_disabled=True)
# An action can be answered ephemerally for 15 s. If Telegram wants us to wait longer, another road is better.
_PATIENCE = timedelta(seconds=10)


class Roads:
    """Every method returns a Receipt, and none shows a screen to anybody but the person."""

    def __init__(self, bot: Bot, ephemeral: Ephemeral, rights: Rights, sent: Sent) -> None:
        self._bot = bot
        self._ephemeral = ephemeral
        self._rights = rights
        self._sent = sent

    async def answer(self, origin: Origin, screen: Screen) -> Receipt:
        """Show the screen where the person acted; UNREACHABLE where others would see it."""
        if not (screen.clears and origin.place.private):
            return await self._answer(origin, screen)
        chat, pressed = chat_of(origin.place), origin.handle
        earlier = self._sent.of(chat)
        result = await self._answer(origin, screen)
        if isinstance(pressed, PrivatePress) and pressed.message in earlier:
            earlier.remove(pressed.message)  # it shows the screen now
        if earlier and result.outcome is Outcome.DELIVERED:
            await attempts.outcome_of_edit(partial(self._bot.delete_messages, message_ids=earlier), chat)
            self._sent.forget(chat, earlier)
        return result

    async def _answer(self, origin: Origin, screen: Screen) -> Receipt:
        match origin.handle:
            case PrivatePress() as press:
                return await self._edit(origin.place, press, screen)
            case EphemeralPress() as press:
                again = NotePress(press.query, private=press.private, starts=press.starts)
                result = await self._ephemeral.edit(_seat(origin), press.ephemeral, screen, again)
                if result.outcome is Outcome.UNREACHABLE or _too_late(result):  # it has disappeared
                    return await self._answer_note_press(origin, screen, again)
                return result
            case NotePress() as press:
                return await self._answer_note_press(origin, screen, press)
            case EphemeralCommand() as command:
                result = await self._ephemeral.send(_seat(origin), screen, command.starts, command)
                return UNREACHABLE if _too_late(result) else result
            case _ if origin.place.private:
                doubts = _asked(origin).private
                return await self._send(chat_of(origin.place), topic_of(origin.place), screen, doubts)
            case _:
                return UNREACHABLE

    async def direct(self, origin: Origin, screen: Screen, attempt: Attempt | None) -> Receipt:
        """Send the screen to the person's private chat; UNREACHABLE unless they have started the bot."""
        return await self._send(int(origin.person.id), None, screen, _asked(origin, attempt).private)

    async def ephemeral(self, origin: Origin, screen: Screen, attempt: Attempt | None) -> Receipt:
        """Show the screen unasked; UNREACHABLE unless the bot is an administrator there."""
        if origin.place.private:
            return UNREACHABLE
        seat = _seat(origin)
        try:
            admin = await self._rights.is_admin(seat.chat)
        except (TelegramError, RuntimeError) as error:
            asked = outbound.receipt(error)
            return Receipt(Outcome.FAILED) if asked.outcome is Outcome.AMBIGUOUS else asked
        if not admin:
            return UNREACHABLE
        return await self._ephemeral.send(seat, screen, _asked(origin, attempt).starts)

    async def settle(self, origin: Origin) -> None:
        """Stop a pressed button from spinning. Comes last: an answered query starts no message any more."""
        match origin.handle:
            case PrivatePress(query=query) | EphemeralPress(query=query) | NotePress(query=query):
                if not query.answered:
                    await self._answer_query(query)

    async def _answer_note_press(self, origin: Origin, screen: Screen, press: NotePress) -> Receipt:
        result = await self._ephemeral.send(_seat(origin), screen, press.starts, press)
        if result.outcome is Outcome.UNREACHABLE or _too_late(result):
            return await self._open_private_chat(press.query, screen)
        return result

    async def _open_private_chat(self, query: Query, screen: Screen) -> Receipt:
        """Let the person's app open our chat, with what leads to the screen as the word after `/start`."""
        return await self._answer_query(query, create_deep_linked_url(self._bot.username, screen.link))

    async def _answer_query(self, query: Query, url: str | None = None) -> Receipt:
        async def answer(_: int) -> bool:
            return await self._bot.answer_callback_query(query.id, url=url)

        result = await attempts.outcome(answer, 0)
        if result.outcome is Outcome.AMBIGUOUS:
            again = await attempts.outcome(answer, 0)
            # It can be answered once: refused now, it was answered then.
            result = attempts.DELIVERED if again.outcome is Outcome.UNREACHABLE else again
        query.answered = result.outcome in (Outcome.DELIVERED, Outcome.AMBIGUOUS)
        return result

    async def _edit(self, place: Place, press: PrivatePress, screen: Screen) -> Receipt:
        edit = partial(self._edit_message, press.message, screen)
        result = await attempts.outcome_of_edit(edit, chat_of(place))
        if result.outcome is Outcome.UNREACHABLE:  # the person has deleted it, or it is too old
            return await self._send(chat_of(place), topic_of(place), screen, press.private)
        return result

    async def _send(self, chat: int, topic: int | None, screen: Screen, doubts: Doubts) -> Receipt:
        """Send the first line, all that a notification shows; then the whole screen takes its place."""
        begun = await attempts.begin(partial(self._send_first_line, topic, screen), chat, doubts)
        if isinstance(begun, Receipt):
            return begun
        self._sent.add(begun.chat.id, begun.message_id)
        edit = partial(self._edit_message, begun.message_id, screen)
        delete = partial(self._bot.delete_message, message_id=begun.message_id)
        return await attempts.fill(edit, delete, begun.chat.id)

    async def _send_first_line(self, topic: int | None, screen: Screen, chat: int) -> Message:
        return await self._bot.send_message(
            chat,
            outbound.preview(screen),
            parse_mode=ParseMode.HTML,
            message_thread_id=topic,
            disable_notification=screen.veiled,
        )

    async def _edit_message(self, pressed: int, screen: Screen, chat: int) -> Message | bool:
        return await self._bot.edit_message_text(
            outbound.text(screen),
            chat,
            pressed,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_LINK_PREVIEW,
            reply_markup=outbound.keyboard(screen),
        )


async def send_note(bot: Bot, topic: int | None, screen: Screen, chat: int) -> Message:
    """Send an ordinary message, which everybody in that chat can read, without a sound."""
    return await bot.send_message(
        chat,
        outbound.text(screen),
        parse_mode=ParseMode.HTML,
        message_thread_id=topic,
        disable_notification=True,
        link_preview_options=_NO_LINK_PREVIEW,
        reply_markup=outbound.keyboard(screen),
    )


def _too_late(result: Receipt) -> bool:
    return result.retry_after is not None and result.retry_after > _PATIENCE


def _asked(origin: Origin, attempt: Attempt | None = None) -> Asked:
    """Return what bounds this attempt: one message in doubt ends it, if it is to be made again by and by."""
    if attempt is not None:
        return Asked(private=Doubts(most=1), starts=Doubts(most=1))
    return origin.handle if isinstance(origin.handle, Asked) else Asked()


def _seat(origin: Origin) -> Seat:
    return Seat(chat_of(origin.place), topic_of(origin.place), int(origin.person.id))
