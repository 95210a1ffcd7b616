"""Who asks and who is offered help on both platforms at once, while something is amiss?"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.beds.discord import Channel, DiscordBed
from tests.beds.discord import User as Member
from tests.beds.telegram import Group, TelegramBed
from tests.beds.telegram import User as Account
from tests.e2e.discord_roads import CRY
from tests.e2e.telegram_case import shows

SOON = 20.0


@dataclass
class Both:
    """People on both beds, each with a bystander in a place of their own."""

    discord: DiscordBed
    telegram: TelegramBed
    members: list[tuple[Member, Member, Channel]] = field(default_factory=list)
    accounts: list[tuple[Account, Account, Group]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """All of them come in a few seconds."""
        self.discord.limits.enabled = False

    async def cry(self, many: int) -> range:
        """So many on each platform need help and do not ask; return their places in `offers`."""
        first = len(self.members)
        for _ in range(many):
            guild = self.discord.guild()
            member, other = self.discord.member(guild, "member"), self.discord.member(guild, "other")
            self.members.append((member, other, self.discord.channel(guild)))
            account, another = self.telegram.user("Account", started=True), self.telegram.user("Other")
            self.accounts.append((account, another, self.telegram.group("Group", [account, another])))
        for member, _, channel in self.members[first:]:
            await self.discord.say(member, channel, CRY)
        for account, _, group in self.accounts[first:]:
            await self.telegram.say(account, group, CRY)
        return range(first, first + many)

    def offers(self, who: range) -> list[int]:
        """How many messages each of these got: those on Discord, then those on Telegram."""
        on_discord = [len(self.discord.inbox(self.members[at][0])) for at in who]
        accounts = [self.accounts[at][0] for at in who]
        return on_discord + [len(self.telegram.seen_by(one, one, from_bot=True)) for one in accounts]

    async def offered(self, who: range, timeout: float = SOON) -> None:
        """Wait until each of these has a message."""
        await self.discord.wait_for(lambda: all(self.offers(who)), timeout, every=0.05)

    async def ask(self) -> float:
        """Somebody on each platform asks for help; return how many seconds the slower answer took."""
        guild, loop = self.discord.guild(), asyncio.get_running_loop()
        member, channel = self.discord.member(guild, "asker"), self.discord.channel(guild)
        account = self.telegram.user("Asker", started=True)
        began = loop.time()
        asked = await self.discord.slash(member, channel, "help sextortion")
        await self.telegram.command(account, account, "/help sextortion")
        await asyncio.gather(self.discord.answered(asked, SOON), self._answered(account))
        return loop.time() - began

    async def _answered(self, account: Account) -> None:
        def shown() -> bool:
            seen = self.telegram.seen_by(account, account, from_bot=True)
            return any(shows(one, "sextortion") for one in seen)

        await self.telegram.wait_for(shown, SOON)

    def seen_by_others(self) -> Iterator[object]:
        """All that anybody else ever saw of the bot."""
        for _, other, _ in self.members:
            seen = self.discord.ever_seen_by(other)
            yield from (one for one in seen if one.message.author is self.discord.bot)
        for _, another, group in self.accounts:
            yield from self.telegram.ever_seen_by(another, group, from_bot=True)
