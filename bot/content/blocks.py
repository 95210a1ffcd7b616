"""What does the body of a screen say to a reader in one country?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.content.cards import called, card, service_name, summary
from bot.content.content import Content
from bot.content.direction import keep_order
from bot.content.directory_file import INTERNATIONAL
from bot.content.screen_file import Choice, Copy, Crisis, Do, Item, Say, Services
from bot.model import Block, Card, Paragraph, Quote, Steps

_CRISIS = Choice(what=("crisis-line",))
# What a language puts before the colon that adapters set behind a label; no line may break there.
_BEFORE_COLON = {"fr": "\N{NO-BREAK SPACE}"}


def blocks(
    content: Content, locale: str, screen_id: str, country: str, *, now: datetime | None = None
) -> tuple[Block, ...]:
    """Return a screen's blocks for a reader in `country`, a code in `content.countries`.

    The page of a country begins with its name, and has that country's services for every reader. With `now`
    (aware) the services say whether they are open, and those nobody has checked for long come last.
    """
    own = content.country_of_page(screen_id)
    shown: list[Block] = [Paragraph(f"**{content.country_name(own, locale)}**")] if own else []
    for item in content.page(locale, screen_id).body:
        new = [one for one in expand(content, locale, item, own or country, now) if not _stands(one, shown)]
        shown += _led_to(new, shown) if isinstance(item, Services) else new
    before = _BEFORE_COLON.get(locale.partition("-")[0], "")
    return tuple(keep_order(_labelled(one, before)) for one in shown)


def _labelled(block: Block, before: str) -> Block:
    if not before or not isinstance(block, Card):
        return block
    return replace(block, contacts=tuple((label + before, value) for label, value in block.contacts))


def _led_to(new: list[Block], shown: list[Block]) -> list[Block]:
    """A line that leads to cards is left out where no card follows, or where it stands above those before."""
    cards = [one for one in new if isinstance(one, Card)]
    last = next((one for one in reversed(shown) if not isinstance(one, Card)), None)
    return new if cards and last not in new else [*cards]


def _stands(block: Block, shown: list[Block]) -> bool:
    """Whether a card of the same service is there already."""
    if not isinstance(block, Card):
        return False
    return any(isinstance(other, Card) and other.name == block.name for other in shown)


def texts(block: Block) -> Iterator[str]:
    """Yield every text that a block shows, labels and addresses included."""
    match block:
        case Paragraph(text) | Quote(text):
            yield text
        case Steps(items):
            yield from items
        case Card(name, summary, url, contacts, note):
            yield from filter(None, (name, summary, url, note))
            yield from (f"{label}: {value}" for label, value in contacts)
        case _:
            assert_never(block)


def expand(content: Content, locale: str, item: Item, country: str, now: datetime | None) -> Iterator[Block]:
    """Yield what one item of a page's body shows, whatever stands above it."""
    match item:
        case Say(say=text):
            yield Paragraph(text)
        case Do(steps=items):
            yield Steps(items)
        case Copy(quote=text):
            yield Quote(text)
        case Crisis():
            yield from _crisis(content, locale, country, now)
        case Services(services=Choice() as choice):
            yield from _chosen(content, locale, choice, country, now)
        case Services(services=tuple() as ids):
            here = (content.entry(one) for one in ids if content.is_for(one, country))
            yield from (card(content, locale, entry, now) for entry in here)
        case _:
            raise AssertionError("a service is named or chosen")


def _chosen(
    content: Content, locale: str, choice: Choice, country: str, now: datetime | None
) -> Iterator[Block]:
    if content.lacks(choice, country):
        name = content.country_name(country, locale)
        yield Paragraph(content.words(locale).no_such_service.format(country=name))
    for entry in content.choose(choice, country, now.date() if now else None):
        yield card(content, locale, entry, now)


def _crisis(content: Content, locale: str, country: str, now: datetime | None) -> Iterator[Block]:
    words, name, today = content.words(locale), content.country_name(country, locale), now and now.date()
    emergency = content.emergency(country)
    sentences = [words.emergency_elsewhere]
    if emergency:
        told = (
            f"{one.number} ({words.limits[one.only]})" if one.only else one.number
            for one in emergency.numbers
        )
        numbers = f" {words.either} ".join(told)
        sentences = [words.emergency.format(numbers=numbers, country=name)]
    lines = (
        entry for entry in content.choose(_CRISIS, country, today) if entry.phone and not entry.verify_first
    )
    if line := next(lines, None):
        phone = called(content, locale, line, (line.phone or ())[:1], where=False)
        sentences.append(
            words.crisis_line.format(name=service_name(content, locale, line), phone=phone, country=name)
        )
    yield Paragraph(" ".join(sentences))
    for finder in content.choose(_CRISIS, INTERNATIONAL)[:1]:
        # The country is the community's; a reader may be elsewhere.
        about = summary(content, locale, finder)
        yield Card(
            service_name(content, locale, finder),
            f"{words.elsewhere} {about}" if emergency else about,
            finder.url,
        )
