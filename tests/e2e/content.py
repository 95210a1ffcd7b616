"""Which words has the bot, and when does somebody see all of a screen?"""

from datetime import UTC, datetime
from functools import cache
from typing import assert_never

from bot import content
from bot.content.blocks import texts
from bot.guide import NOTHING, Chosen, Erase, Go, Guide, Pressed, Stop, TakeBack, Wipe
from bot.model import Screen
from tests.started import ROOT

WORDS = content.load(ROOT / "messages")
GUIDE = Guide(WORDS, now=lambda: datetime.now(UTC))  # as the bot does: cards say what is open now
SCREENS = GUIDE.screen_ids
# No button leads there by itself.
UNASKED = frozenset({"note", "not-erased", "not-taken-back", "offer", "stop-failed", "taken-back"})


def leads_to(asked: Pressed) -> str:
    """Return the screen that comes after a button where all goes well."""
    match asked:
        case Go(screen):
            return screen
        case Stop():
            return "stopped"
        case Wipe():
            return "wiped"
        case Erase(everything):
            return "erased" if everything else "erased-but-stop"
        case TakeBack(sure=sure):
            return "taken-back" if sure else "sextortion/take-back"
        case _:
            assert_never(asked)


@cache
def screen(screen_id: str, chosen: Chosen = NOTHING) -> Screen:
    """Return a screen as an English reader in the UK gets it who has chosen this."""
    return GUIDE.screen(screen_id, "en", "GB", chosen)


@cache
def sentences(shown: Screen) -> tuple[str, ...]:
    """Return its first line and every text of its blocks, without the stars of **bold**."""
    blocks = (text for block in shown.blocks for text in texts(block))
    return tuple(text.replace("**", "") for text in (shown.preview, *blocks))


def usual(shown: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels without the one beside an answer to what others could read."""
    return tuple(label for label in shown if label != WORDS.words("en").take_back)


@cache
def labels(shown: Screen) -> tuple[str, ...]:
    """Return what stands on its buttons."""
    return tuple(action.label for action in shown.buttons)
