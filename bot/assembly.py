"""How are the parts for one platform put together?"""

import asyncio
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.config import Defaults
from bot.delivery.breaker import Breaker
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.ending import Endings
from bot.delivery.letters import Letters
from bot.delivery.notes import Notes
from bot.delivery.roads import Roads, Sleep
from bot.detection import Detector
from bot.guard import Caps, Floods
from bot.guard.alarm import Alarm
from bot.guide import Guide
from bot.memberships import Memberships
from bot.offers import Offers
from bot.ops.metrics import Metrics
from bot.optouts import OptOuts
from bot.phrases import Phrases
from bot.ports import Adapter
from bot.privacy import Pseudonyms, Sealer
from bot.service import Service
from bot.storage import Store
from bot.takeback import Tickets

KEY_BYTES = 10
CHANCE = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Core:
    """Everything the platforms share."""

    guide: Guide
    detector: Detector
    phrases: Phrases
    store: Store
    pseudonyms: Pseudonyms
    sealer: Sealer
    metrics: Metrics
    defaults: Defaults


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


def service(
    core: Core,
    adapter: Adapter,
    now: Callable[[], datetime] = now,
    sleep: Sleep = asyncio.sleep,
    chance: random.Random = CHANCE,
) -> Service:
    """Make the handler of one adapter."""
    outbox, pseudonyms, metrics = core.store.outbox, core.pseudonyms, core.metrics
    raid = core.defaults.raid
    breaker = Breaker(adapter.name, core.store.breakers, now, metrics)
    roads = Roads(adapter, sleep, metrics, breaker)
    optouts = OptOuts(core.store, pseudonyms, now)
    letters = Letters(core.guide, core.defaults, optouts.is_unsaved)
    tickets = Tickets(adapter, pseudonyms)
    notes = Notes(
        adapter=adapter,
        store=core.store,
        pseudonyms=pseudonyms,
        sealer=core.sealer,
        notice=core.defaults.notice,
        sleep=sleep,
        now=now,
        uniform=chance.uniform,
    )
    dispatcher = Dispatcher(
        platform=adapter.name,
        outbox=outbox,
        roads=roads,
        notes=notes,
        letters=letters,
        endings=Endings(adapter.name, outbox, pseudonyms, metrics, now, letters.forget),
        sealer=core.sealer,
        now=now,
        chance=chance.random,
    )
    offers = Offers(
        platform=adapter.name,
        detector=core.detector,
        phrases=core.phrases,
        store=core.store,
        pseudonyms=pseudonyms,
        sealer=core.sealer,
        optouts=optouts,
        caps=Caps(pseudonyms, raid, Alarm(adapter.name, metrics, raid).raided),
        dispatcher=dispatcher,
        letters=letters,
        tickets=tickets,
        metrics=metrics,
        defaults=core.defaults,
        now=now,
        key=lambda: secrets.token_hex(KEY_BYTES),
    )
    return Service(
        platform=adapter.name,
        guide=core.guide,
        roads=roads,
        notes=notes,
        offers=offers,
        floods=Floods(pseudonyms, core.defaults.answers_in_10_seconds),
        memberships=Memberships(adapter.name, core.store, core.phrases, now),
        metrics=metrics,
        defaults=core.defaults,
        now=now,
    )
