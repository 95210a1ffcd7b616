"""Does the core hear where the bot was let in and removed on Telegram, and nothing of who blocks it?"""

import pytest
from telegram import Bot, ChatMemberMember, User

from adapters.telegram.rights import Rights
from tests.adapters.recorder import Recorder
from tests.adapters.telegram_setup import running
from tests.beds.telegram import TelegramBed


@pytest.mark.parametrize("how", ["remove", "leave"])
async def test_a_removal_and_a_return_are_told(bed: TelegramBed, how: str) -> None:
    kim, core = bed.user("Kim", started=True), Recorder()
    group = bed.group("Friends", [kim])
    async with running(bed, core):
        await getattr(bed, how)(group, bed.me)
        await bed.join(group, bed.me)
        await bed.promote(group, bed.me, ["can_delete_messages"])
        await bed.wait_for(lambda: len(core.memberships) == 3)
    assert core.memberships == [(str(group.id), False), (str(group.id), True), (str(group.id), True)]


async def test_what_it_knew_of_its_rights_in_a_group_is_let_go() -> None:
    seconds, bot = [0.0], Bot("1:x")
    rights = Rights(bot, lambda: seconds[0])
    for chat, at in ((1, 0.0), (2, 200.0), (3, 301.0)):
        seconds[0] = at
        rights.learn(chat, ChatMemberMember(User(7, "bot", is_bot=True)))
    assert set(rights._known) == {2, 3}


async def test_a_person_who_blocks_the_bot_is_no_group(bed: TelegramBed) -> None:
    kim, lee, core = bed.user("Kim", started=True), bed.user("Lee", started=True), Recorder()
    async with running(bed, core):
        await bed.block(kim)
        await bed.say(lee, lee, "hello")
        await bed.wait_for(lambda: core.messages)
        await bed.settle()
    assert core.memberships == []
