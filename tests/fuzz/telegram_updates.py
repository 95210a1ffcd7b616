"""Does any update bring the Telegram adapter down, or give it words that are not a member's own?"""

import time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs
from telegram import User

from adapters.telegram import inbound
from adapters.telegram.adapter import Telegram
from adapters.telegram.config import Section
from adapters.telegram.inbound import Event, Membership
from adapters.telegram.polling import Poller
from adapters.telegram.unfinished import Unfinished
from bot.model import Command, Message, Press
from tests.beds.telegram.updates import DEFAULT_KINDS
from tests.fuzz.runner import Target, fuzzed
from tests.fuzz.trees import alike, changed, rubbish

_ME = User(1000, "Quietline", is_bot=True, username="quiet_bot")
_FETCHED = {"message", "edited_message", "callback_query", "my_chat_member"}
_KINDS = sorted(DEFAULT_KINDS)
_AT = 1_795_694_400
_KIM = {"id": 7, "is_bot": False, "first_name": "Kim", "language_code": "de"}
_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
_CHANNEL = {"id": -100900, "type": "channel", "title": "News"}
_GROUP = {"id": -100200, "type": "supergroup", "title": "Guild", "is_forum": True}
_CHATS = [_GROUP, {"id": -200, "type": "group", "title": "Small"}, _CHANNEL]
_CHATS += [{"id": 7, "type": "private", "first_name": "Kim"}, {**_GROUP, "is_direct_messages": True}]
_TEXTS = [
    "he has my pictures",
    "/help sextortion",
    "/help@quiet_bot",
    "@quiet_bot pay or",
    "🧩 `x` @quiet_bot 🧩",
]
_CUT = {"code", "pre", "blockquote", "expandable_blockquote"}
_TYPES = [*sorted(_CUT), "mention", "text_mention", "bot_command", "url", "spoiler", "something_new"]
_PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
_OLD = {"message_id": 4, "date": 0, "chat": _GROUP}
_INSIDE = {"message_id": 3, "date": _AT, "chat": _GROUP, "from": _KIM, "text": "pay me or I post it"}
_MORE: dict[str, Any] = {
    "forward_origin": {"type": "hidden_user", "date": _AT, "sender_user_name": "Someone"},
    "sender_chat": _CHANNEL,
    "via_bot": _BOT,
    "is_automatic_forward": True,
    "reply_to_message": {**_INSIDE, "reply_to_message": {**_INSIDE, "reply_to_message": _OLD}},
    "quote": {"text": "pay me", "position": 0, "is_manual": True},
    "external_reply": {"origin": {"type": "user", "date": _AT, "sender_user": _KIM}, "chat": _CHANNEL},
    "ephemeral_message_id": 12,
    "media_group_id": "77",
    "message_thread_id": 9,
    "is_topic_message": True,
    "photo": _PHOTO,
    "caption": "he wants money",
    "new_chat_members": [_KIM],
    "pinned_message": _OLD,
    "edit_date": _AT + 5,
    "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]},
    "link_preview_options": {"is_disabled": True},
    "something_new": {"id": [1]},
}
_MEMBER = {"status": "member", "user": _BOT}
_RIGHTS = ["be_edited", "manage_chat", "delete_messages", "manage_video_chats", "restrict_members"]
_RIGHTS += [
    "promote_members",
    "change_info",
    "invite_users",
    "post_stories",
    "edit_stories",
    "delete_stories",
]
_ADMINISTRATOR = {**_MEMBER, "status": "administrator", "is_anonymous": False}
_ADMINISTRATOR |= {f"can_{right}": True for right in _RIGHTS}
# Whose type decides who wrote it where.
_SURE = ("update_id", "is_bot", "type")
# Of a moment long before or after all messages.
_OUT_OF_RANGE = {"OverflowError", "ValueError", "OSError"}


