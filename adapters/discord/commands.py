"""Which slash commands does Discord offer, and in which places and languages?"""

from collections.abc import Mapping

import discord
import structlog
from discord import app_commands

from adapters.discord import inbound
from adapters.discord.outbound import named
from bot.ports import CommandInfo, Handler

GROUP = "help"
GROUP_DESCRIPTION = "Calm, private help"  # Discord asks for one and shows it nowhere
# Set in full, because what is left out is sent as null and then means something else to every server:
# the bot is there for a member whose server never added it, and in direct messages with anybody.
INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)

log = structlog.get_logger()

_OLDER = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)


class Tree(app_commands.CommandTree[discord.AutoShardedClient]):
    """The commands of a menu, each of which asks the handler."""

    def __init__(self, client: discord.AutoShardedClient, handler: Handler) -> None:
        super().__init__(client, allowed_installs=INSTALLS, allowed_contexts=CONTEXTS)
        self._handler, menu = handler, handler.menu
        # `/help` itself cannot be run once it has topics, so an entry for it only describes the group.
        about = next(
            (_text(info.descriptions) for info in menu if info.name == GROUP and not info.topic), None
        )
        group = app_commands.Group(
            name=GROUP,
            description=about or GROUP_DESCRIPTION,
            auto_locale_strings=False,
            allowed_installs=INSTALLS,
            allowed_contexts=CONTEXTS,
        )
        for info in menu:
            if info.name == GROUP and info.topic:
                group.add_command(self._command(info.topic, info))
            elif info.name != GROUP:
                self.add_command(self._command(info.name, info))
        if group.commands:
            self.add_command(group)

    async def on_error(
        self, interaction: discord.Interaction[discord.AutoShardedClient], error: app_commands.AppCommandError
    ) -> None:
        """Answer a command of an older menu, too; log anything else without its words."""
        if isinstance(error, _OLDER):
            if interaction.type is discord.InteractionType.application_command:
                await self._ask(interaction)
            return
        _failed(error.__cause__ or error)

    async def _ask(self, interaction: discord.Interaction) -> None:
        try:
            command = inbound.command(interaction)
        except Exception as error:  # something is missing in it
            _failed(error)
        else:
            if self._handler.hears(command.origin.person):
                await self._handler.on_command(command)

    async def _call(self, interaction: discord.Interaction[discord.AutoShardedClient]) -> None:
        try:
            await super()._call(interaction)
        except app_commands.AppCommandError:
            raise
        except (
            Exception
        ) as error:  # discord.py leaves it to asyncio, which shows it late and in its own words
            _failed(error)

    async def register(self) -> bool:
        """Make Discord's list equal to ours, and tell whether it is.

        A refusal is logged and nothing more: what was registered before still works, and so does all
        else. Raises what the network raises.
        """
        await self.set_translator(Descriptions())
        try:
            await self.sync()
        except (discord.HTTPException, discord.RateLimited) as error:
            log.error(
                "discord_commands_not_registered",
                error=named(error),
                mend="/help may be missing or old: invite the bot with scope applications.commands; restart",
            )
            return False
        return True

    def _command(self, name: str, info: CommandInfo) -> app_commands.Command[app_commands.Group, ..., None]:
        async def ask(interaction: discord.Interaction) -> None:
            await self._ask(interaction)

        async def ask_in(interaction: discord.Interaction, country: str = "") -> None:
            await self._ask(interaction)

        command: app_commands.Command[app_commands.Group, ..., None] = app_commands.Command(
            name=name,
            description=_text(info.descriptions),
            callback=app_commands.describe(country=_text(info.country))(ask_in) if info.country else ask,
            auto_locale_strings=False,
            allowed_installs=None if info.topic else INSTALLS,
            allowed_contexts=None if info.topic else CONTEXTS,
        )
        if info.country:
            command.autocomplete(inbound.COUNTRY)(self._countries)
        return command

    async def _countries(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest countries while somebody types; from memory, and what they typed goes nowhere."""
        found = self._handler.countries(typed, interaction.locale.value)
        return [app_commands.Choice(name=name, value=code) for name, code in found]


class Descriptions(app_commands.Translator):
    """Gives Discord a description in every language it knows; names stay what people were told to type."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the description for this locale or its language; None leaves the English one."""
        texts: Mapping[str, str] = string.extras.get("descriptions", {})
        language = locale.value.partition("-")[0]
        return texts.get(locale.value) or (texts.get(language) if language != "en" else None)


def _failed(error: BaseException) -> None:
    log.error("discord_command_failed", error=type(error).__name__)


def _text(descriptions: Mapping[str, str]) -> app_commands.locale_str:
    return app_commands.locale_str(descriptions["en"], descriptions=descriptions)
