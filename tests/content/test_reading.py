"""Is every page as easy to read in its language as English is?

English is also held to a school grade (`test_words`); that formula knows no other language. So these limits
count what every language has: words in a sentence, letters in a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.content.content import COUNTRY_PAGE
from bot.content.screen_file import Copy, Do, Say, ScreenFile
from tests.content.real import CONTENT


@dataclass(frozen=True)
class Limits:
    """Words in a page's mean sentence and in its longest, letters in its mean word."""

    sentence: float
    longest: int
    word: float


# Our English sets the scale for sentences: about 8 words on most pages. For letters, what people write to
# each other in the language, the mean in brackets (tests/detection/sentences and unseen), and 1.1 more: pages
# name apps and services, and chat is shorter than any page. English, which the others follow, has 0.6.
LIMITS = {
    "en": Limits(12, 24, 4.6),  # (3.97)
    "de": Limits(12, 24, 5.9),  # (4.76) nouns are joined into one word
    "nl": Limits(12, 24, 5.4),  # (4.33)
    "pl": Limits(11, 22, 5.8),  # (4.72) neither articles nor most pronouns: fewer words say as much
    "es": Limits(13, 27, 5.1),  # (3.96) "de" where English puts nouns side by side; so in fr, it and pt-BR
    "fr": Limits(13, 27, 5.2),  # (4.08)
    "it": Limits(13, 27, 5.3),  # (4.25)
    "pt-BR": Limits(13, 27, 5.2),  # (4.09)
    "fil": Limits(13, 27, 5.3),  # (4.24) small words ("ang", "mga", "na") join the others
    "hi": Limits(13, 27, 4.8),  # (3.67) postpositions and helping verbs are words of their own
}
STEMS = 12

# A sentence ends at these, and at the end of a block. "।" is Hindi's full stop.
_END = re.compile(r"[.?!।؟]+[\"”»“)]*(?:\s+|$)")
_WORD = re.compile(r"[^\W\d_][^\s.,;:!?()\"“”„«»…।]*")


def sentences(page: ScreenFile) -> list[list[str]]:
    """The words of every sentence that a writer wrote for a page."""
    found = (_WORD.findall(one) for text in _texts(page) for one in _END.split(text.replace("**", "")))
    return [words for words in found if words]


def _texts(page: ScreenFile) -> Iterator[str]:
    yield page.preview
    for item in page.body:
        match item:
            case Say(say=text) | Copy(quote=text):
                yield text
            case Do(steps=texts):
                yield from texts


def faults(page: ScreenFile, limits: Limits) -> list[str]:
    """What makes a page hard to read."""
    found = sentences(page)
    words = [word for sentence in found for word in sentence]
    mean, letters = len(words) / len(found), sum(map(len, words)) / len(words)
    longest = max(found, key=len)
    return [
        *([f"{mean:.1f} words in the mean sentence"] if mean > limits.sentence else []),
        *([f"{len(longest)} words: {' '.join(longest)}"] if len(longest) > limits.longest else []),
        *([f"{letters:.1f} letters in the mean word"] if letters > limits.word else []),
    ]


def own_pages() -> Iterator[tuple[str, str]]:
    for locale, language in CONTENT.languages.items():
        yield from ((locale, screen_id) for screen_id in language.screens)
        yield locale, COUNTRY_PAGE


@pytest.mark.parametrize("locale", CONTENT.locales)
def test_every_language_has_limits(locale: str) -> None:
    assert locale in LIMITS, "measure what people write in it, and give it a line in LIMITS"


@pytest.mark.parametrize(("locale", "screen_id"), list(own_pages()))
def test_every_page_is_easy_to_read(locale: str, screen_id: str) -> None:
    language = CONTENT.languages[locale]
    page = language.country_page if screen_id == COUNTRY_PAGE else language.screens[screen_id]
    assert faults(page, LIMITS[locale]) == []


@pytest.mark.parametrize("locale", CONTENT.locales)
def test_every_language_names_enough_of_what_no_lock_screen_may_show(locale: str) -> None:
    assert len(set(CONTENT.words(locale).never_on_lock_screen)) >= STEMS


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Save it and send it and keep it and " * 3 + "stop.", "28 words: Save it"),
        ("We are here for you and with you now and all the time. " * 30, "words in the mean sentence"),
        ("Notify appropriate authorities.", "letters in the mean word"),
    ],
)
def test_a_hard_page_is_found(text: str, fault: str) -> None:
    page = ScreenFile.model_validate({"preview": "Stop.", "body": [{"say": text.strip()}]})
    assert any(fault in one for one in faults(page, LIMITS["en"])), faults(page, LIMITS["en"])


def test_a_hindi_sentence_ends_at_its_own_full_stop() -> None:
    page = ScreenFile.model_validate({"preview": "तुम अकेले नहीं हो। जवाब मत दो।"})
    assert list(map(len, sentences(page))) == [4, 3]
