"""Does aiogram, a second team's library with strict models of Bot API 10.3, read the local Telegram?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    EphemeralMessageParameters,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
    Update,
)

from tests.beds.telegram import TelegramBed
from tests.beds.telegram.faults import FaultKind

KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="More", callback_data="more")]])


@asynccontextmanager
async def aiogram(bed: TelegramBed) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(bed.url))
    async with Bot(bed.token, session=session) as bot:
        yield bot
    assert bed.faults == []


async def fetch(bot: Bot) -> list[Update]:
    """Fetch and confirm what waits; every field of every update goes through aiogram's models."""
    updates = await bot.get_updates(timeout=0)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
    return updates


async def messages(bot: Bot) -> list[Message]:
    return [update.message for update in await fetch(bot) if update.message is not None]


async def test_get_me_and_chats() -> None:
    async with TelegramBed(privacy=False) as bed, aiogram(bed) as bot:
        me = await bot.get_me()
        assert (me.is_bot, me.username, me.can_read_all_group_messages) == (True, "quietline_bot", True)
        ann = bed.user("Ann", started=True)
        group = bed.group("Chat", forum=True)
        assert ((await bot.get_chat(ann.id)).type, (await bot.get_chat(group.id)).is_forum) == (
            "private",
            True,
        )
        assert (await bot.get_webhook_info()).url == ""
        assert await bot.send_chat_action(ann.id, "typing")


async def test_members_of_every_kind() -> None:
    async with TelegramBed() as bed, aiogram(bed) as bot:
        owner, admin, ann, gone, out = (bed.user(name) for name in ("Olga", "Adam", "Ann", "Gone", "Out"))
        group = bed.group(
            "Chat", (ann, gone), owner=owner, bot="administrator", rights=("can_delete_messages",)
        )
        await bed.promote(group, admin, ("can_change_info",))
        await bed.remove(group, gone)
        kinds = {
            owner: ChatMemberOwner,
            admin: ChatMemberAdministrator,
            ann: ChatMemberMember,
            gone: ChatMemberBanned,
            out: ChatMemberLeft,
        }
        for who, kind in kinds.items():
            assert type(await bot.get_chat_member(group.id, who.id)) is kind
        administrators = await bot.get_chat_administrators(group.id)
        assert {member.user.id for member in administrators} == {owner.id, admin.id, bed.me.id}
        mine = await bot.get_chat_member(group.id, bed.me.id)
        assert isinstance(mine, ChatMemberAdministrator)
        assert (mine.can_delete_messages, mine.can_change_info, mine.can_send_welcome_messages) == (
            True,
            False,
            False,
        )


async def test_messages_as_people_write_them() -> None:
    async with TelegramBed(privacy=False) as bed, aiogram(bed) as bot:
        ann, robot = bed.user("Ann", language="de"), bed.user("Robot", is_bot=True)
        channel = bed.group("News", kind="channel")
        group = bed.group("Chat", (ann,), forum=True)
        topic = bed.topic(group, "Talk")
        first = await bed.say(ann, group, "look <code>x = 1</code> at https://a.org", html=True, thread=topic)
        await bed.say(ann, group, "an answer", reply_to=first)
        await bed.say(ann, group, caption="a picture", via_bot=robot)
        await bed.say(ann, group, "elsewhere", forward="Somebody")
        await bed.say(ann, group, "as admin", sender_chat=group)
        await bed.say(ann, group, "a post", sender_chat=channel, automatic_forward=True)
        read = await messages(bot)
        assert [m.text or m.caption for m in read] == [
            "look x = 1 at https://a.org", "an answer", "a picture", "elsewhere", "as admin", "a post",
        ]  # fmt: skip
        assert read[0].from_user is not None
        assert (read[0].from_user.language_code, read[0].is_topic_message, read[0].message_thread_id) == (
            "de",
            True,
            topic,
        )
        assert [entity.type for entity in read[0].entities or ()] == ["code", "url"]
        assert read[1].reply_to_message is not None
        assert (read[1].message_thread_id, read[1].is_topic_message) == (topic, None)
        assert read[2].via_bot is not None
        assert read[2].photo
        assert read[3].forward_origin is not None
        assert read[4].sender_chat is not None
        assert read[4].from_user is not None
        assert (read[4].sender_chat.id, read[4].from_user.id) == (group.id, 1087968824)
        assert read[5].is_automatic_forward


async def test_edits_membership_and_migration() -> None:
    async with TelegramBed(privacy=False) as bed, aiogram(bed) as bot:
        ann = bed.user("Ann", started=True)
        group = bed.group("Small", (ann,), kind="group")
        message = await bed.say(ann, group, "one")
        await bed.edit(ann, message, "two")
        await bed.promote(group, bed.me)
        await bed.block(ann)
        successor = await bed.migrate(group)
        updates = await fetch(bot)
        assert updates[1].edited_message is not None
        assert (updates[1].edited_message.text, updates[1].edited_message.edit_date is not None) == (
            "two",
            True,
        )
        members = [update.my_chat_member for update in updates if update.my_chat_member is not None]
        assert [(m.chat.type, m.new_chat_member.status) for m in members] == [
            ("group", "administrator"),
            ("private", "kicked"),
        ]
        moved = [update.message for update in updates if update.message is not None][-2:]
        assert (moved[0].migrate_to_chat_id, moved[1].migrate_from_chat_id) == (successor.id, group.id)


