"""What may be shown of a value, an exception or a text?  Nothing that people wrote or that points to them.

This is an allow-list. A text is shown if it looks like a name from our own files or stands, word for word,
in the source file that logs it; a number if it is small; an exception as its class and the places in the
code it came through. Our own errors are one line made for the operator and are shown in full.
"""

import ast
import json
import linecache
import re
import traceback
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from pathlib import Path, PurePath
from urllib.parse import quote

from bot.errors import QuietlineError

WITHHELD = "(withheld)"
REMOVED = "(removed)"

# Topics, rules, outcomes, file names, addresses. No white space, so that no sentence fits.
_NAME = re.compile(r"[A-Za-z0-9_./:+-]{1,64}")
_MANY = 10_000  # ids of people have five digits and more
_FRAMES, _CAUSES = 8, 4

# The shapes of the platforms' tokens.
_TELEGRAM = r"\d{5,}(?::|%3[Aa])[\w-]{30,}"
_DISCORD = r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}"
_DIGITS = r"\d{5,}"


def shown(value: object, source: str = "") -> str | int | float | None:
    """Return what may be shown of a field's value, logged by the source file `source`."""
    match value:
        case None | bool():
            return value
        case int():
            return value if abs(value) < _MANY else f">{_MANY - 1}"
        case float():
            return round(value, 3) if abs(value) < _MANY else f">{_MANY - 1}"
        case timedelta():
            return shown(value.total_seconds())
        case QuietlineError() | PurePath():
            return " ".join(str(value).split())
        case BaseException():
            return type(value).__name__
        case str():
            return text(value, source)
        case list() | tuple() | set() | frozenset():
            return ", ".join(str(shown(item, source)) for item in value)
        case _:
            return WITHHELD


def text(value: str, source: str) -> str:
    """Return a text that is a name, or a literal in the source file `source`; else say it was withheld."""
    return str(value) if _NAME.fullmatch(value) or value in _literals(source) else WITHHELD


def template(message: object, source: str) -> str:
    """Return a library's log message if it is a literal in the source file `source`, else say so."""
    return message if isinstance(message, str) and message in _literals(source) else WITHHELD


@lru_cache(maxsize=256)
def _literals(path: str) -> frozenset[str]:
    try:
        tree = ast.parse("".join(linecache.getlines(path)))
    except (SyntaxError, ValueError):
        return frozenset()
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(value for value in constants if isinstance(value, str))


def location(path: str, line: int) -> str:
    """Return a place in the code, without the folders above it, which may name the operator."""
    parts = Path(path).parts
    if "site-packages" in parts:
        return f"{'/'.join(parts[parts.index('site-packages') + 1 :])}:{line}"
    return f"{'/'.join(parts[-3:])}:{line}"


def raised(error: BaseException) -> str:
    """Return an exception and its causes as class names and places in the code."""
    return "; from ".join(_one(link) for link in _causes(error)[:_CAUSES])


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        link = waiting.pop(0)
        if link is None or any(link is known for known in found):
            continue
        found.append(link)
        waiting += list(link.exceptions) if isinstance(link, BaseExceptionGroup) else []
        waiting.append(link.__cause__ or (None if link.__suppress_context__ else link.__context__))
    return found


def _one(error: BaseException) -> str:
    what = type(error).__name__
    if isinstance(error, QuietlineError):
        what = f"{what} ({shown(error)})"
    frames = [
        f"{location(frame.f_code.co_filename, line)} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return f"{what} at {' > '.join(frames[-_FRAMES:])}" if frames else what


class Redactor:
    """The last filter: takes known secrets, anything shaped like a token, and long numbers out of a text."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret)}
        known = [re.escape(form) for form in sorted(forms, key=len, reverse=True)]
        self._pattern = re.compile("|".join([*known, _TELEGRAM, _DISCORD, _DIGITS]))

    def __call__(self, text: str) -> str:
        """Return `text` with each of them replaced."""
        return self._pattern.sub(REMOVED, text)


def _forms(secret: str) -> Sequence[str]:
    # As it is, as part of a URL, as JSON text, and the half of a Telegram token that is the secret one.
    after = secret.rpartition(":")[2] if ":" in secret else secret
    return (secret, quote(secret, safe=""), json.dumps(secret, ensure_ascii=False)[1:-1], after or secret)
