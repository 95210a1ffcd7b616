"""Which commands does Telegram offer?  The core's menu -> a command list for each scope and language."""

from collections.abc import Iterator, Sequence

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from adapters.telegram.backoff import Backoff
from bot.ports import CommandInfo

log = structlog.get_logger()

_DEFAULT_LANGUAGE = "en"


async def register(bot: Bot, menu: Sequence[CommandInfo], backoff: Backoff) -> None:
    """Set the lists that differ from what the server has. Trouble is logged, or waited out; never raises."""
    pending = list(_lists(menu))
    while pending:
        try:
            await _set(bot, *pending[0])
        except (NetworkError, RetryAfter) as error:
            if not isinstance(error, BadRequest):
                await backoff.wait("commands", error)
                continue
            log.warning("telegram_commands_refused", error=type(error).__name__)
        except TelegramError as error:
            log.warning("telegram_commands_refused", error=type(error).__name__)
        backoff.reset()
        pending.pop(0)


async def _set(bot: Bot, scope: BotCommandScope, language: str, commands: list[BotCommand]) -> None:
    present = await bot.get_my_commands(scope, language)
    if [_content(command) for command in present] != [_content(command) for command in commands]:
        await bot.set_my_commands(commands, scope, language)


def _lists(menu: Sequence[CommandInfo]) -> Iterator[tuple[BotCommandScope, str, list[BotCommand]]]:
    # Of several with one name the one without a topic; but /help is in every list, or it would be public.
    by_topic = sorted(menu, key=lambda info: info.topic is None)
    offered = list({info.name: info for info in by_topic}.values())
    for language in ("", *_languages(offered)):
        yield BotCommandScopeAllPrivateChats(), language, _commands(offered, language, ephemeral=False)
        yield BotCommandScopeAllGroupChats(), language, _commands(offered, language, ephemeral=True)


def _languages(offered: Sequence[CommandInfo]) -> list[str]:
    """Return the two-letter codes that any description is in; Telegram takes no others."""
    found = {_code(locale) for info in offered for locale in info.descriptions}
    return sorted(code for code in found if len(code) == 2 and code != _DEFAULT_LANGUAGE)


def _commands(offered: Sequence[CommandInfo], language: str, *, ephemeral: bool) -> list[BotCommand]:
    # In groups a command is seen by its writer and the bot alone: nobody shall see who asked for help.
    flag = {"is_ephemeral": True} if ephemeral else None
    return [BotCommand(info.name, _description(info, language), api_kwargs=flag) for info in offered]


def _description(info: CommandInfo, language: str) -> str:
    by_code = {_code(locale): words for locale, words in info.descriptions.items()}
    return by_code.get(language) or by_code[_DEFAULT_LANGUAGE]


def _code(locale: str) -> str:
    return locale.replace("_", "-").partition("-")[0].lower()


def _content(command: BotCommand) -> tuple[str, str, bool]:
    return command.command, command.description, bool(command.api_kwargs.get("is_ephemeral"))
