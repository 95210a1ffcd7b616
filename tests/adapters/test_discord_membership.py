"""Does the core hear where the bot was let in and removed on Discord, and nothing of outages?"""

from tests.adapters.discord_local import running
from tests.adapters.recorder import Recorder
from tests.beds.discord import DiscordBed


async def test_a_removal_and_a_return_are_told_and_an_outage_is_not() -> None:
    async with DiscordBed() as bed:
        guild, other, core = bed.guild(), bed.guild("another"), Recorder()
        async with running(bed, core):
            await bed.wait_for(lambda: core.memberships)
            assert sorted(core.memberships) == sorted((str(each.id), True) for each in (guild, other))
            core.memberships.clear()

            bed.outage(guild)
            bed.let_bot_in(guild)
            bed.remove_bot(other)
            await bed.wait_for(lambda: len(core.memberships) == 2)
            assert core.memberships == [(str(guild.id), True), (str(other.id), False)]
            core.memberships.clear()

            bed.let_bot_in(other)
            bed.outage(guild)  # and then it is removed while it is down
            bed.remove_bot(guild)
            await bed.wait_for(lambda: len(core.memberships) == 2)
            assert core.memberships == [(str(other.id), True), (str(guild.id), False)]
