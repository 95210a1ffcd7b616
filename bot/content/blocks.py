"""What does the body of a screen say to a reader in one country?"""

from collections.abc import Iterator
from typing import assert_never

from bot.content.content import Content
from bot.content.direction import keep_order
from bot.content.directory_file import INTERNATIONAL, Entry
from bot.content.screen_file import Choice, Copy, Crisis, Do, Item, Say, Services
from bot.content.words_file import WordsFile
from bot.model import Block, Card, Paragraph, Quote, Steps

_CRISIS = Choice(what=("crisis-line",))


def blocks(content: Content, locale: str, screen_id: str, country: str) -> tuple[Block, ...]:
    """Return a screen's blocks for a reader in `country`, a code in `content.countries`.

    The page of a country begins with its name, and has that country's services for every reader.
    """
    own = content.country_of_page(screen_id)
    shown: list[Block] = [Paragraph(f"**{content.countries[own]}**")] if own else []
    for item in content.page(locale, screen_id).body:
        for block in _expand(content, locale, item, own or country):
            if not _stands(block, shown):
                shown.append(block)
    return tuple(map(keep_order, shown))


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


def _expand(content: Content, locale: str, item: Item, country: str) -> Iterator[Block]:
    match item:
        case Say(say=text):
            yield Paragraph(text)
        case Do(steps=items):
            yield Steps(items)
        case Copy(quote=text):
            yield Quote(text)
        case Crisis():
            yield from _crisis(content, content.words(locale), country)
        case Services(services=wanted):
            yield from _cards(content, locale, wanted, country)
        case _:
            assert_never(item)


def _cards(content: Content, locale: str, wanted: tuple[str, ...] | Choice, country: str) -> Iterator[Card]:
    if isinstance(wanted, Choice):
        entries = content.choose(wanted, country)
    else:
        entries = tuple(content.entry(one) for one in wanted if content.is_for(one, country))
    return (_card(content, content.words(locale), entry) for entry in entries)


def _card(content: Content, words: WordsFile, entry: Entry) -> Card:
    """Facts that rest on old or second-hand pages are left out until a person has checked them."""
    if entry.verify_first:
        return Card(entry.name, "", entry.url)
    country = content.country_of(entry.id)
    contacts = (
        (words.phone, _national(content, entry.phone, country)),
        (words.text, _national(content, entry.text, country)),
        (words.chat, entry.chat),
        (words.hours, entry.hours),
        (words.cost, entry.cost),
        (words.privacy, entry.privacy),
    )
    known = tuple((label, value) for label, value in contacts if value)
    return Card(entry.name, entry.shown, entry.url, known, f"{words.checked} {entry.checked.isoformat()}")


def _national(content: Content, number: str | None, country: str) -> str | None:
    """Numbers work in one country only: say which."""
    if number is None or country == INTERNATIONAL:
        return number
    return f"{number} ({content.countries[country]})"


def _crisis(content: Content, words: WordsFile, country: str) -> Iterator[Block]:
    file = content.directory[country]
    sentences = [words.emergency_elsewhere]
    if file.emergency:
        numbers = f" {words.either} ".join(file.emergency.numbers)
        sentences = [words.emergency.format(numbers=numbers, country=file.name)]
    lines = (entry for entry in content.choose(_CRISIS, country) if entry.phone and not entry.verify_first)
    if line := next(lines, None):
        sentences.append(words.crisis_line.format(name=line.name, phone=line.phone, country=file.name))
    yield Paragraph(" ".join(sentences))
    for finder in content.choose(_CRISIS, INTERNATIONAL)[:1]:
        # The country is the community's; a reader may be elsewhere.
        summary = f"{words.elsewhere} {finder.shown}" if file.emergency else finder.shown
        yield Card(finder.name, summary, finder.url)
