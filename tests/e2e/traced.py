"""Who goes by every road and through every fault, marked in all they are and write?"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import cycle, islice
from typing import TypeVar

from bot.guide import Chosen, Go, encode
from tests.beds.discord import DiscordBed, ServerError
from tests.beds.telegram import TelegramBed
from tests.e2e import discord_failures, discord_roads, telegram_failures, telegram_roads
from tests.e2e.discord_roads import CRY
from tests.e2e.scanner import Markers
from tests.e2e.telegram_case import Case, Road, Way

PATIENCE = 30.0
CHOSEN = encode(Go("sextortion/removal/under18", Chosen("ja", "nz")))
# What somebody chose; none of it may be told.
CHOICES = {"report/nz", "New Zealand", "under18", ":ja:", "q2:go:", CHOSEN}
T = TypeVar("T")
U = TypeVar("U")


def paired(ones: Sequence[T], others: Sequence[U]) -> Iterable[tuple[T, U]]:
    """Each with some other: a walk through all pairs is in the tests of the leaks."""
    many = max(len(ones), len(others))
    return islice(zip(cycle(ones), cycle(others), strict=False), many)


class Crowd:
    """People on both beds; `helped` counts those whom something reached."""

    def __init__(self, discord: DiscordBed, telegram: TelegramBed, markers: Markers) -> None:
        self.discord, self.telegram, self.markers = discord, telegram, markers
        self.helped = 0
        markers.words |= CHOICES
        discord.limits.enabled = False

    async def everything(self) -> None:
        """Every road, every fault, and every choice."""
        on_discord = paired(discord_roads.ROADS, discord_failures.FAILURES)
        on_telegram = paired(telegram_roads.ROADS, telegram_failures.FAILURES)
        menus = self.telegram.commands
        await self.telegram.wait_for(lambda: ("all_group_chats", "") in menus, PATIENCE)
        await asyncio.gather(
            *(self._by_discord(road, failure) for road, failure in on_discord),
            *(self._by_telegram(road, failure) for road, failure in on_telegram if failure.concerns(road)),
            self.choosing(),
        )
        self.know()

    async def choosing(self) -> None:
        """Every choice, in every kind of message."""
        await asyncio.gather(self._choosing_on_discord(), self._choosing_on_telegram())

    async def left_waiting(self) -> None:
        """Some to whom nothing can be sent for now: their offers stay in the outbox."""
        self.discord.fail("POST", "/users/@me/channels", ServerError(503), 999)
        self.telegram.fail("sendMessage", "server_error", None)
        for number in range(3):
            guild = self.discord.guild(self.markers.text())
            member = self.discord.member(guild, self.markers.text())
            channel = self.discord.channel(guild, f"waiting {number}")
            await self.discord.say(member, channel, f"{CRY} {self.markers.text()}")
            user = self.telegram.user(self.markers.text(), started=True)
            group = self.telegram.group(self.markers.text(), [user])
            await self.telegram.say(user, group, f"{CRY} {self.markers.text()}")
        self.know()

    def know(self) -> None:
        """Take down the numbers and secrets of all there are by now."""
        world, markers = self.discord.world, self.markers
        markers.number(*world.users, *world.guilds, *world.channels)
        markers.number(*(asked.id for asked in world.interactions.values()))
        markers.number(*(message.id for channel in world.channels.values() for message in channel.messages))
        people, queries = self.telegram._world, self.telegram.calls_to("answerCallbackQuery")
        markers.number(*people.users, *people.groups)
        markers.number(*(call.params.integer("callback_query_id") or 0 for call in queries))
        tokens = (self.discord.token, self.telegram.token, self.telegram.token.split(":")[1])
        markers.texts |= {*tokens, *world.interactions}

    async def _by_discord(self, road: discord_roads.Road, failure: discord_failures.Failure) -> None:
        if road.name == "button of a note" and not failure.bot_can_send:
            return
        case = discord_roads.Case(self.discord, road, self.markers.text(), failure.bot_can_send)
        await case.prepare()
        way = failure.befall(case)
        await case.ask()
        if way is not discord_roads.Way.NOTHING:
            await self.discord.wait_for(lambda: case.arrived, PATIENCE, every=0.05)
            self.helped += 1

    async def _by_telegram(self, road: Road, failure: telegram_failures.Failure) -> None:
        case = Case(self.telegram, road, self.markers.text())
        await case.prepare()
        way = failure.befall(case)
        await case.ask()
        if way is not Way.NOTHING:
            await self.telegram.wait_for(lambda: case.came_by is not Way.NOTHING, PATIENCE)
            self.helped += 1

    async def _choosing_on_discord(self) -> None:
        bed, text = self.discord, self.markers.text
        guild = bed.guild(text())
        me = bed.member(guild, text())
        channel = bed.channel(guild, text())
        asked = await bed.slash(me, channel, "help sextortion country:NZ")
        page = await bed.answered(asked, PATIENCE)
        for goal in ("posted", "removal", "removal/under18"):
            button = next((one.custom_id for one in page.buttons if f"/{goal}:" in one.custom_id), None)
            assert button, page.buttons
            page = await bed.answered(await bed.press(me, page, button), PATIENCE)
        await bed.complete(me, channel, f"help sextortion country:{text()}")
        before = len(bed.inbox(me))
        await bed.say(me, bed.dm_channel(me), text(), attachments=[f"{text()}.png"])
        await bed.wait_for(lambda: len(bed.inbox(me)) > before + 1, PATIENCE)
        self.helped += 1

    async def _choosing_on_telegram(self) -> None:
        bed, text = self.telegram, self.markers.text
        plain = bed.user(text(), started=True, language="ja")
        bed._world.users[plain.id] = me = replace(plain, username=text().split()[0])
        await bed.command(me, me, f"/help new zealand {text()}")
        await bed.wait_for(lambda: bed.seen_by(me, me, from_bot=True), PATIENCE)
        query = await bed.press(me, bed.seen_by(me, me, from_bot=True)[-1], CHOSEN, forged=True)
        await bed.wait_for(lambda: query.answer, PATIENCE)
        group = bed.group(text(), [me], forum=True, privacy=False)
        topic = bed.topic(group, text())
        await bed.say(me, group, text(), thread=topic)
        for said in ({"forward": text()}, {"forward": bed.user(text())}):
            before = len(bed.seen_by(me, me, from_bot=True))
            await bed.say(me, me, f"im being blackmailed {text()}", forward=said["forward"])
            await bed.wait_for(lambda: len(bed.seen_by(me, me, from_bot=True)) > before, PATIENCE)  # noqa: B023
        before = len(bed.seen_by(me, me, from_bot=True))
        await bed.say(me, me, caption=text())
        await bed.wait_for(lambda: len(bed.seen_by(me, me, from_bot=True)) > before, PATIENCE)
        self.helped += 1
