"""Does the local Telegram refuse what the real one refuses?  Plain HTTP, no library between."""

import json

import aiohttp
import pytest

from tests.beds.telegram import Shown, TelegramBed, User
from tests.beds.telegram.markup import parse_html
from tests.beds.telegram.refusals import Refusal

HELP: dict[str, object] = {"commands": [{"command": "help", "description": "Get help", "is_ephemeral": True}]}
TWO_DAYS = 48 * 3600


async def post(url: str, fields: dict[str, object]) -> tuple[int, dict[str, object]]:
    """Post a JSON body; return the HTTP status and the envelope."""
    async with aiohttp.ClientSession() as session, session.post(url, json=fields) as response:
        envelope = await response.json()
        assert envelope["ok"] is (response.status == 200)
        assert envelope.get("error_code", 200) == response.status
        return response.status, envelope


async def ask(bed: TelegramBed, method: str, /, **fields: object) -> tuple[int, dict[str, object]]:
    """Call a method; return the HTTP status and the envelope."""
    return await post(f"{bed.url}/bot{bed.token}/{method}", fields)


async def said(bed: TelegramBed, method: str, **fields: object) -> str:
    """Return the description of a refusal."""
    _, envelope = await ask(bed, method, **fields)
    return str(envelope["description"])


def keyboard(button: dict[str, object]) -> dict[str, object]:
    return {"inline_keyboard": [[button]]}


def button(data: str) -> dict[str, object]:
    return keyboard({"text": "Tap", "callback_data": data})


async def test_every_body_verb_case_and_prefix_reaches_the_same_method() -> None:
    async with TelegramBed(prefix="/behind/a/proxy") as bed, aiohttp.ClientSession() as session:
        ann = bed.user("Ann", started=True)
        fields = {"chat_id": str(ann.id), "text": "hello", "reply_markup": json.dumps(button("x"))}
        multipart = aiohttp.FormData(fields, default_to_multipart=True)
        base = f"{bed.url}/bot{bed.token}/"
        assert "/behind/a/proxy/bot" in base
        requests = (
            session.post(f"{base}sendMessage", data=fields),
            session.post(f"{base}SENDMESSAGE", data=multipart),
            session.get(f"{base}sendmessage", params=fields),
            session.put(
                f"{base}sendMessage", json={"chat_id": ann.id, "text": "hello", "reply_markup": button("x")}
            ),
        )
        for request in requests:
            async with request as response:
                result = (await response.json())["result"]
                assert (result["text"], result["reply_markup"]) == ("hello", button("x"))
        assert [shown.labels for shown in bed.seen_by(ann, ann)] == [("Tap",)] * 4


