"""Who sees an ephemeral message of the local Telegram, on each kind of server?"""

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChat
from telegram import Message as TelegramMessage
from telegram.error import BadRequest, EndPointNotFound, TelegramError
from telegram.ext import Application

from tests.beds.telegram import Group, TelegramBed, User
from tests.beds.telegram.dialects import Api
from tests.beds.telegram.example_bot import KEYBOARD, SECRET, ptb, texts


async def declare_ephemeral_help(app: Application) -> None:  # type: ignore[type-arg]  # six unused ones
    help_ = BotCommand("help", "Get help", api_kwargs={"is_ephemeral": True})
    await app.bot.set_my_commands([help_], BotCommandScopeAllGroupChats())


@pytest.mark.parametrize(
    ("api", "command_hidden", "answer_hidden"),
    [("10.3", True, True), ("10.2", True, False), ("10.0", False, True), ("10.0-stealthy", True, False)],
)
async def test_ephemeral_command_on_every_server(api: Api, command_hidden: bool, answer_hidden: bool) -> None:
    async with TelegramBed(api=api) as bed, ptb(bed) as app:
        ann, bob = bed.user("Ann", started=True), bed.user("Bob")
        group = bed.group("Chat", (ann, bob), bot="administrator")
        await declare_ephemeral_help(app)
        command = await bed.command(ann, group, "/help")
        await bed.wait_for(lambda: bed.calls_to("sendMessage"))
        await bed.settle()
        assert (command.message_id == 0) is command_hidden
        assert ("/help" in texts(bed.ever_seen_by(bob, group))) is not command_hidden
        # 10.0 never delivers such a command, so that this bot answers in the private chat.
        assert (SECRET in texts(bed.ever_seen_by(bob, group))) is not answer_hidden
        assert SECRET in texts(bed.seen_by(ann, group) + bed.seen_by(ann, ann))


@pytest.mark.parametrize(
    ("api", "extra", "hidden"),
    [
        ("10.3", "nested", True),
        ("10.3", "bare", True),
        ("10.2", "nested", False),
        ("10.2", "bare", True),
        ("10.0", "nested", False),
        ("10.0", "bare", False),
        ("10.0-stealthy", "nested", False),
        ("10.0-stealthy", "bare", False),
    ],
)
async def test_unasked_ephemeral_message_in_both_spellings(api: Api, extra: str, hidden: bool) -> None:
    async with TelegramBed(api=api) as bed, ptb(bed) as app:
        ann, bob, group = seat(bed)
        to = {"receiver_user_id": ann.id}
        spelled: dict[str, object] = {"ephemeral_message_parameters": to} if extra == "nested" else {**to}
        sent = await app.bot.send_message(group.id, SECRET, api_kwargs=spelled)
        assert (sent.message_id == 0, "ephemeral_message_id" in sent.api_kwargs) == (hidden, hidden)
        assert texts(bed.seen_by(ann, group)) == [SECRET]
        assert texts(bed.seen_by(bob, group)) == ([] if hidden else [SECRET])
        try:
            await app.bot.do_api_request("deleteEphemeralMessage", api_kwargs={"chat_id": group.id, **to})
        except TelegramError as error:
            assert isinstance(error, EndPointNotFound) is (api == "10.0")  # noqa: PT017 - one of two refusals


def seat(bed: TelegramBed) -> tuple[User, User, Group]:
    """Make a group of two, with the bot as administrator."""
    ann, bob = bed.user("Ann"), bed.user("Bob")
    return ann, bob, bed.group("Chat", (ann, bob), bot="administrator")


async def whisper(app: Application, group: Group, to: User, text: str, **more: object) -> TelegramMessage:  # type: ignore[type-arg]  # six unused ones
    """Send an ephemeral message in the spelling of 10.3."""
    parameters = {"receiver_user_id": to.id, **more}
    bot: Bot = app.bot
    return await bot.send_message(
        group.id, text, reply_markup=KEYBOARD, api_kwargs={"ephemeral_message_parameters": parameters}
    )