@st.composite
def _messages(draw: st.DrawFn) -> dict[str, Any]:
    text = draw(st.sampled_from(_TEXTS))
    raw: dict[str, Any] = {"message_id": 5, "date": _AT, "chat": draw(st.sampled_from(_CHATS)), "text": text}
    raw["from"] = draw(st.sampled_from([_KIM, _KIM, _KIM, _BOT, {**_KIM, "id": 777000}]))
    raw["entities"] = [
        {"type": draw(st.sampled_from(_TYPES)), "offset": start, "length": length, "user": _ME.to_dict()}
        for start, length in draw(st.lists(st.tuples(_NUMBERS, _NUMBERS), max_size=4))
    ]
    if text.startswith("/") and draw(st.booleans()):
        raw["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    for name in draw(st.lists(st.sampled_from(sorted(_MORE)), max_size=3)):
        raw[name] = _MORE[name]
    return raw


_NUMBERS = st.one_of(st.integers(0, 20), st.sampled_from([-1, -7, 4096, 2**31, 2**70, -(2**70)]))


@st.composite
def _updates(draw: st.DrawFn) -> dict[str, Any]:
    message = draw(_messages())
    kind = draw(st.sampled_from(["message", "message", "edited_message", "callback_query", *_KINDS]))
    if kind == "callback_query":
        message = {
            "id": "1",
            "from": message["from"],
            "message": message,
            "data": "q1:stop",
            "chat_instance": "c",
        }
    if kind == "my_chat_member":
        members = {"old_chat_member": _MEMBER, "new_chat_member": _ADMINISTRATOR}
        message = {"chat": message["chat"], "from": message["from"], "date": _AT, **members}
    return {"update_id": 1, kind: message}


def updates() -> Target:
    """Try updates through all that stands between the server and the core."""
    adapter = Telegram(Section.model_validate({"token": "1:x"}))
    adapter._bot._bot_user = _ME

    def taken(raw: Any) -> Event | Membership | None:
        update = Poller(adapter._bot, adapter._backoff(), Unfinished(time.monotonic))._parse(raw)
        return None if update is None else adapter._understood(update)

    @given(st.data())
    def one(data: st.DataObject) -> None:
        good = data.draw(_updates())
        sound = data.draw(st.booleans())
        raw = data.draw(
            alike(good, _SURE) if sound else changed(good, rubbish, [*_MORE, *_KINDS, "from", ""])
        )
        raw["update_id"] = 1
        with capture_logs() as lines:
            event = taken(raw)
        if isinstance(event, Membership):
            assert isinstance(raw["my_chat_member"], dict)
            event = None
        assert event is None or _is_a_members(event, raw)
        assert all(set(line) == {"event", "log_level", "error"} for line in lines)
        if sound and good.keys() & _FETCHED:
            assert {line["error"] for line in lines} <= _OUT_OF_RANGE, (lines, raw)
            _holds_what_it_says(event)

    return fuzzed(one)


def _is_a_members(event: Event, raw: dict[str, Any]) -> bool:
    if isinstance(event, Press):
        query = raw["callback_query"]
        return not query["from"]["is_bot"] and query["message"]["chat"]["type"] != "channel"
    message = raw.get("message") or raw["edited_message"]
    private = message["chat"]["type"] == "private"
    assert private == event.origin.place.private
    foreign = (message["from"]["is_bot"], message.get("sender_chat"), message.get("via_bot"))
    assert not any(foreign)
    assert message["from"]["id"] != 777000
    assert private or not message.get("forward_origin")
    assert message["chat"]["type"] in ("private", "group", "supergroup")
    if isinstance(event, Message):
        assert event.text.split() == _own(message).split()
    return True


def _own(message: dict[str, Any]) -> str:
    """The writer's words: all units of the text but those in an entity that is not theirs."""
    text = message.get("text") or message.get("caption") or ""
    units = [text.encode("utf-16-le", "surrogatepass")[at : at + 2] for at in range(0, 2 * _length(text), 2)]
    entities = message.get("entities") or message.get("caption_entities") or []
    theirs = [False] * len(units)
    for entity in entities:
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] in _CUT or _is_our_name(entity, units):
            theirs = [cut or start <= at < end for at, cut in enumerate(theirs)]
    pieces = [b" \0" if cut else unit for unit, cut in zip(units, theirs, strict=True)]
    return b"".join(pieces).decode("utf-16-le", "replace")


def _is_our_name(entity: dict[str, Any], units: list[bytes]) -> bool:
    if entity["type"] == "text_mention":
        return bool(entity["user"]["id"] == _ME.id)
    start, end = entity["offset"], entity["offset"] + entity["length"]
    name = b"".join(units[max(start, 0) : max(end, 0)]).decode("utf-16-le", "replace")
    return entity["type"] == "mention" and name.lower() == "@quiet_bot"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _holds_what_it_says(event: Event | None) -> None:
    if event is None:
        return
    person, place = event.origin.person, event.origin.place
    texts = [person.id, place.id, person.locale or "", place.community or ""]
    match event:
        case Command():
            texts += [event.name, event.argument]
            assert event.name in inbound.COMMANDS
        case Press():
            texts.append(event.button)
        case Message():
            texts += [event.key, event.text, event.posted]
    assert all(isinstance(text, str) for text in texts)