async def test_a_message_and_its_button() -> None:
    async with TelegramBed() as bed, aiogram(bed) as bot:
        ann = bed.user("Ann", started=True)
        sent = await bot.send_message(
            ann.id, "<tg-spoiler>hidden</tg-spoiler> x", parse_mode="HTML", reply_markup=KEYBOARD
        )
        assert sent.from_user is not None
        assert sent.reply_markup is not None
        assert (sent.from_user.id, sent.text) == (bed.me.id, "hidden x")
        assert sent.reply_markup.model_dump() == KEYBOARD.model_dump()
        shown = bed.seen_by(ann, ann)[0]
        assert (shown.body.spoilers, shown.body.masked) == (("hidden",), "▒▒▒▒▒▒ x")
        query = await bed.press(ann, shown, "More")
        pressed = (await fetch(bot))[0].callback_query
        assert pressed is not None
        assert isinstance(pressed.message, Message)
        assert (pressed.data, pressed.message.message_id, pressed.id) == ("more", sent.message_id, query.id)
        edited = await bot.edit_message_text("then", chat_id=ann.id, message_id=sent.message_id)
        assert isinstance(edited, Message)
        await bot.delete_message(ann.id, sent.message_id)
        await bed.press(ann, shown, "More")
        stale = (await fetch(bot))[0].callback_query
        assert stale is not None
        assert not isinstance(stale.message, Message)


async def test_an_ephemeral_command_its_answer_and_its_button() -> None:
    async with TelegramBed() as bed, aiogram(bed) as bot:
        ann, bob = bed.user("Ann"), bed.user("Bob")
        group = bed.group("Chat", (ann, bob))
        help_ = BotCommand(command="help", description="Get help", is_ephemeral=True)
        await bot.set_my_commands([help_], scope=BotCommandScopeAllGroupChats())
        kept = await bot.get_my_commands(scope=BotCommandScopeAllGroupChats())
        assert [command.model_dump() for command in kept] == [help_.model_dump()]
        await bed.command(ann, group, "/help sextortion")
        command = (await messages(bot))[0]
        assert command.receiver_user is not None
        assert (command.message_id, command.receiver_user.id, command.text) == (
            0,
            bed.me.id,
            "/help sextortion",
        )
        answer = await bot.send_message(
            group.id,
            "only you",
            reply_markup=KEYBOARD,
            ephemeral_message_parameters=EphemeralMessageParameters(receiver_user_id=ann.id),
            reply_parameters=ReplyParameters(ephemeral_message_id=command.ephemeral_message_id),
        )
        assert answer.receiver_user is not None
        assert answer.ephemeral_message_id is not None
        assert (answer.message_id, answer.receiver_user.id) == (0, ann.id)
        with pytest.raises(ValueError, match="cannot see"):
            await bed.press(bob, bed.seen_by(ann, group)[-1], "More")
        await bed.press(ann, bed.seen_by(ann, group)[-1], "More")
        pressed = (await fetch(bot))[0].callback_query
        assert pressed is not None
        assert isinstance(pressed.message, Message)
        assert pressed.message.ephemeral_message_id == answer.ephemeral_message_id
        await bot.edit_ephemeral_message_text(group.id, ann.id, answer.ephemeral_message_id, text="then")
        assert [shown.text for shown in bed.seen_by(ann, group)] == ["/help sextortion", "then"]
        assert bed.ever_seen_by(bob, group) == ()
        assert await bot.delete_ephemeral_message(group.id, ann.id, answer.ephemeral_message_id)


async def test_an_ephemeral_command_is_answered_within_fifteen_seconds() -> None:
    async with TelegramBed() as bed, aiogram(bed) as bot:
        ann = bed.user("Ann")
        group = bed.group("Chat", (ann,))
        await bed.command(ann, group, "/help", ephemeral=True)
        reply = ReplyParameters(ephemeral_message_id=(await messages(bot))[0].ephemeral_message_id)
        bed.clock.advance(16)
        with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
            await bot.send_message(
                group.id,
                "late",
                ephemeral_message_parameters=EphemeralMessageParameters(receiver_user_id=ann.id),
                reply_parameters=reply,
            )
        with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
            await bot.send_message(group.id, "public by mistake", reply_parameters=reply)
        assert [shown.text for shown in bed.ever_seen_by(ann, group)] == ["/help"]


@pytest.mark.parametrize(
    ("kind", "error"), [("forbidden", TelegramForbiddenError), ("flood", TelegramRetryAfter)]
)
async def test_planned_failures(kind: FaultKind, error: type[Exception]) -> None:
    async with TelegramBed() as bed, aiogram(bed) as bot:
        ann = bed.user("Ann", started=True)
        bed.fail("sendMessage", kind, where=lambda params: params.text("text") == "one")
        await bot.send_message(ann.id, "zero")
        with pytest.raises(error):
            await bot.send_message(ann.id, "one")
        await bot.send_message(ann.id, "one")
        assert [shown.text for shown in bed.seen_by(ann, ann)] == ["zero", "one"]
