"""What does a reader see of a service, in their language?"""

from datetime import datetime

from bot.content import hours, numbers
from bot.content.content import FALLBACK, Content
from bot.content.directory_file import INTERNATIONAL, Entry
from bot.content.names import day, language_name
from bot.content.numbers import Number
from bot.content.words_file import WordsFile
from bot.model import Card


def card(content: Content, locale: str, entry: Entry, now: datetime | None) -> Card:
    """Return the card of a service; with `now` (aware) it says whether the service answers at that time.

    The sentences of the directory are English. In another language stands the line that somebody wrote, or
    what it does in a few words, and of hours, cost and privacy only what can be told without a sentence.
    Facts that rest on old or second-hand pages are left out until a person has checked them.
    """
    name = service_name(content, locale, entry)
    if entry.verify_first:
        return Card(name, "", entry.url)
    words = content.words(locale)
    english = _is_english(locale)
    # Whoever cannot speak aloud finds a way first.
    contacts = (
        (words.chat, _chat(words, entry.chat, english)),
        (words.text, called(content, locale, entry, entry.text)),
        (words.phone, called(content, locale, entry, entry.phone)),
        (words.hours, _hours(content, locale, entry, now)),
        (words.cost, _cost(words, entry, english)),
        (words.privacy, _privacy(words, entry, english)),
    )
    known = tuple((label, value) for label, value in contacts if value)
    stale = now is not None and entry.is_stale(now.date())
    checked = f"{words.last_checked if stale else words.checked} {day(entry.checked, locale)}"
    note = " · ".join(filter(None, (_audience(words, entry), checked)))
    return Card(name, summary(content, locale, entry), entry.url, known, note)


def summary(content: Content, locale: str, entry: Entry) -> str:
    """Return in one line what a service does."""
    if _is_english(locale):
        return entry.shown
    own = content.languages[locale].services.get(entry.id)
    if own and own.short:
        return own.short
    return ", ".join(content.words(locale).kinds[one] for one in entry.what)


def _audience(words: WordsFile, entry: Entry) -> str:
    return "" if "anyone" in entry.audience else ", ".join(words.audiences[one] for one in entry.audience)


def service_name(content: Content, locale: str, entry: Entry) -> str:
    """Return a service's name, in words of the language where it has English in it."""
    own = content.languages[locale].services.get(entry.id)
    return own.name if own and own.name else entry.name


def called(
    content: Content, locale: str, entry: Entry, given: tuple[Number, ...] | None, *, where: bool = True
) -> str | None:
    """Return numbers as people write them; `where` names the country, because they work there only."""
    if not given:
        return None
    words, country = content.words(locale), content.country_of(entry.id)
    shown = [_number(words, locale, one, country[:2]) for one in given]
    plain = not any("(" in one or "," in one for one in shown)
    all_of_them = f" {words.either} ".join(shown) if plain else "; ".join(shown)
    if not where or country == INTERNATIONAL:
        return all_of_them
    return f"{all_of_them} ({content.country_name(country, locale)})"


def _number(words: WordsFile, locale: str, one: Number, region: str) -> str:
    text = numbers.written(one.number, region)
    if one.app:
        text = f"{one.app} {text}"
    if one.send:
        text = words.send.format(word=one.send, phone=text)
    if one.press:
        text = words.press.format(key=one.press, phone=text)
    about = [language_name(one.language, locale)] if one.language else []
    about += [one.note] if one.note and _is_english(locale) else []
    return f"{text} ({', '.join(about)})" if about else text


def _chat(words: WordsFile, chat: str | None, english: bool) -> str | None:
    """An address or a name stands in any language; words that are neither do not."""
    if chat is None or english or not any(word.isalpha() and word.islower() for word in chat.split()):
        return chat
    return words.online


def _hours(content: Content, locale: str, entry: Entry, now: datetime | None) -> str | None:
    words = content.words(locale)
    written = entry.hours if _is_english(locale) else None
    if entry.open is None:
        return written
    if entry.open == "always":
        return written or words.always
    written = written or hours.told(entry.open, locale)
    if now is None:
        return written
    zone = content.directory[content.country_of(entry.id)].zone
    if not hours.is_open(entry.open, zone or "UTC", now):
        return f"{written} ({words.closed_now})"
    return f"{written} ({words.open_unless_holiday if entry.closed_on_holidays else words.open_now})"


def _cost(words: WordsFile, entry: Entry, english: bool) -> str | None:
    cost = entry.cost if english else words.free if entry.free else None
    bill = None if entry.on_bill is None else words.on_bill if entry.on_bill else words.off_bill
    return ", ".join(filter(None, (cost, bill))) or None


def _privacy(words: WordsFile, entry: Entry, english: bool) -> str | None:
    if entry.anonymous is None or (english and entry.privacy):
        return entry.privacy if english else None
    return words.no_name if entry.anonymous else words.name_needed


def _is_english(locale: str) -> bool:
    return locale.partition("-")[0] == FALLBACK
