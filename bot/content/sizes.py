"""Does every screen fit into one message, on every platform and in every country?"""

from collections.abc import Iterator
from datetime import UTC, datetime
from math import ceil

from bot.content import limits
from bot.content.blocks import blocks, texts
from bot.content.content import Content
from bot.content.reading import COUNTRY_PAGE
from bot.content.taps import taps
from bot.content.texts import spans
from bot.model import Block, Card

# By then every service says that nobody has checked it for long, and whether it is open.
_LATE = datetime(2999, 1, 1, tzinfo=UTC)


def size_faults(content: Content, shown: str) -> list[str]:
    """Return one line for each screen that is too large somewhere; `shown` names messages/."""
    faults: dict[str, str] = {}
    for locale in content.locales:
        for screen_id in content.screen_ids:
            name = COUNTRY_PAGE if content.country_of_page(screen_id) else screen_id
            for fault in _faults(content, locale, screen_id):
                faults.setdefault(f"{shown}/{locale}/{name}.yaml", fault)
    return [f"{file}: {fault}" for file, fault in faults.items()]


def _faults(content: Content, locale: str, screen_id: str) -> Iterator[str]:
    page = content.page(locale, screen_id)
    own = content.country_of_page(screen_id)
    for country in [own] if own else content.countries:
        buttons = len(taps(content, locale, screen_id, country))
        if buttons > limits.ACTIONS:
            yield f"actions: {buttons} with those the guide adds; at most {limits.ACTIONS}"
        body = blocks(content, locale, screen_id, country, now=_LATE)
        yield from (
            f"{fault} (reader's country: {country})" for fault in _body_faults(page.preview, body, buttons)
        )


def _body_faults(preview: str, body: tuple[Block, ...], buttons: int) -> Iterator[str]:
    # Each text begins a line of its own.
    length = len(preview) + sum(1 + len(text) for block in body for text in texts(block))
    if length > limits.TEXT:
        yield f"body: {length} characters with its cards; at most {limits.TEXT}"
    # The preview, the frame around all, and the rows of buttons are components too.
    components = 2 + len(body) + buttons + ceil(buttons / limits.BUTTONS_A_ROW)
    if components > limits.COMPONENTS:
        yield f"body: {components} blocks, buttons and rows of buttons; at most {limits.COMPONENTS}"
    if len(body) > limits.BLOCKS:
        yield f"body: {len(body)} blocks with its cards; at most {limits.BLOCKS}"
    entities = 1 + sum(_entities(block) for block in body)
    if entities > limits.ENTITIES:
        yield f"body: {entities} bold words, links and labels; at most {limits.ENTITIES}"


def _entities(block: Block) -> int:
    if isinstance(block, Card):
        return 2 + len(block.contacts)
    return 1 + sum(spans(text) for text in texts(block))
