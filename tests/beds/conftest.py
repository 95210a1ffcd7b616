"""Which fixtures do the tests of the beds share?"""

from collections.abc import AsyncIterator

import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.beds.discord import DiscordBed
from tests.beds.discord_client import Town


@pytest.fixture
async def town(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    async with DiscordBed() as bed:
        monkeypatch.setattr(Route, "BASE", bed.api_base_url)
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(bed.gateway_url))
        guild = bed.guild("Town")
        yield Town(bed, guild, bed.channel(guild), bed.member(guild, "sam"), bed.member(guild, "robin"))
