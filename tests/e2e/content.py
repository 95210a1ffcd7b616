"""Which words has the bot, and when does somebody see all of a screen?"""

from datetime import UTC, datetime
from functools import cache

from bot import content
from bot.content.blocks import texts
from bot.guide import NOTHING, Chosen, Guide
from bot.model import Screen
from tests.started import ROOT

WORDS = content.load(ROOT / "messages")
GUIDE = Guide(WORDS, now=lambda: datetime.now(UTC))  # as the bot does: cards say what is open now
SCREENS = GUIDE.screen_ids


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
