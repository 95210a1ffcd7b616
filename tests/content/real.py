"""The messages that the bot ships, as a reader gets them."""

from collections.abc import Iterator
from pathlib import Path

from bot.content import Content, load
from bot.content.blocks import texts
from bot.guide import Guide
from bot.model import Card, Screen

MESSAGES = Path(__file__).parents[2] / "messages"
CONTENT: Content = load(MESSAGES)
GUIDE = Guide(CONTENT)


def screens() -> Iterator[tuple[str, Screen]]:
    """Yield every English screen in every country, and the page of each country there."""
    for country in CONTENT.countries:
        for screen_id in CONTENT.screen_ids:
            if CONTENT.country_of_page(screen_id) not in (None, country):
                continue
            yield country, GUIDE.screen(screen_id, "en", country)


def by_country() -> dict[str, list[Screen]]:
    """Return `screens` by country: ten thousand tests of one line each would take minutes to count."""
    found: dict[str, list[Screen]] = {}
    for country, screen in screens():
        found.setdefault(country, []).append(screen)
    return found


def own_words(screen: Screen) -> list[str]:
    """What writers wrote for this screen: all but the cards, whose facts come from their sources."""
    body = [text for block in screen.blocks if not isinstance(block, Card) for text in texts(block)]
    return [text.replace("**", "") for text in (screen.preview, *body)]


def shown(screen: Screen) -> str:
    """All a reader sees above the buttons; links stand behind names."""
    cards = [block for block in screen.blocks if isinstance(block, Card)]
    facts = [
        part
        for card in cards
        for part in (card.name, card.summary, card.note, *map(": ".join, card.contacts))
    ]
    return "\n".join(filter(None, [*own_words(screen), *facts]))
