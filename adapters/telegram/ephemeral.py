"""How does one member of a group see what nobody else sees?  Ephemeral messages: proved, then filled.

Bot API 10.2 brought them, 10.3 renamed their parameters; python-telegram-bot 22.8 knows neither, so
they travel as `api_kwargs`. When it does, this file is the one to change.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, EndPointNotFound, Forbidden, TelegramError

from adapters.telegram import attempts, outbound
from adapters.telegram.attempts import NOT_SENT, UNREACHABLE
from adapters.telegram.handles import Doubts, EphemeralCommand, NotePress
from bot.model import Outcome, Receipt, Screen

log = structlog.get_logger()

# Documented are 4096, but the server refuses more (tdlib/telegram-bot-api issue 881, open in August 2026).
_LONGEST_FILL = 1024
# Not even the screen's harmless first line: in public it would tell that somebody there has a private note.
_START = "…"
_NO_LINK_PREVIEW = LinkPreviewOptions(is_disabled=True)

# So many answers of several pages; each is forgotten when another screen takes its place.
_REMEMBERED = 1_000

Cause = NotePress | EphemeralCommand | None
TakeDown = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Seat:
    """One member in one group, and the topic they are in."""

    chat: int = field(repr=False)
    topic: int | None = field(repr=False)
    user: int = field(repr=False)


class Ephemeral:
    """Sends to one seat. A server that ignores the parameters would show the text to the whole group.

    So each message starts as "…", which says nothing to anybody, and is filled only when the server's
    answer proves that it is ephemeral. One answer that proves the opposite closes this road until the
    process ends; `take_down(chat, message)` then sees to it that the "…" goes.
    """

    def __init__(self, bot: Bot, take_down: TakeDown) -> None:
        self._bot = bot
        self._take_down = take_down
        self._supported: bool | None = None
        self._pages: dict[tuple[int, int, int], tuple[int, ...]] = {}

    async def supported(self) -> bool | None:
        """Return whether the server has ephemeral messages; None while it cannot be asked."""
        if self._supported is None:
            self._supported = await probe(self._bot)
        return self._supported

    async def send(self, seat: Seat, screen: Screen, doubts: Doubts, cause: Cause = None) -> Receipt:
        """Show a screen to one member. Without a cause the bot must be an administrator of the group.

        UNREACHABLE when the server lacks ephemeral messages or refuses this one.
        """
        pages = outbound.pages(screen, _LONGEST_FILL)
        return await self._send_pages(seat, screen, pages, doubts, cause)

    async def edit(self, seat: Seat, ephemeral: int, screen: Screen, press: NotePress) -> Receipt:
        """Put another screen in place of the one whose button was pressed, whatever pages that has."""
        first, *more = outbound.pages(screen, _LONGEST_FILL)
        buttons = None if more else outbound.keyboard(screen)
        edit = self._edit(seat, ephemeral, first, buttons)
        edited = await attempts.outcome_of_edit(edit, seat.chat)
        if edited.outcome is not Outcome.DELIVERED:
            return edited
        await self._delete(seat, self._other_pages(seat, ephemeral))
        if not more:
            return edited
        return await self._send_pages(seat, screen, more, press.starts, press, [ephemeral])

    async def _send_pages(
        self,
        seat: Seat,
        screen: Screen,
        pages: list[str],
        doubts: Doubts,
        cause: Cause,
        before: Sequence[int] = (),
    ) -> Receipt:
        sent = list[int]()
        for number, page in enumerate(pages, 1):
            buttons = outbound.keyboard(screen) if number == len(pages) else None
            start = partial(self._send_start, seat, cause, screen.veiled)
            result = await self._send_page(seat, start, doubts, page, buttons)
            if isinstance(result, Receipt):
                await self._delete(seat, sent)  # or they would be there twice after another try
                return result
            sent.append(result)
        self._remember(seat, [*before, *sent])
        return attempts.DELIVERED

    async def _send_page(
        self,
        seat: Seat,
        start: attempts.Request,
        doubts: Doubts,
        page: str,
        buttons: InlineKeyboardMarkup | None,
    ) -> int | Receipt:
        """Return the ephemeral message's id, or why there is none."""
        if not await self.supported():
            return UNREACHABLE if self._supported is False else NOT_SENT
        begun = await attempts.begin(start, seat.chat, doubts)
        if isinstance(begun, Receipt):
            # Nothing of the screen has been shown. Who waits for it is better served by another road.
            waiting = begun.outcome is Outcome.AMBIGUOUS and doubts.most > 1
            return UNREACHABLE if waiting else begun
        ephemeral = begun.api_kwargs.get("ephemeral_message_id")
        if begun.message_id != 0 or not isinstance(ephemeral, int):
            self._shut_down(begun)
            return UNREACHABLE
        # In another chat, if the group has become a supergroup.
        there = replace(seat, chat=begun.chat.id)
        edit, delete = self._edit(there, ephemeral, page, buttons), self._deletion(there, ephemeral)
        result = await attempts.fill(edit, delete, there.chat)
        return ephemeral if result.outcome is Outcome.DELIVERED else result

    async def _send_start(self, seat: Seat, cause: Cause, silent: bool, chat: int) -> Message:
        private: dict[str, object] = {"receiver_user_id": seat.user}
        extra: dict[str, object] = {"ephemeral_message_parameters": private}
        if isinstance(cause, NotePress):
            private["callback_query_id"] = cause.query.id
        if isinstance(cause, EphemeralCommand):
            extra["reply_parameters"] = {"ephemeral_message_id": cause.ephemeral}
        return await self._bot.send_message(
            chat,
            _START,
            message_thread_id=seat.topic,
            disable_notification=silent,
            api_kwargs=extra,
        )

    def _edit(
        self, seat: Seat, ephemeral: int, page: str, buttons: InlineKeyboardMarkup | None
    ) -> attempts.Request:
        content = {
            "text": page,
            "parse_mode": ParseMode.HTML,
            "link_preview_options": _NO_LINK_PREVIEW,
            "reply_markup": buttons,
        }
        return partial(self._request, "editEphemeralMessageText", seat, ephemeral, content)

    def _deletion(self, seat: Seat, ephemeral: int) -> attempts.Request:
        return partial(self._request, "deleteEphemeralMessage", seat, ephemeral, {})

    async def _delete(self, seat: Seat, ephemerals: Iterable[int]) -> None:
        """Take messages away; those that cannot be go by themselves, after some days."""
        for ephemeral in ephemerals:
            await attempts.outcome_of_edit(self._deletion(seat, ephemeral), seat.chat)

    async def _request(
        self, method: str, seat: Seat, ephemeral: int, content: Mapping[str, object], chat: int
    ) -> bool:
        await self._bot.do_api_request(method, api_kwargs={**_address(seat, ephemeral, chat), **content})
        return True

    def _remember(self, seat: Seat, pages: Sequence[int]) -> None:
        if len(pages) > 1:
            self._pages |= {(seat.chat, seat.user, page): tuple(pages) for page in pages}
        while len(self._pages) > _REMEMBERED:
            self._pages.pop(next(iter(self._pages)))

    def _other_pages(self, seat: Seat, ephemeral: int) -> list[int]:
        """Forget the screen this is a page of, and return its other pages.

        Any page: of two quick presses the second may be on what is the first page by then.
        """
        pages = self._pages.get((seat.chat, seat.user, ephemeral), ())
        for page in pages:
            self._pages.pop((seat.chat, seat.user, page), None)
        return [page for page in pages if page != ephemeral]

    def _shut_down(self, public: Message) -> None:
        self._supported = False
        log.error(
            "telegram_ephemeral_ignored",
            problem='the Bot API server showed the "…" before a private message to the group; it is taken '
            "down, and no more are sent until the next start",
            mend="update the Bot API server, or leave out telegram.api_base_url",
        )
        self._take_down(public.chat.id, public.message_id)


async def probe(bot: Bot) -> bool | None:
    """Return whether the server knows ephemeral messages; None if it cannot be told just now.

    Asks it to delete one that cannot exist: with the bot itself as the member.
    """
    try:
        nobody = Seat(bot.id, None, bot.id)
        await bot.do_api_request("deleteEphemeralMessage", api_kwargs=_address(nobody, 1, nobody.chat))
    except EndPointNotFound:
        return False
    except (BadRequest, Forbidden):
        return True
    except (TelegramError, RuntimeError) as error:  # no network; not connected yet
        log.warning("telegram_ephemeral_not_probed", error=type(error).__name__)
        return None
    return True


def _address(seat: Seat, ephemeral: int, chat: int) -> dict[str, object]:
    return {"chat_id": chat, "receiver_user_id": seat.user, "ephemeral_message_id": ephemeral}
