"""How does a test make a promise in a store?"""

import secrets
from datetime import datetime, timedelta

from bot.delivery.schedule import LIFE
from bot.storage import Claim, Count, Promise, Store

PLATFORM = "x"


async def promise(
    store: Store,
    *,
    optout: str,
    cooldown: str,
    now: datetime,
    lasting: timedelta = timedelta(hours=24),
    person: str = "o" * 32,
    platform: str = PLATFORM,
    sealed: bytes = b"sealed",
) -> Claim:
    made = Promise(secrets.token_hex(10), person, platform, sealed, now, now + LIFE)
    count = Count(now.date(), platform, "t", "trigger", "promised")
    return await store.outbox.promise(
        made, optout=(optout,), cooldown=(cooldown,), now=now, lasting=lasting, count=count
    )