async def test_ephemeral_message_is_edited_and_deleted_by_its_own_methods() -> None:
    async with TelegramBed() as bed, ptb(bed) as app:
        ann, bob, group = seat(bed)
        sent = await whisper(app, group, ann, "first line")
        address = {
            "chat_id": group.id,
            "receiver_user_id": ann.id,
            "ephemeral_message_id": sent.api_kwargs["ephemeral_message_id"],
        }
        with pytest.raises(BadRequest, match=r"(?i)not found"):
            await app.bot.delete_message(group.id, address["ephemeral_message_id"])
        await app.bot.do_api_request("editEphemeralMessageText", api_kwargs={**address, "text": SECRET})
        with pytest.raises(BadRequest, match=r"(?i)not modified"):
            await app.bot.do_api_request("editEphemeralMessageText", api_kwargs={**address, "text": SECRET})
        with pytest.raises(BadRequest, match=r"(?i)CAPTION_TOO_LONG"):
            await app.bot.do_api_request(
                "editEphemeralMessageText", api_kwargs={**address, "text": "x" * 1025}
            )
        with pytest.raises(BadRequest, match=r"(?i)not found"):
            await app.bot.do_api_request(
                "deleteEphemeralMessage", api_kwargs={**address, "receiver_user_id": bob.id}
            )
        assert texts(bed.seen_by(ann, group)) == [SECRET]
        await app.bot.do_api_request("deleteEphemeralMessage", api_kwargs=address)
        assert bed.seen_by(ann, group) == ()
        assert texts(bed.ever_seen_by(ann, group)) == ["first line", SECRET]
        assert bed.ever_seen_by(bob, group) == ()


async def test_who_may_be_whispered_to() -> None:
    async with TelegramBed() as bed, ptb(bed) as app:
        ann, _, group = seat(bed)
        outsider, robot = bed.user("Outsider", started=True), bed.user("Robot", is_bot=True)
        await bed.join(group, robot)
        for who, reason in ((outsider, "USER_NOT_PARTICIPANT"), (robot, "USER_IS_BOT")):
            with pytest.raises(BadRequest, match=rf"(?i){reason}"):
                await whisper(app, group, who, SECRET)
        await bed.demote(group, bed.me)
        with pytest.raises(BadRequest, match=r"(?i)BOT_NOT_ADMIN"):
            await whisper(app, group, ann, SECRET)
        with pytest.raises(BadRequest, match=r"(?i)BOT_NOT_ADMIN"):
            await app.bot.send_message(
                outsider.id,
                SECRET,
                api_kwargs={"ephemeral_message_parameters": {"receiver_user_id": outsider.id}},
            )


@pytest.mark.parametrize(
    ("age", "answered", "fresh"), [(14, False, True), (16, False, False), (0, True, False)]
)
async def test_a_press_opens_fifteen_seconds(age: int, answered: bool, fresh: bool) -> None:
    async with TelegramBed() as bed, ptb(bed) as app:
        app.remove_handler(app.handlers[0][1])  # nobody but this test answers the button
        ann, bob, group = seat(bed)
        await bed.demote(group, bed.me)
        await app.bot.send_message(group.id, "a note", reply_markup=KEYBOARD)
        query = await bed.press(ann, bed.seen_by(ann, group)[-1], "more")
        bed.clock.advance(age)
        if answered:
            await app.bot.answer_callback_query(query.id)
        more: dict[str, object] = {"callback_query_id": query.id, "replace_callback_query_message": True}
        if not fresh:
            with pytest.raises(BadRequest, match=r"(?i)query is too old"):
                await whisper(app, group, ann, SECRET, **more)
            return
        await whisper(app, group, ann, SECRET, **more)
        assert texts(bed.seen_by(ann, group)) == [SECRET]
        assert texts(bed.seen_by(bob, group)) == ["a note"]


async def test_an_old_app_and_another_command_are_not_hidden() -> None:
    async with TelegramBed() as bed, ptb(bed) as app:
        ann, old = bed.user("Ann"), bed.user("Old", modern=False)
        group = bed.group("Chat", (ann, old))
        await declare_ephemeral_help(app)
        assert (await bed.command(ann, group, "/help sextortion")).ephemeral_id is not None
        assert (await bed.command(ann, group, "/privacy")).ephemeral_id is None
        assert (await bed.command(old, group, "/help sextortion")).ephemeral_id is None
        await bed.settle()


async def test_the_narrowest_list_in_the_members_language_decides() -> None:
    async with TelegramBed() as bed, ptb(bed) as app:
        ann, german = bed.user("Ann"), bed.user("Greta", language="de")
        group = bed.group("Chat", (ann, german))
        await declare_ephemeral_help(app)
        everybody = BotCommandScopeAllGroupChats()
        await app.bot.set_my_commands([BotCommand("help", "Hilfe")], everybody, language_code="de")
        assert (await bed.command(german, group, "/help")).ephemeral_id is None
        assert (await bed.command(ann, group, "/help")).ephemeral_id is not None
        await app.bot.set_my_commands([BotCommand("help", "Get help")], BotCommandScopeChat(group.id))
        assert (await bed.command(ann, group, "/help")).ephemeral_id is None
        await bed.settle()
