"""What is a busy Discord, for a client in another process to listen to?

Run as a program it prints where it listens; every line it then reads is a JSON list of messages to send.
"""

import asyncio
import json
import sys
from itertools import cycle

from tests.beds.discord import DiscordBed
from tests.beds.discord.world import Version

MEMBERS = 50


async def main() -> None:
    """Serve until standard input ends."""
    async with DiscordBed() as bed:
        guild = bed.guild("busy")
        channel = bed.channel(guild)
        members = cycle([bed.member(guild, f"member{number}") for number in range(MEMBERS)])
        print(json.dumps([bed.api_base_url, bed.gateway_url, bed.token]), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            for text in json.loads(line):
                bed.mail.send(bed.mail.draft(channel, next(members), Version(text)))
            await bed.gateway.flush()


if __name__ == "__main__":
    asyncio.run(main())
