"""Which buttons does Telegram accept under a message?"""

from urllib.parse import urlsplit

from tests.beds.telegram.params import Params
from tests.beds.telegram.refusals import bad_request
from tests.beds.telegram.values import Button

Rows = tuple[tuple[Button, ...], ...]

_MOST_BUTTONS = 100
_STYLES = ("", "default", "primary", "success", "danger")


def read_keyboard(params: Params) -> Rows:
    """Return the inline keyboard of a request, row by row; raises Refusal for one that would not do.

    Reply keyboards, which live outside the message, give no rows.
    """
    rows = params.record("reply_markup").get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = tuple(tuple(_button(button) for button in row) for row in rows if row)
    if sum(map(len, keyboard)) > _MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard


def _button(raw: object) -> Button:
    if not isinstance(raw, dict):
        raise bad_request("InlineKeyboardButton must be an Object")
    label = str(raw.get("text", "")).strip()
    if not label:
        raise bad_request("inline keyboard button text must be non-empty")
    if str(raw.get("style") or "") not in _STYLES:
        raise bad_request("invalid button style specified")
    if raw.get("url"):
        return Button(label, url=_checked_url(str(raw["url"])))
    if raw.get("callback_data"):
        data = str(raw["callback_data"])
        if len(data.encode()) > 64:
            raise bad_request("BUTTON_DATA_INVALID")
        return Button(label, data=data)
    copies = raw.get("copy_text")
    if isinstance(copies, dict):
        text = str(copies.get("text", ""))
        if not 1 <= len(text) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return Button(label, copies=text)
    raise bad_request("text buttons are unallowed in the inline keyboard")


def _checked_url(url: str) -> str:
    parts = urlsplit(url if "://" in url or url.startswith(("tel:", "mailto:")) else f"http://{url}")
    if parts.scheme not in ("http", "https", "tg", "ton"):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme in ("http", "https") and "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url
