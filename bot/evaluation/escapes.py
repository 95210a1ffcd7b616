"""Which escapes do exporters write that a strict JSON reader refuses?"""

import re
from collections.abc import Iterable, Iterator

# Telegram Desktop writes control characters as \x0B (github.com/telegramdesktop/tdesktop/issues/27571),
# and half a surrogate pair is JSON, but no character.
_HIGH, _LOW = rb"u[Dd][89ABab][0-9A-Fa-f]{2}", rb"u[Dd][C-Fc-f][0-9A-Fa-f]{2}"
_ESCAPE = re.compile(
    rb"\\(?:"
    rb"(?P<cut>(?:x[0-9A-Fa-f]?|u[0-9A-Fa-f]{0,3}|" + _HIGH + rb"(?:\\(?:u[0-9A-Fa-f]{0,3})?)?)?\Z)"
    rb"|(?P<pair>" + _HIGH + rb"\\" + _LOW + rb")"
    rb"|(?P<half>" + _HIGH + rb"|" + _LOW + rb")"
    rb"|x(?P<control>[0-9A-Fa-f]{2})"
    rb"|.)",
    re.DOTALL,
)


def mended(chunks: Iterable[bytes]) -> Iterator[bytes]:
    r"""Yield the same JSON with `\xHH` as `\u00HH` and half a surrogate pair as U+FFFD."""
    held = b""

    def mend(escape: re.Match[bytes]) -> bytes:
        nonlocal held
        if escape["cut"] is not None:
            held = escape[0]
            return b""
        if escape["control"]:
            return rb"\u00" + escape["control"]
        return rb"\ufffd" if escape["half"] else escape[0]

    for chunk in chunks:
        data, held = held + chunk, b""
        # An empty chunk would tell a parser that the file has ended.
        if data := _ESCAPE.sub(mend, data) if b"\\" in data else data:
            yield data
    if held:
        yield held
