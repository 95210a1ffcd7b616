"""Does every screen fit into one message, on every platform and in every country?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from bot.content import limits
from bot.content.blocks import blocks, expand, texts
from bot.content.content import COUNTRY_PAGE, Content
from bot.content.direction import keep_order
from bot.content.screen_file import Crisis, Item, Services, Visit
from bot.content.taps import taps
from bot.content.texts import spans
from bot.model import Block, Card, Paragraph

# By then every service says that nobody has checked it for long, and whether it is open.
_LATE = datetime(2999, 1, 1, tzinfo=UTC)


def size_faults(content: Content, shown: str, readers: Sequence[str]) -> list[str]:
    """Return one line for each screen that is too large somewhere; `shown` names messages/.

    `readers` are codes of the countries whose readers are asked about.
    """
    faults: dict[str, str] = {}
    for locale in content.locales:
        measured = _Measured(content, locale)
        for screen_id in content.screen_ids:
            name = COUNTRY_PAGE if content.country_of_page(screen_id) else screen_id
            own = content.country_of_page(screen_id)
            if own and own not in readers:
                continue
            countries = [own] if own else readers
            for fault in _faults(content, locale, screen_id, countries, measured):
                faults.setdefault(f"{shown}/{locale}/{name}.yaml", fault)
    return [f"{file}: {fault}" for file, fault in faults.items()]


def _faults(
    content: Content, locale: str, screen_id: str, countries: Sequence[str], measured: "_Measured"
) -> Iterator[str]:
    page = content.page(locale, screen_id)
    for country in countries:
        # Whoever asked where others read along gets one more: to take back what they wrote.
        buttons = measured.buttons(screen_id, country) + 1
        if buttons > limits.ACTIONS:
            yield f"actions: {buttons} with those the guide adds; at most {limits.ACTIONS}"
        if not list(_too_large(measured.at_most(screen_id, country), buttons)):
            continue  # nearly all: what stands there twice is left out only when the page is put together
        body = blocks(content, locale, screen_id, country, now=_LATE)
        size = _Size.of(body) + _Size(len(page.preview), entities=1)
        yield from (f"{fault} (reader's country: {country})" for fault in _too_large(size, buttons))


@dataclass(frozen=True, slots=True)
class _Size:
    """Characters, blocks, and formatted stretches."""

    length: int = 0
    blocks: int = 0
    entities: int = 0

    @classmethod
    def of(cls, shown: Iterable[Block]) -> "_Size":
        every = tuple(shown)
        # Each text begins a line of its own.
        length = sum(1 + len(text) for block in every for text in texts(block))
        return cls(length, len(every), sum(map(_entities, every)))

    def __add__(self, other: "_Size") -> "_Size":
        return _Size(self.length + other.length, self.blocks + other.blocks, self.entities + other.entities)


class _Measured:
    """What the pages of a language measure; what many of them show alike is measured once."""

    def __init__(self, content: Content, locale: str) -> None:
        self._content, self._locale = content, locale
        self._same: dict[str, tuple[_Size, tuple[Crisis | Services, ...]]] = {}
        self._items: dict[tuple[Crisis | Services, str], _Size] = {}
        self._buttons: dict[str, int] = {}

    def at_most(self, screen_id: str, country: str) -> _Size:
        """The size of a page, in which nothing is left out because it stands there already."""
        if screen_id not in self._same:
            page = self._content.page(self._locale, screen_id)
            varying = tuple(item for item in page.body if isinstance(item, Crisis | Services))
            same = (item for item in page.body if not isinstance(item, Crisis | Services))
            shown = [block for item in same for block in self._shown(item, country)]
            self._same[screen_id] = _Size.of(shown) + _Size(len(page.preview), entities=1), varying
        size, varying = self._same[screen_id]
        if own := self._content.country_of_page(screen_id):
            size += _Size.of([Paragraph(f"**{self._content.country_name(own, self._locale)}**")])
        for item in varying:
            if (item, country) not in self._items:
                self._items[item, country] = _Size.of(self._shown(item, country))
            size += self._items[item, country]
        return size

    def buttons(self, screen_id: str, country: str) -> int:
        """How many buttons a page has; a link to a service stands in some countries only."""
        page = self._content.page(self._locale, screen_id)
        if any(isinstance(tap, Visit) for tap in page.actions):
            return len(taps(self._content, self._locale, screen_id, country))
        if screen_id not in self._buttons:
            self._buttons[screen_id] = len(taps(self._content, self._locale, screen_id, country))
        return self._buttons[screen_id]

    def _shown(self, item: Item, country: str) -> Iterator[Block]:
        return map(keep_order, expand(self._content, self._locale, item, country, _LATE))


def _too_large(size: _Size, buttons: int) -> Iterator[str]:
    if size.length > limits.TEXT:
        yield f"body: {size.length} characters with its cards; at most {limits.TEXT}"
    # The preview, the frame around all, and the rows of buttons are components too.
    components = 2 + size.blocks + buttons + ceil(buttons / limits.BUTTONS_A_ROW)
    if components > limits.COMPONENTS:
        yield f"body: {components} blocks, buttons and rows of buttons; at most {limits.COMPONENTS}"
    if size.blocks > limits.BLOCKS:
        yield f"body: {size.blocks} blocks with its cards; at most {limits.BLOCKS}"
    if size.entities > limits.ENTITIES:
        yield f"body: {size.entities} bold words, links and labels; at most {limits.ENTITIES}"


def _entities(block: Block) -> int:
    if isinstance(block, Card):
        return 2 + len(block.contacts)
    return 1 + sum(spans(text) for text in texts(block))
