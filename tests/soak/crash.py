"""How is one run made: people cry for help, and the bot is killed at random moments?"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from bot.privacy import COOLDOWN, OPTOUT, OUTBOX, Pseudonyms
from bot.secretfile import load_secrets
from bot.storage import Store
from tests.beds.discord import DiscordBed
from tests.beds.telegram import TelegramBed
from tests.e2e.product import Product
from tests.soak.crowd import Chatters, Crowd, Cry, Members
from tests.soak.report import Report, Tally

LATE = 600.0  # seconds after which nothing may come
PATIENCE = 200.0  # two leases, and what Telegram's repeat takes
LONG = 3600.0
WATCH = 0.1  # seconds
AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """How many cry on each platform, how often the bot is killed, and how long people pause (seconds)."""

    offers: int
    kills: int
    pause: float
    url: str
    seed: int


async def crash(folder: Path, plan: Plan, say: Callable[[str], None]) -> Report:
    """Make a run; `say` hears how far it is."""
    loop, chance = asyncio.get_running_loop(), Random(plan.seed)  # noqa: S311 - the same every time
    began = loop.time()
    async with DiscordBed() as discord, TelegramBed(privacy=False) as telegram:
        crowds: list[Crowd] = [Members(discord, chance), Chatters(telegram, chance)]
        product = Product(
            folder,
            discord=discord,
            telegram=telegram,
            settings={"storage": {"url": plan.url}},
            level="INFO",
        )
        await product.start()
        watching = asyncio.create_task(_watch(crowds))
        crying = asyncio.gather(*(_cry(crowd, plan, chance) for crowd in crowds))
        for kill in range(1, plan.kills + 1):
            enough = plan.offers * len(crowds) * kill // (plan.kills + 1)
            await discord.wait_for(partial(_have_cried, crowds, enough), LONG, every=0.05)
            await asyncio.sleep(chance.random())
            await product.kill()
            for crowd in crowds:
                crowd.killed()
            say(f"killed {kill} of {plan.kills} times")
            await product.launch()
        await crying
        store = Store(plan.url, folder)
        await _emptied(store, crowds, say)
        watching.cancel()
        code = await product.stop()
        pseudonyms = Pseudonyms(*load_secrets(folder / "quietline.key"))
        tallies = [await _tally(crowd, store, pseudonyms) for crowd in crowds]
        left = sum([(await store.outbox.waiting(crowd.platform))[0] for crowd in crowds])
        await store.close()
        seconds = loop.time() - began
        return Report(plan.url.partition(":")[0], plan.kills, seconds, code, left, tuple(tallies))


def _have_cried(crowds: list[Crowd], enough: int) -> bool:
    return sum(len(crowd.cries) for crowd in crowds) >= enough


async def _cry(crowd: Crowd, plan: Plan, chance: Random) -> None:
    for _ in range(plan.offers):
        await _turn(crowd)
        await crowd.cry(asyncio.get_running_loop().time())
        await asyncio.sleep(chance.random() * 2 * plan.pause)


async def _turn(crowd: Crowd) -> None:
    """Wait until the bot hears of people, and has no more than a few of them to see to."""
    for _ in range(int(LONG / WATCH)):
        if crowd.is_heard and crowd.open(asyncio.get_running_loop().time()) < AT_ONCE:
            return
        await asyncio.sleep(WATCH)


async def _watch(crowds: list[Crowd]) -> None:
    while True:
        for crowd in crowds:
            crowd.watch(asyncio.get_running_loop().time())
        await asyncio.sleep(WATCH)


async def _emptied(store: Store, crowds: list[Crowd], say: Callable[[str], None]) -> None:
    """Wait until nothing is on its way any more, for a while also after that."""
    calm = 0
    for _ in range(int(PATIENCE)):
        waiting = [(await store.outbox.waiting(crowd.platform))[0] for crowd in crowds]
        calm = 0 if any(waiting) else calm + 1
        if calm == 5:
            return
        say(f"on their way: {sum(waiting)}")
        await asyncio.sleep(1)


async def _tally(crowd: Crowd, store: Store, pseudonyms: Pseudonyms) -> Tally:
    unheard = lost = once = twice = unclear = more = late = 0
    slowest = 0.0
    for cry in crowd.cries:
        times, first = crowd.times(cry.person), crowd.first(cry)
        if first is not None:
            slowest = max(slowest, first - cry.at)
            late += first - cry.at > LATE
        once += times == 1
        twice += times == 2
        unclear += times == 2 and cry.unclear
        more += times > 2
        if not times:
            promised = await _was_promised(cry, crowd.platform, store, pseudonyms)
            lost += promised
            unheard += not promised
    return Tally(
        platform=crowd.platform,
        cried=len(crowd.cries),
        unheard=unheard,
        lost=lost,
        once=once,
        twice=twice,
        unclear=unclear,
        more=more,
        late=late,
        leaks=crowd.leaks(),
        slowest=slowest,
        faults=crowd.faults,
    )


async def _was_promised(cry: Cry, platform: str, store: Store, pseudonyms: Pseudonyms) -> bool:
    keys = [pseudonyms.keys(purpose, platform, cry.person) for purpose in (OPTOUT, COOLDOWN, OUTBOX)]
    kept = await store.kept(optout=keys[0], cooldown=keys[1], outbox=keys[2])
    return bool(kept.cooldowns)