async def test_wrong_token_and_unknown_method() -> None:
    async with TelegramBed() as bed:
        assert (await post(f"{bed.url}/bot1:wrong/getMe", {}))[0] == 401
        status, envelope = await ask(bed, "sendHologram")
        assert (status, envelope["description"]) == (404, "Not Found: method not found")
        assert bed.faults == ["no method sendHologram"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"}, None),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag corresponding to"),
        ({"text": "é<x>", "parse_mode": "HTML"}, 'entities: Unsupported start tag "x" at byte offset 2'),
        ({"text": "a < b", "parse_mode": "HTML"}, "entities: Unclosed start tag at byte offset 2"),
        ({"text": "<b>x</i>", "parse_mode": "HTML"}, 'expected "</b>", found "</i>"'),
        ({"text": "x", "reply_markup": button("é" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": button("é" * 32)}, None),
        ({"text": "x", "reply_markup": keyboard({"text": "T"})}, "text buttons are unallowed"),
        ({"text": "x", "reply_markup": keyboard({"text": "T", "url": "tel:1"})}, "Unsupported URL"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ],
)
async def test_what_a_text_may_be(fields: dict[str, object], reason: str | None) -> None:
    async with TelegramBed() as bed:
        ann = bed.user("Ann", started=True)
        status, envelope = await ask(bed, "sendMessage", chat_id=ann.id, **fields)
        assert status == (200 if reason is None else 400)
        assert (reason or "") in str(envelope.get("description", ""))


async def test_whom_the_bot_may_write_to() -> None:
    async with TelegramBed() as bed:
        stranger, ann, other = (
            bed.user("Stranger"),
            bed.user("Ann", started=True),
            bed.user("Other", is_bot=True),
        )
        out, left = bed.group("Out", bot="kicked"), bed.group("Left", bot="left")

        async def refusal(chat_id: int) -> str:
            return await said(bed, "sendMessage", chat_id=chat_id, text="x")

        assert await refusal(stranger.id) == "Forbidden: bot can't initiate conversation with a user"
        assert await refusal(other.id) == "Forbidden: the bot can't send messages to the bot"
        assert await refusal(42) == "Bad Request: chat not found"
        assert await refusal(out.id) == "Forbidden: bot was kicked from the supergroup chat"
        assert await refusal(left.id) == "Forbidden: bot is not a member of the supergroup chat"
        await bed.block(ann)
        assert await refusal(ann.id) == "Forbidden: bot was blocked by the user"
        bed.deactivate(ann)
        assert await refusal(ann.id) == "Forbidden: user is deactivated"


async def test_a_migrated_group_names_its_successor() -> None:
    async with TelegramBed() as bed:
        ann = bed.user("Ann")
        group = bed.group("Small", (ann,), kind="group")
        successor = await bed.migrate(group)
        status, envelope = await ask(bed, "sendMessage", chat_id=group.id, text="x")
        assert (status, envelope["parameters"]) == (400, {"migrate_to_chat_id": successor.id})
        assert (await ask(bed, "sendMessage", chat_id=successor.id, text="x"))[0] == 200
        assert [shown.text for shown in bed.seen_by(ann, successor, from_bot=True)] == ["x"]


async def test_editing() -> None:
    async with TelegramBed() as bed:
        ann = bed.user("Ann", started=True)
        await ask(bed, "sendMessage", chat_id=ann.id, text="one", reply_markup=button("a"))
        target = {"chat_id": ann.id, "message_id": bed.seen_by(ann, ann)[0].message_id}
        unchanged = await said(bed, "editMessageText", **target, text="one", reply_markup=button("a"))
        assert unchanged.startswith("Bad Request: message is not modified")
        assert (await ask(bed, "editMessageText", **target, text="two"))[0] == 200
        assert (await ask(bed, "editMessageReplyMarkup", **target, reply_markup=button("b")))[0] == 200
        assert [(s.text, [b.data for b in s.buttons]) for s in bed.seen_by(ann, ann)] == [("two", ["b"])]
        assert [s.text for s in bed.ever_seen_by(ann, ann)] == ["one", "two", "two"]
        missing = await said(bed, "editMessageText", chat_id=ann.id, message_id=77, text="x")
        assert missing == "Bad Request: message to edit not found"
        theirs = await bed.say(ann, ann, "mine")
        foreign = await said(bed, "editMessageText", chat_id=ann.id, message_id=theirs.message_id, text="x")
        assert foreign == "Bad Request: message can't be edited"


@pytest.mark.parametrize(
    ("rights", "age", "reason"),
    [
        (("can_delete_messages",), 0, None),
        (("can_restrict_members",), 0, "message can't be deleted"),
        (("can_delete_messages",), TWO_DAYS + 1, "message can't be deleted for everyone"),
    ],
)
async def test_deleting_in_a_group(rights: tuple[str, ...], age: int, reason: str | None) -> None:
    async with TelegramBed() as bed:
        ann, bob = bed.user("Ann"), bed.user("Bob")
        group = bed.group("Chat", (ann, bob), bot="administrator", rights=rights)
        message = await bed.say(ann, group, "/help")
        bed.clock.advance(age)
        target = {"chat_id": group.id, "message_id": message.message_id}
        status, envelope = await ask(bed, "deleteMessage", **target)
        assert envelope.get("description") == (f"Bad Request: {reason}" if reason else None)
        assert bool(bed.seen_by(bob, group)) is (status != 200)
        assert [shown.text for shown in bed.ever_seen_by(bob, group)] == ["/help"]
        if status == 200:
            assert await said(bed, "deleteMessage", **target) == "Bad Request: message to delete not found"


async def pressed(bed: TelegramBed, ann: User) -> str:
    """Let Ann press a button in her private chat; return the query's id."""
    await ask(bed, "sendMessage", chat_id=ann.id, text="x", reply_markup=button("go"))
    return (await bed.press(ann, bed.seen_by(ann, ann)[-1], "Tap")).id


async def test_answering_a_button() -> None:
    async with TelegramBed() as bed:
        ann = bed.user("Ann", started=True)
        query = await pressed(bed, ann)
        assert (
            await said(bed, "answerCallbackQuery", callback_query_id=query, text="x" * 201)
            == "Bad Request: MESSAGE_TOO_LONG"
        )
        assert (
            await said(bed, "answerCallbackQuery", callback_query_id=query, url="https://elsewhere.org")
            == "Bad Request: URL_INVALID"
        )
        assert (
            await ask(bed, "answerCallbackQuery", callback_query_id=query, text="There.", show_alert=True)
        )[0] == 200
        for used in (query, "12345"):
            assert "query is too old" in await said(bed, "answerCallbackQuery", callback_query_id=used)
        assert [(s.kind, s.text) for s in bed.seen_by(ann, ann)][-1] == ("alert", "There.")


async def test_commands_are_kept_by_scope_and_language() -> None:
    async with TelegramBed() as bed:
        german: dict[str, object] = {"scope": {"type": "all_group_chats"}, "language_code": "de"}
        await ask(bed, "setMyCommands", **HELP, **german)
        assert (await ask(bed, "getMyCommands", **german))[1]["result"] == HELP["commands"]
        assert (await ask(bed, "getMyCommands"))[1]["result"] == []
        assert (
            await said(bed, "setMyCommands", **HELP, language_code="de-AT")
            == "Bad Request: invalid language code specified"
        )
        await ask(bed, "deleteMyCommands", **german)
        assert bed.commands == {}


async def test_a_webhook_shuts_out_polling() -> None:
    async with TelegramBed() as bed:
        await ask(bed, "setWebhook", url="https://example.org/hook")
        assert (await ask(bed, "getUpdates"))[0] == 409
        await ask(bed, "deleteWebhook")
        assert (await ask(bed, "getUpdates"))[0] == 200


async def test_updates_wait_until_an_offset_confirms_them() -> None:
    async with TelegramBed() as bed:
        ann = bed.user("Ann", started=True)

        async def fetched(**fields: object) -> list[tuple[int, str]]:
            result = (await ask(bed, "getUpdates", **fields))[1]["result"]
            assert isinstance(result, list)
            return [(update["update_id"], update["message"]["text"]) for update in result]

        for text in ("one", "two", "three"):
            await bed.say(ann, ann, text)
        first = await fetched(limit=2)
        assert [text for _, text in first] == ["one", "two"]
        assert await fetched(limit=2) == first
        assert [text for _, text in await fetched(offset=first[-1][0] + 1)] == ["three"]
        await ask(bed, "getUpdates", offset=first[-1][0] + 2, allowed_updates=["callback_query"])
        await bed.say(ann, ann, "not wanted")
        assert await fetched() == []
        bed.redeliver()
        assert [text for _, text in await fetched()] == ["three"]


@pytest.mark.parametrize(
    ("source", "text", "kinds"),
    [
        ("a&amp;&lt;b&#62; &unknown;", "a&<b> &unknown;", []),
        ("😀<b>x<i>y</i></b>", "😀xy", [("bold", 2, 2), ("italic", 3, 1)]),
        (
            '<span class="tg-spoiler">s</span><tg-spoiler>t</tg-spoiler>',
            "st",
            [("spoiler", 0, 1), ("spoiler", 1, 1)],
        ),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ('<a href="https://a.org/?x=1&amp;y=2">l</a>', "l", [("text_link", 0, 1)]),
    ],
)
def test_html(source: str, text: str, kinds: list[tuple[str, int, int]]) -> None:
    parsed = parse_html(source)
    assert parsed.text == text
    assert [(e.type, e.offset, e.length) for e in parsed.entities] == kinds


def test_html_link_without_an_end() -> None:
    with pytest.raises(Refusal, match="Unexpected end tag at byte offset 1"):
        parse_html("x</a>")


def texts(shown: tuple[Shown, ...]) -> list[str]:
    return [s.text for s in shown]


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ("hello", False),
        ("/help", True),
        ("/help@quietline_bot", True),
        ("/help@other_bot", False),
        ("hi @Quietline_bot", True),
    ],
)
async def test_privacy_mode(text: str, reaches: bool) -> None:
    async with TelegramBed(privacy=True) as bed:
        ann, other = bed.user("Ann"), bed.user("Other", is_bot=True)
        closed, open_ = (
            bed.group("Closed", (ann, other)),
            bed.group("Open", (ann, other), bot="administrator"),
        )
        for group in (closed, open_):
            await bed.say(ann, group, text)
            await bed.say(other, group, "/help me")
        updates = (await ask(bed, "getUpdates"))[1]["result"]
        assert isinstance(updates, list)
        assert [u["message"]["chat"]["id"] for u in updates] == [closed.id] * reaches + [open_.id]
        assert texts(bed.seen_by(ann, closed)) == [text, "/help me"]
