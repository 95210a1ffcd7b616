"""Does an unmodified python-telegram-bot run against the local Telegram, faults and all?"""

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from tests.beds.telegram import Answer, TelegramBed
from tests.beds.telegram.example_bot import SECRET, ptb, texts
from tests.beds.telegram.faults import FaultKind


@pytest.fixture(autouse=True)
def _durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def test_polling_a_command_and_a_button_edited_in_place() -> None:
    async with TelegramBed() as bed, ptb(bed):
        ann, bob = bed.user("Ann", started=True), bed.user("Bob")
        group = bed.group("Chat", (ann, bob))
        await bed.command(ann, group, "/help")
        await bed.wait_for(lambda: bed.seen_by(ann, ann))
        query = await bed.press(ann, bed.seen_by(ann, ann)[0], "More")
        await bed.wait_for(lambda: query.answer is not None)
        assert query.answer == Answer("Done.", alert=True)
        assert texts(bed.seen_by(ann, ann)) == ["more words", "Done."]
        assert texts(bed.ever_seen_by(ann, ann)) == [SECRET, "more words", "Done."]
        assert texts(bed.ever_seen_by(bob, group)) == ["/help"]
        assert bed.ever_seen_by(bob, ann) == ()
        assert [call.method for call in bed.calls if call.method != "getUpdates"][-3:] == [
            "sendMessage",
            "editMessageText",
            "answerCallbackQuery",
        ]


@pytest.mark.parametrize(
    ("kind", "error", "arrives"),
    [
        ("forbidden", Forbidden, False),
        ("bad_request", BadRequest, False),
        ("flood", RetryAfter, False),
        ("server_error", NetworkError, False),
        ("bad_gateway", NetworkError, False),
        ("cut_before", NetworkError, False),
        ("cut_after", NetworkError, True),
        ("slow", TimedOut, True),
    ],
)
async def test_planned_failures(kind: FaultKind, error: type[TelegramError], arrives: bool) -> None:
    async with TelegramBed() as bed, ptb(bed) as app:
        ann = bed.user("Ann", started=True)
        bob = bed.user("Bob", started=True)
        bed.fail("sendMessage", kind, seconds=1, chat=ann)
        await app.bot.send_message(bob.id, "not concerned")
        with pytest.raises(error) as raised:
            await app.bot.send_message(ann.id, "one")
        assert raised.type is error
        await app.bot.send_message(ann.id, "two")
        assert texts(bed.seen_by(ann, ann)) == (["one", "two"] if arrives else ["two"])
        assert len(bed.calls_to("sendMessage")) == 3


async def test_polling_survives_trouble_and_updates_are_not_lost() -> None:
    async with TelegramBed() as bed, ptb(bed):
        ann = bed.user("Ann", started=True)
        bed.fail("getUpdates", "bad_gateway")
        bed.fail("getUpdates", "cut_after")
        await bed.say(ann, ann, "one")
        await bed.wait_for(lambda: "heard one" in texts(bed.seen_by(ann, ann)), timeout=10)
        await bed.go_down()
        await bed.say(ann, ann, "two")
        await bed.come_up()
        await bed.wait_for(lambda: "heard two" in texts(bed.seen_by(ann, ann)), timeout=10)
        bed.redeliver()
        await bed.wait_for(lambda: texts(bed.seen_by(ann, ann)).count("heard two") == 2)


async def test_a_link_opens_the_private_chat_with_its_payload() -> None:
    async with TelegramBed() as bed, ptb(bed) as app:
        ann = bed.user("Ann")
        with pytest.raises(Forbidden):
            await app.bot.send_message(ann.id, "too early")
        started = await bed.follow(ann, "https://t.me/quietline_bot?start=friend")
        assert started.text == "/start friend"
        await app.bot.send_message(ann.id, "welcome")
        assert texts(bed.seen_by(ann, ann, from_bot=True)) == ["welcome"]
        await bed.settle()


async def test_topics() -> None:
    async with TelegramBed() as bed, ptb(bed) as app:
        ann = bed.user("Ann")
        forum, plain = bed.group("Forum", (ann,), forum=True), bed.group("Plain", (ann,))
        topic, closed = bed.topic(forum, "Open"), bed.topic(forum, "Closed", closed=True)
        assert (await app.bot.send_message(forum.id, "x", message_thread_id=topic)).is_topic_message
        assert (await app.bot.send_message(plain.id, "x", message_thread_id=topic)).message_thread_id is None
        for thread, reason in ((closed, "topic_closed"), (999, "message thread not found")):
            with pytest.raises(BadRequest, match=rf"(?i){reason}"):
                await app.bot.send_message(forum.id, "x", message_thread_id=thread)
        assert [shown.thread_id for shown in bed.seen_by(ann, forum)] == [topic]


async def test_a_second_poller_ends_the_first() -> None:
    async with TelegramBed() as bed, ptb(bed):
        other = ApplicationBuilder().token(bed.token).base_url(f"{bed.url}/bot").build()
        async with other:
            await other.bot.get_updates(timeout=0)
        await bed.wait_for(lambda: any(call.status == 409 for call in bed.calls_to("getUpdates")))


async def test_a_wrong_token_is_refused() -> None:
    async with TelegramBed() as bed:
        async with HTTPXRequest() as request:
            with pytest.raises(InvalidToken):
                await Bot("123456:wrong", f"{bed.url}/bot", request=request).get_me()
        assert bed.calls == []
