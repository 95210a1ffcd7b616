"""Does the core hear where the bot was let in and removed on Telegram, and nothing of who blocks it?"""

import pytest

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


async def test_a_person_who_blocks_the_bot_is_no_group(bed: TelegramBed) -> None:
    kim, lee, core = bed.user("Kim", started=True), bed.user("Lee", started=True), Recorder()
    async with running(bed, core):
        await bed.block(kim)
        await bed.say(lee, lee, "hello")
        await bed.wait_for(lambda: core.messages)
        await bed.settle()
    assert core.memberships == []
