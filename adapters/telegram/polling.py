"""How do updates come in?  By long polling, each once, for as long as it takes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypedDict

import structlog
from telegram import Bot, Update
from telegram.constants import UpdateType
from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError

from adapters.telegram.backoff import Backoff
from adapters.telegram.unfinished import Unfinished
from bot.errors import StartError

log = structlog.get_logger()

_ALLOWED = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
]
_POLL_SECONDS = 10
_BATCH = 100  # the most that Telegram gives at once
_REMEMBERED = 10_000

_REFUSED = (
    "telegram: the server refuses the token; copy it from @BotFather into telegram.token_file "
    "(or telegram.token), and check telegram.api_base_url if you set one"
)

# Begins an update's handling; returns what ends with it, or None if nothing is left to do.
Take = Callable[[Update], Awaitable[asyncio.Task[None] | None]]


class RawUpdate(TypedDict):
    """An update as it came; only its number is sure."""

    update_id: int


class Poller:
    """Fetches updates. An update is confirmed to the server once it and all before it have been handled.

    So whoever asked is answered even if this process is killed meanwhile: what was not confirmed comes
    again. Until then each poll brings it again as well, beside what is new.

    PTB's own Updater is not used: its loop ends without a word when the token is withdrawn, and one
    update that it cannot parse makes it log, and for ever repeat, a whole batch of people's messages.
    """

    def __init__(self, bot: Bot, backoff: Backoff, unfinished: Unfinished) -> None:
        self._bot = bot
        self._backoff = backoff
        self._next = 0
        self._unfinished = unfinished
        self._seen: dict[int, None] = {}
        self._rivalled = False

    async def connect(self) -> None:
        """Log in, for as long as that takes. Raises StartError for a wrong token."""
        while True:
            try:
                await self._bot.initialize()
                await self._bot.delete_webhook()  # while one is set, nothing can be polled
            except InvalidToken:
                raise StartError(_REFUSED) from None  # PTB's message shows the token
            except TelegramError as error:
                await self._backoff.wait("connect", error)
            else:
                self._backoff.reset()
                return

    async def run(self, take: Take) -> None:
        """Hand every update to `take`, in order, until cancelled. Raises StartError for a withdrawn token."""
        while True:
            batch, fresh = await self._fetch(), 0
            for raw in batch:
                if self._is_new(raw):
                    await self._begin(raw, take)
                    fresh += 1
                self._next = raw["update_id"] + 1
            if batch and not fresh:
                await self._unfinished.pause(full=len(batch) >= _BATCH)

    async def confirm(self) -> None:
        """Tell the server what was handled, so that it does not come again after a restart."""
        if not self._next:
            return
        try:
            async with asyncio.timeout(1):
                await self._get_updates(timeout=0)
        except (TelegramError, TimeoutError) as error:
            log.warning("telegram_updates_not_confirmed", error=type(error).__name__)

    async def _fetch(self) -> list[RawUpdate]:
        try:
            batch = await self._get_updates(timeout=_POLL_SECONDS)
        except (InvalidToken, EndPointNotFound):
            raise StartError(_REFUSED) from None
        except Conflict as error:
            if not self._rivalled:
                log.error(
                    "telegram_second_instance",
                    problem="another program fetches this bot's updates, so each of us misses some",
                    mend="stop the other one, or give this one a token of its own",
                )
            self._rivalled = True
            await self._backoff.wait("poll", error)
            return []
        except TelegramError as error:
            await self._backoff.wait("poll", error)
            return []
        self._backoff.reset()
        self._rivalled = False
        return batch

    async def _get_updates(self, timeout: int) -> list[RawUpdate]:
        # Method names are case-insensitive; by this spelling PTB does not send us to its own get_updates,
        # which parses a whole batch or nothing.
        offset = self._unfinished.first(self._next)
        batch: list[RawUpdate] = await self._bot.do_api_request(
            "getupdates",
            {"offset": offset, "limit": _BATCH, "timeout": timeout, "allowed_updates": _ALLOWED},
            read_timeout=timeout + 5,
        )
        return batch

    async def _begin(self, raw: RawUpdate, take: Take) -> None:
        update = self._parse(raw)
        work = None if update is None else await take(update)
        if work is not None:
            self._unfinished.add(raw["update_id"], work)

    def _is_new(self, raw: RawUpdate) -> bool:
        """Tell whether an update comes for the first time, and remember that it came."""
        number = raw["update_id"]
        if number in self._seen:
            return False
        self._seen[number] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.pop(next(iter(self._seen)))
        return True

    def _parse(self, raw: RawUpdate) -> Update | None:
        """Return the update, or None if it makes no sense."""
        try:
            return Update.de_json(dict(raw), self._bot)
        except Exception as error:  # whatever a newer server may send
            log.error("telegram_update_unreadable", error=type(error).__name__)
            return None
