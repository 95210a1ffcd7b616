"""What do the tests of the local Discord share: a small bot on the real discord.py, and a town?"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import discord
from discord import app_commands, ui

from tests.beds.discord import Channel, DiscordBed, Guild, User

HELP = "You are not in trouble."
LATER = "You still have time."
CRY = "someone is blackmailing me"
PLAIN = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
CONTENT = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=True)


def screen(text: str) -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay(text))
    view.add_item(container)
    view.add_item(ui.ActionRow(ui.Button(label="They gave me a deadline", custom_id="go:deadline")))
    return view


class Bot(discord.Client):
    """Answers /help in private, sends a DM to whoever writes `CRY`, and notes what it heard."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(intents=intents, max_messages=None)
        self.heard: list[discord.Message] = []
        self.refused: list[discord.HTTPException] = []
        self.resumed = 0
        self.tree = app_commands.CommandTree(self)
        group = app_commands.Group(
            name="help",
            description="Private help",
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
        )

        @group.command(name="sextortion", description="Somebody has pictures of me")
        async def sextortion(interaction: discord.Interaction) -> None:
            await self.attempt(interaction.response.send_message(view=screen(HELP), ephemeral=True))

        @group.command(name="aloud", description="Answers in public")
        async def aloud(interaction: discord.Interaction) -> None:
            await interaction.response.defer()
            await interaction.followup.send("In public")

        @group.command(name="slowly", description="Answers in private, in two steps")
        async def slowly(interaction: discord.Interaction) -> None:
            await interaction.response.defer(ephemeral=True)
            await interaction.edit_original_response(view=screen(HELP))
            await interaction.followup.send("One more thing", ephemeral=True)

        self.tree.add_command(group)

    async def attempt(self, sending: Awaitable[object]) -> None:
        try:
            await sending
        except discord.HTTPException as refused:
            self.refused.append(refused)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Not wait 5 seconds."""

    async def on_resumed(self) -> None:
        self.resumed += 1

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.append(message)
        if message.content == CRY:
            await self.attempt(message.author.send(HELP, nonce=message.id))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await interaction.response.edit_message(view=screen(LATER))


@dataclass(frozen=True)
class Town:
    """A bed with one guild, and the bot in it."""

    bed: DiscordBed
    guild: Guild
    channel: Channel
    sam: User
    robin: User


@asynccontextmanager
async def running(bed: DiscordBed, intents: discord.Intents = CONTENT) -> AsyncIterator[Bot]:
    bot = Bot(intents)
    task = asyncio.create_task(bot.start(bed.token))
    try:
        await bed.bot_ready()
        yield bot
    finally:
        await bot.close()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
