"""How does a reader ask and press on each of the platforms?"""

from collections.abc import Sequence

from bot.model import Screen
from tests.beds.discord import DiscordBed, Interaction, Seen
from tests.beds.telegram import Shown, TelegramBed
from tests.e2e.discord_roads import CRY
from tests.e2e.drawn import Page, discord_page, discord_seen, telegram_page, telegram_seen
from tests.e2e.reader import Reader

SOON = 20.0
# The bed refuses more, as the real server does.
_LONGEST_EPHEMERAL, _LONGEST = 1024, 4096


class DiscordReader(Reader):
    """In a channel of a server of their own."""

    def __init__(self, bed: DiscordBed, locale: str, tongue: str) -> None:
        super().__init__(locale, tongue)
        guild = bed.guild()
        self._bed, self._channel = bed, bed.channel(guild)
        self._me, self._bystander = bed.member(guild, "reader", locale=locale), bed.member(guild, "other")
        self._message: Seen | None = None

    async def _ask(self) -> Page:
        return await self._answered(await self._bed.slash(self._me, self._channel, "help sextortion"))

    async def _cry(self) -> Page:
        await self._bed.say(self._me, self._channel, CRY)
        (self._message,) = await self._bed.wait_for(lambda: self._bed.inbox(self._me), SOON)
        return discord_seen(self._message)

    async def _press(self, button: str) -> Page:
        assert self._message is not None
        return await self._answered(await self._bed.press(self._me, self._message, button))

    async def _answered(self, asked: Interaction) -> Page:
        self._message = await self._bed.answered(asked, SOON)
        return discord_seen(self._message)

    def drawn(self, screen: Screen) -> Page:
        return discord_page(screen)

    @property
    def public(self) -> Sequence[object]:
        seen = self._bed.ever_seen_by(self._bystander)
        return [one for one in seen if one.message.author is self._bed.bot]


class TelegramReader(Reader):
    """In a group of their own, or in their private chat with the bot."""

    def __init__(self, bed: TelegramBed, locale: str, tongue: str, *, private: bool) -> None:
        super().__init__(locale, tongue)
        self._bed, self._bystander = bed, bed.user("Other")
        self._me = bed.user("Reader", started=private, language=locale)
        self._group = bed.group("Group", [self._me, self._bystander])
        self._place = self._me if private else self._group
        self._limit = _LONGEST if private else _LONGEST_EPHEMERAL
        self._older: set[tuple[int, int | None]] = set()

    async def _ask(self) -> Page:
        self._older |= {(one.message_id, one.ephemeral_id) for one in self._shown()}
        await self._bed.command(self._me, self._place, "/help sextortion")
        return await self._begun()

    async def _cry(self) -> Page:
        await self._bed.say(self._me, self._group, CRY)
        return await self._begun()

    async def _press(self, button: str) -> Page:
        query = await self._bed.press(self._me, self._shown()[-1], button)
        await self._bed.wait_for(lambda: query.answer, SOON)
        return telegram_seen(self._shown())

    async def _begun(self) -> Page:
        await self._bed.wait_for(lambda: any(one.rows for one in self._shown()), SOON)
        return telegram_seen(self._shown())

    def _shown(self) -> tuple[Shown, ...]:
        seen = self._bed.seen_by(self._me, self._place, from_bot=True)
        new = (one for one in seen if (one.message_id, one.ephemeral_id) not in self._older)
        return tuple(one for one in new if one.kind == "message")

    def drawn(self, screen: Screen) -> Page:
        return telegram_page(screen, self._limit)

    @property
    def public(self) -> Sequence[object]:
        return self._bed.ever_seen_by(self._bystander, self._group, from_bot=True)
