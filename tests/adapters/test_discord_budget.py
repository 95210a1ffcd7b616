"""Are no more conversations begun unasked than the operator allows, and is nobody else kept waiting?"""

import pytest

from bot.model import Outcome, Road
from tests.adapters.discord_local import running, unasked
from tests.adapters.discord_screens import HELP, OFFER, answering
from tests.adapters.recorder import Recorder
from tests.beds.discord import DiscordBed


@pytest.mark.parametrize("limit", ["unasked_per_minute", "unasked_per_hour", "unasked_per_day"])
@pytest.mark.parametrize("many", [0, 2])
async def test_the_next_one_goes_another_way(limit: str, many: int) -> None:
    async with DiscordBed() as bed:
        people = [bed.member(bed.guild(), f"member {number}") for number in range(4)]
        async with running(bed, Recorder(answering), **{limit: many}) as adapter:
            receipts = [await adapter.send_private(unasked(one.id), OFFER, Road.DIRECT) for one in people]
        delivered = [receipt.outcome is Outcome.DELIVERED for receipt in receipts]
        assert delivered == [number < many for number in range(4)]
        assert {receipt.outcome for receipt in receipts[many:]} == {Outcome.UNREACHABLE}
        assert len(bed.calls_to("POST", "/users/@me/channels")) == many


async def test_who_was_written_to_before_and_who_asks_is_not_counted() -> None:
    async with DiscordBed() as bed:
        guild = bed.guild()
        alice, bob = bed.member(guild, "alice"), bed.member(guild, "bob")
        async with running(bed, Recorder(answering), unasked_per_minute=1) as adapter:
            for person, screen in ((alice, OFFER), (alice, OFFER), (bob, HELP), (alice, OFFER)):
                receipt = await adapter.send_private(unasked(person.id), screen, Road.DIRECT)
                assert receipt.outcome is Outcome.DELIVERED
            refused = await adapter.send_private(unasked(bob.id), OFFER, Road.DIRECT)
        assert refused.outcome is Outcome.UNREACHABLE
