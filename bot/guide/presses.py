"""What does a button say when it comes back?

`q1:go:<screen id>`, `q1:stop` and `q1:wipe`: nothing about a person, nothing kept, so that a button works
after a restart and years later. Another meaning takes another version.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from bot.content.limits import SCREEN_ID

_GO = re.compile(r"q1:go:([a-z0-9-]+(?:/[a-z0-9-]+)*)")


@dataclass(frozen=True, slots=True)
class Go:
    """Show another screen."""

    screen: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Never send anything unasked again."""


@dataclass(frozen=True, slots=True)
class Wipe:
    """Replace the message by the screen `wiped`."""


Pressed: TypeAlias = Go | Stop | Wipe


def encode(pressed: Pressed) -> str:
    """Return the id of a button, 1 to 64 bytes."""
    match pressed:
        case Go(screen):
            return f"q1:go:{screen}"
        case Stop():
            return "q1:stop"
        case Wipe():
            return "q1:wipe"
        case _:
            assert_never(pressed)


def parse(button: str) -> Pressed | None:
    """Return what the button asks for; None for a forged id, or one of a version unknown here.

    The screen of a `Go` may not exist; `Guide.screen` shows the index then.
    """
    if button == "q1:stop":
        return Stop()
    if button == "q1:wipe":
        return Wipe()
    found = _GO.fullmatch(button)
    return Go(found[1]) if found and len(found[1]) <= SCREEN_ID else None
