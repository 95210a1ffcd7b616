"""What did an update say?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Update, User

from adapters.telegram import inbound
from adapters.telegram.handles import (
    EphemeralCommand,
    EphemeralPress,
    NotePress,
    PrivatePress,
    PublicCommand,
    Words,
)
from bot.model import Command, Message, Press

ME = User(1000, "Quietline", is_bot=True, username="quiet_bot")
GROUP = {"id": -100200, "type": "supergroup", "title": "Guild"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Kim"}
KIM = {"id": 7, "is_bot": False, "first_name": "Kim", "language_code": "de"}
AT = int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp())


def message(text: str | None = "hello", chat: dict[str, Any] = GROUP, **fields: Any) -> dict[str, Any]:
    raw: dict[str, Any] = {"message_id": 5, "date": AT, "chat": chat, "from": KIM, **fields}
    if text is not None:
        raw["text"] = text
    if text is not None and text.startswith("/"):
        length = len(text.split()[0])
        raw.setdefault("entities", [{"type": "bot_command", "offset": 0, "length": length}])
    return raw


def read(kind: str, raw: dict[str, Any]) -> inbound.Event | None:
    return inbound.read(Update.de_json({"update_id": 1, kind: raw}, None), ME)


def said(raw: dict[str, Any]) -> Message:
    event = read("message", raw)
    assert isinstance(event, Message)
    return event


def commanded(raw: dict[str, Any]) -> Command:
    event = read("message", raw)
    assert isinstance(event, Command)
    return event


def pressed(**fields: Any) -> Press:
    raw = {"id": "q1", "from": KIM, "chat_instance": "c", "data": "sextortion/paid", **fields}
    event = read("callback_query", raw)
    assert isinstance(event, Press)
    return event


def test_text_in_a_group_is_overheard() -> None:
    heard = said(message("I am scared"))
    assert (heard.text, heard.addressed, heard.key) == ("I am scared", False, "-100200:5")
    assert heard.sent_at == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert (heard.origin.person.id, heard.origin.person.locale) == ("7", "de")
    assert not heard.origin.place.private
    assert heard.origin.place.community == "-100200"


def test_text_in_the_private_chat_is_said_to_us() -> None:
    heard = said(message("help", PRIVATE))
    assert heard.addressed
    assert heard.origin.place.private
    assert heard.origin.place.community is None


def test_an_edit_has_the_key_of_its_message_and_a_time_of_its_own() -> None:
    first = said(message("hello"))
    edited = read("edited_message", message("he has my pictures", edit_date=AT + 60))
    assert isinstance(edited, Message)
    assert (edited.key, edited.text) == (first.key, "he has my pictures")
    assert edited.sent_at == first.sent_at + timedelta(seconds=60)


@pytest.mark.parametrize("chat", [GROUP, PRIVATE])
def test_a_command_edited_into_a_message_is_not_obeyed(chat: dict[str, Any]) -> None:
    assert read("edited_message", message("/help", chat)) is None


def test_a_caption_is_text() -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    assert said(message(None, photo=photo, caption="he wants money")).text == "he wants money"


def test_a_picture_without_words_is_heard_in_private_only() -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    heard = said(message(None, PRIVATE, photo=photo))
    assert (heard.text, heard.addressed) == ("", True)
    assert read("message", message(None, photo=photo)) is None


@pytest.mark.parametrize("chat", [GROUP, PRIVATE])
@pytest.mark.parametrize(
    "service",
    [
        {"new_chat_members": [KIM]},
        {"left_chat_member": KIM},
        {"group_chat_created": True},
        {"migrate_to_chat_id": -100300},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 5}},
    ],
)
def test_service_messages_are_nobodys_words(chat: dict[str, Any], service: dict[str, Any]) -> None:
    assert read("message", message(None, chat, **service)) is None


FORWARD = {"type": "hidden_user", "date": AT, "sender_user_name": "Someone"}


@pytest.mark.parametrize("text", ["he has my pictures", "/help"])
@pytest.mark.parametrize(
    "fields",
    [
        {"from": {**KIM, "is_bot": True}},
        {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP},
        {"sender_chat": {"id": -100900, "type": "channel", "title": "News"}},
        {"from": {"id": 777000, "is_bot": False, "first_name": "Telegram"}, "is_automatic_forward": True},
        {"forward_origin": FORWARD},
        {"via_bot": {"id": 3, "is_bot": True, "first_name": "gif"}},
        {"chat": {**GROUP, "is_direct_messages": True}},
        {"chat": {**GROUP, "type": "channel"}},
    ],
)
def test_what_no_member_wrote_themselves_is_dropped(text: str, fields: dict[str, Any]) -> None:
    assert read("message", message(text, **{"chat": GROUP, **fields})) is None


def test_whoever_forwards_a_threat_to_the_private_chat_is_heard() -> None:
    assert said(message("pay or else", PRIVATE, forward_origin=FORWARD)).addressed


@pytest.mark.parametrize(
    "kind",
    ["channel_post", "edited_channel_post", "business_message", "edited_business_message", "guest_message"],
)
def test_other_kinds_of_message_are_dropped(kind: str) -> None:
    assert read(kind, message("he has my pictures")) is None


@pytest.mark.parametrize("kind", ["code", "pre", "blockquote", "expandable_blockquote"])
def test_code_and_quotes_are_cut_by_telegrams_own_offsets(kind: str) -> None:
    text = "😀 mine «theirs» mine"  # the smiley is two units in Telegram's counting
    entities = [{"type": kind, "offset": 8, "length": 8}]
    assert said(message(text, entities=entities)).text.split() == ["😀", "mine", "mine"]


def test_nested_and_overlapping_quotes_are_cut_once() -> None:
    entities = [
        {"type": "blockquote", "offset": 0, "length": 6},
        {"type": "code", "offset": 2, "length": 2},
        {"type": "bold", "offset": 7, "length": 4},
    ]
    assert said(message("theirs mine", entities=entities)).text == "mine"


def test_a_message_of_nothing_but_quotes_says_nothing_in_a_group() -> None:
    assert read("message", message("theirs", entities=[{"type": "pre", "offset": 0, "length": 6}])) is None


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "mention", "offset": 3, "length": 10},
        {"type": "text_mention", "offset": 3, "length": 10, "user": ME.to_dict()},
    ],
)
def test_our_name_addresses_us_and_is_not_part_of_the_words(entity: dict[str, Any]) -> None:
    heard = said(message("hi @Quiet_Bot help me", entities=[entity]))
    assert heard.addressed
    assert heard.text.split() == ["hi", "help", "me"]


def test_somebody_elses_name_does_not_address_us() -> None:
    heard = said(message("hi @somebody1", entities=[{"type": "mention", "offset": 3, "length": 10}]))
    assert (heard.addressed, heard.text) == (False, "hi @somebody1")


@pytest.mark.parametrize("text", ["/help sextortion", "/HELP  sextortion", "/help@quiet_bot sextortion"])
@pytest.mark.parametrize("chat", [GROUP, PRIVATE])
def test_a_command_is_known_however_it_is_spelled(text: str, chat: dict[str, Any]) -> None:
    command = commanded(message(text, chat))
    assert (command.name, command.argument) == ("help", "sextortion")


def test_a_deep_links_payload_is_the_argument() -> None:
    command = commanded(message("/start sextortion_sent-more", PRIVATE))
    assert (command.name, command.argument) == ("start", "sextortion_sent-more")


@pytest.mark.parametrize("text", ["/help@other_bot", "hey /help", "/ban", "/start", "/stop", "/forget"])
def test_what_is_not_our_command_in_a_group_is_overheard(text: str) -> None:
    if text.startswith("hey"):
        raw = message(text, entities=[{"type": "bot_command", "offset": 4, "length": 5}])
    else:
        raw = message(text)
    heard = said(raw)
    assert (heard.text, heard.addressed) == (text, False)


@pytest.mark.parametrize("name", ["start", "stop", "forget"])
def test_what_other_bots_may_know_as_well_is_obeyed_in_a_group_by_name_or_in_secret(name: str) -> None:
    assert commanded(message(f"/{name}@quiet_bot")).name == name
    assert commanded(message(f"/{name}", message_id=0, ephemeral_message_id=9)).name == name


def test_the_handle_says_who_can_see_a_command() -> None:
    assert commanded(message("/help")).origin.handle == PublicCommand(5)
    secret = message("/help", message_id=0, ephemeral_message_id=9)
    assert commanded(secret).origin.handle == EphemeralCommand(9)
    assert commanded(message("/help", PRIVATE)).origin.handle == Words()


def test_other_words_said_in_secret_in_a_group_are_said_to_us() -> None:
    heard = said(message("help me", message_id=0, ephemeral_message_id=9))
    assert heard.addressed
    assert heard.origin.handle == EphemeralCommand(9)
    later = said(message("help me", message_id=0, ephemeral_message_id=9, date=AT + 90))
    assert later.key != heard.key


def test_a_topic_is_kept_and_a_chain_of_replies_is_not() -> None:
    topic = said(message("hello", message_thread_id=44, is_topic_message=True))
    replies = said(message("hello", message_thread_id=44))
    assert (topic.origin.place.id, replies.origin.place.id) == ("-100200:44", "-100200")
    assert topic.origin.place.community == "-100200"


def test_a_press_says_where_its_button_was() -> None:
    ours: dict[str, Any] = {"id": 1000, "is_bot": True, "first_name": "Quietline"}
    private = pressed(message=message("text", PRIVATE, **{"from": ours}))
    note = pressed(message=message("text", **{"from": ours}))
    secret = pressed(message=message("text", message_id=0, ephemeral_message_id=9, **{"from": ours}))
    assert private.button == "sextortion/paid"
    assert private.origin.person.id == "7"
    assert isinstance(private.origin.handle, PrivatePress)
    assert isinstance(note.origin.handle, NotePress)
    assert isinstance(secret.origin.handle, EphemeralPress)


def test_a_press_on_a_message_too_old_to_be_shown_still_counts() -> None:
    press = pressed(message={"message_id": 5, "date": 0, "chat": PRIVATE})
    assert isinstance(press.origin.handle, PrivatePress)


@pytest.mark.parametrize(
    "fields",
    [
        {"inline_message_id": "x"},
        {"message": message("text", {**GROUP, "type": "channel"})},
        {"message": message("text"), "data": None, "game_short_name": "g"},
        {"message": message("text"), "from": {**KIM, "is_bot": True}},
    ],
)
def test_presses_that_are_not_a_members_are_dropped(fields: dict[str, Any]) -> None:
    raw = {"id": "q1", "from": KIM, "chat_instance": "c", "data": "x", **fields}
    assert read("callback_query", raw) is None


def test_nothing_personal_shows_in_a_repr() -> None:
    for event in (said(message("secret words")), commanded(message("/help secret words"))):
        assert "secret" not in repr(event)
        assert "-100200" not in repr(event)


PHOTO = [{"file_id": "secret-f", "file_unique_id": "secret-u", "width": 1, "height": 1}]


@pytest.mark.parametrize(
    ("fields", "picture"),
    [
        ({"photo": PHOTO}, True),
        ({"photo": PHOTO, "caption": "look"}, True),
        ({"document": {"file_id": "secret-f", "file_unique_id": "secret-u"}}, True),
        ({"contact": {"phone_number": "1", "first_name": "Lee"}}, False),
    ],
)
def test_of_a_picture_or_file_is_told_only_that_it_came(fields: dict[str, Any], picture: bool) -> None:
    heard = said(message(None, PRIVATE, **fields))
    assert heard.picture is picture
    assert "secret" not in repr(heard)


def test_the_pictures_of_one_album_are_one_message() -> None:
    parts = (message(None, PRIVATE, photo=PHOTO, media_group_id="12", message_id=number) for number in (5, 6))
    album = [said(part) for part in parts]
    assert len({heard.key for heard in album}) == 1


def test_an_entity_of_no_or_negative_length_changes_no_word() -> None:
    entities = [{"type": "code", "offset": at, "length": length} for at, length in ((4, 0), (90, -90))]
    assert said(message("blackmail", entities=entities)).text == "blackmail"
