"""What do the commands share?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import config
from bot.errors import QuietlineError
from bot.ports import Platform, PlatformSection

MESSAGES = Path(__file__).resolve().parents[2] / "messages"
CONFIG = Path("config.yaml")

ConfigOption = Annotated[Path, typer.Option("--config", metavar="FILE", help="The config file.")]


@dataclass(frozen=True, slots=True)
class Platforms:
    """The platforms there are; each is loaded when it is asked for, not before.

    `terminal` is the one behind `try`; it needs no section in the config file.
    """

    names: tuple[str, ...]
    terminal: str
    load: Callable[[str], Platform]

    def sections(self) -> Mapping[str, Callable[[], type[PlatformSection]]]:
        """What `config.load` asks for."""
        return {name: partial(self._section, name) for name in self.names}

    def _section(self, name: str) -> type[PlatformSection]:
        return self.load(name).Section


def account(context: typer.Context, written: str, field: str) -> tuple[str, str]:
    """Return the platform and the id in `discord:123`; raises QuietlineError, which names the `field`."""
    platform, _, id = written.partition(":")
    names = platforms(context).names
    if platform not in names or not id.strip() or id != id.strip():
        raise QuietlineError(f"{field}: write {' or '.join(f'{name}:ID' for name in names)}")
    return platform, id


def settings(context: typer.Context, path: Path, environ: Mapping[str, str]) -> config.Settings:
    """Load the config file of this command; raises ConfigError."""
    return config.load(path, platforms(context).sections(), environ)


def platforms(context: typer.Context) -> Platforms:
    """Return what `bot/__main__.py` put into the context."""
    found = context.obj
    assert isinstance(found, Platforms)  # noqa: S101 - only __main__ makes contexts
    return found
