"""Where do the core and the platforms meet?  The only file that knows both."""

from typing import cast

import adapters
from bot.cli.app import main
from bot.cli.context import Platforms
from bot.ports import Platform

TERMINAL = "console"


def _load(name: str) -> Platform:
    return cast(Platform, adapters.load(name))


PLATFORMS = Platforms(tuple(name for name in adapters.available() if name != TERMINAL), TERMINAL, _load)

if __name__ == "__main__":
    main(PLATFORMS)
