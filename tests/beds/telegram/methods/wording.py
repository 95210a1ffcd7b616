"""Which words and buttons does a request carry?"""

from dataclasses import dataclass

from tests.beds.telegram.discovery import discover
from tests.beds.telegram.keyboards import Rows, read_keyboard
from tests.beds.telegram.markup import accept
from tests.beds.telegram.params import Params
from tests.beds.telegram.refusals import bad_request
from tests.beds.telegram.values import Entity, Json, Text


@dataclass(frozen=True, slots=True)
class Wording:
    """What a message says, as sends and edits share it."""

    body: Text
    rows: Rows
    markup: Json
    link_preview: bool


def read_wording(params: Params) -> Wording:
    """Read text, markup, buttons and preview choice; raises Refusal for what Telegram would not take."""
    body = discover(accept(params.text("text"), params.text("parse_mode"), _entities(params)))
    hidden = params.record("link_preview_options").get("is_disabled") or params.flag(
        "disable_web_page_preview"
    )
    return Wording(body, read_keyboard(params), params.record("reply_markup"), link_preview=not hidden)


def _entities(params: Params) -> tuple[Entity, ...]:
    raw = params.decoded("entities") or []
    if not isinstance(raw, list):
        raise bad_request("can't parse entities JSON object")
    return tuple(_entity(item) for item in raw)


def _entity(raw: object) -> Entity:
    if not isinstance(raw, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    fields = Params(raw)
    offset, length = fields.integer("offset"), fields.integer("length")
    if offset is None or length is None or not fields.text("type"):
        raise bad_request("can't parse MessageEntity: missing field")
    return Entity(
        fields.text("type"), offset, length, fields.text("url") or None, fields.text("language") or None
    )
