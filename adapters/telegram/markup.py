"""How does a text stay inert in Telegram's HTML, all but its **bold**?"""

import re
from functools import partial
from html import escape as html_escape
from html import unescape
from textwrap import TextWrapper

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_WORDS = partial(TextWrapper, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False)


def inert(text: str) -> str:
    """Return the text as HTML that shows as written, with **bold** as bold."""
    return _BOLD.sub(r"<b>\1</b>", escape(text))


def escape(text: str) -> str:
    """Return the text as HTML that shows exactly as written."""
    return html_escape(text, quote=False)


def plain(text: str) -> str:
    """Return the text as HTML without any tag; the stars of its **bold** are gone."""
    return untagged(inert(text))


def untagged(html: str) -> str:
    """Return our HTML without its tags."""
    return _TAG.sub("", html)


def link(url: str) -> str:
    """Return a link that shows its address, so that Telegram opens it without asking "open this?"."""
    return f'<a href="{html_escape(url)}">{escape(url)}</a>'


def visible_length(html: str) -> int:
    """Return how long Telegram counts our HTML: what is seen, in UTF-16 units."""
    return len(unescape(untagged(html)).encode("utf-16-le", "surrogatepass")) // 2


def cut(html: str, limit: int) -> list[str]:
    """Return our HTML in pieces of at most `limit` visible UTF-16 units; to be cut, it loses its tags.

    Between words, if none is longer than that.
    """
    if visible_length(html) <= limit:
        return [html]
    length = limit // 2  # a character has one unit or two
    return [escape(piece) for piece in _WORDS(length).wrap(unescape(untagged(html)))]
