"""Does the doctor see what is missing on Discord?"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord import diagnose
from adapters.discord.doctor import findings
from tests.adapters.discord_local import section
from tests.beds.discord import DiscordBed, MessageContent


@pytest.fixture
async def bed() -> AsyncIterator[DiscordBed]:
    async with DiscordBed() as started:
        yield started


async def test_the_doctor_finds_a_healthy_bot_healthy(bed: DiscordBed) -> None:
    found = await diagnose(section(bed))

    assert [finding.what for finding in found if not finding.ok] == []
    assert any("Message Content" in finding.what for finding in found)


async def test_the_doctor_names_each_fault_with_its_mend(bed: DiscordBed) -> None:
    refused = await diagnose(section(bed, token="wrong"))
    bed.message_content = MessageContent.OFF
    without = await diagnose(section(bed))
    ahead = await findings(section(bed), lambda: datetime.now(UTC) + timedelta(minutes=5))
    await bed.down()
    dead = await diagnose(section(bed))

    faults = [[f for f in found if not f.ok] for found in (refused, without, ahead, dead)]
    assert "token" in faults[0][0].what
    assert "Message Content" in faults[1][0].what
    assert any("clock" in fault.what for fault in faults[2])
    assert "cannot be reached" in faults[3][0].what
    assert all(fault.mend for each in faults for fault in each)
