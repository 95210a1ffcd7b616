"""How does a text stay inert on Discord, all but its **bold**?"""

import re

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
# Emphasis, spoilers, code, quotes, masked links, mentions, timestamps, emoji, guild navigation.
_ANYWHERE = re.compile(r"[\\*_~|`\[\]<>]|@(?=everyone|here)")
# Headings, subtext and lists; an empty match, in front of the character that starts them.
_LINE_START = re.compile(r"^([^\S\n]*(?:\d+(?=[.)]\s))?)(?=[-+#.)][\s#])", re.MULTILINE)
_URL_BREAKERS = {" ": "%20", "<": "%3C", ">": "%3E"}


def inert(text: str) -> str:
    """The text as Discord markdown that shows it as it is, with **bold** kept bold."""
    parts = _BOLD.split(text)
    shown = "".join(f"**{escape(part)}**" if odd % 2 else escape(part) for odd, part in enumerate(parts))
    return shown.replace("****", "")  # two bold parts that touch are one, or Discord shows the stars


def escape(text: str) -> str:
    """The text as Discord markdown that shows exactly it, `**` included."""
    return _LINE_START.sub(r"\1\\", _ANYWHERE.sub(r"\\\g<0>", text))


def code(text: str) -> str:
    """A code block: nothing in it is markup, and Discord offers to copy it."""
    words = re.sub("`(?=`)", "`\u200b", _BOLD.sub(r"\1", text))
    return f"```\n{words}\n```"


def link(url: str) -> str:
    """The address, clickable and readable, without a preview of the page."""
    return "<" + "".join(_URL_BREAKERS.get(letter, letter) for letter in url) + ">"
