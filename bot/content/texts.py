"""What may stand in a text that people read?

Addresses and phone numbers come from the directory alone, so that there is one place to correct; the only
markup is **bold**, because adapters make everything else inert.
"""

import re
import string
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from bot.content import limits

SERVICE_ID = r"^[a-z0-9-]+$"
SCREEN_ID = r"^[a-z0-9-]+(/[a-z0-9-]+)*$"

PLACEHOLDERS = ("country", "key", "name", "numbers", "phone", "word")

_ADDRESS = re.compile(
    r"https?:|www\.|\w@\w|\b[\w-]+\.(?:app|at|ca|co|com|de|edu|eu|fr|gg|gov|ie|info|io|it|me|net|nl|org|tv|uk|us)\b",
    re.IGNORECASE,
)
# Years pass; every other run of three digits may be a number somebody dials.
_PHONE = re.compile(r"(?<!\w)(?!(?:19|20)\d\d(?!\d))\d{3,}|\+\d|\b\d\d[ .-]\d\d[ .-]\d")
_BOLD = re.compile(r"\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*")
_MARKUP = re.compile(r"[*_`<>{}\\]|~~|\|\||\]\(|^\s*(?:#|-\s|\d+[.)]\s)", re.MULTILINE)


def spans(text: str) -> int:
    """Return how many bold stretches the text holds."""
    return len(_BOLD.findall(text))


def _reject(pattern: re.Pattern[str], text: str, what: str, mend: str) -> None:
    if found := pattern.search(text):
        raise ValueError(f'holds {what} ("{found.group().strip()}"); {mend}')


def _plain(text: str) -> str:
    _reject(_ADDRESS, text, "a web or mail address", "show it with `services` or a `service` action")
    _reject(_MARKUP, text, "markup", "`**bold**` is the only markup, and only in `body`")
    _reject(_PHONE, text, "what looks like a phone number", "show it with `services` or `crisis`")
    return text


def _prose(text: str) -> str:
    _plain(_BOLD.sub("bold", text))
    # What stands between the asterisks counts as well.
    _plain(text.replace("**", ""))
    if re.search(r"\n\s*\n", text):
        raise ValueError("holds a blank line; write two blocks instead")
    return text


def _pattern(text: str) -> str:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        raise ValueError("holds a brace that is not closed; write {name} and the like") from None
    for _, name, spec, conversion in parts:
        if name is not None and (name not in PLACEHOLDERS or spec or conversion):
            known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
            raise ValueError(f"holds the unknown placeholder {{{name}}}; known are {known}")
    _prose("".join(literal + ("x" if name is not None else "") for literal, name, *_ in parts))
    return text


_Trimmed = StringConstraints(strip_whitespace=True, min_length=1)

Text = Annotated[str, _Trimmed, AfterValidator(_prose)]
Pattern = Annotated[str, _Trimmed, AfterValidator(_pattern)]
Plain = Annotated[str, _Trimmed, AfterValidator(_plain)]
Preview = Annotated[Plain, Field(max_length=limits.PREVIEW, description="First line; safe on a lock screen.")]
Label = Annotated[Plain, Field(max_length=limits.LABEL)]
Description = Annotated[Plain, Field(max_length=limits.DESCRIPTION)]
# Facts of the directory are carried over as their source gives them.
Fact = Annotated[str, _Trimmed]
Web = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=limits.LINK)]
SecureWeb = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=limits.LINK)]
ServiceId = Annotated[str, StringConstraints(pattern=SERVICE_ID)]
ScreenId = Annotated[str, StringConstraints(pattern=SCREEN_ID, max_length=limits.SCREEN_ID)]
