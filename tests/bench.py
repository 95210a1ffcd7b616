"""How is a service put together for a test?  A fake platform, real words, a real database."""

import asyncio
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot import content
from bot.config import Defaults
from bot.delivery.notes import Notes
from bot.delivery.roads import Roads
from bot.detection import Detector
from bot.guide import Guide
from bot.model import Road, Screen
from bot.offers import Offers
from bot.ops.metrics import Metrics
from bot.phrases import Phrases
from bot.privacy import Pseudonyms, Sealer
from bot.service import Service
from bot.storage import Store
from bot.takeback import Tickets
from tests.detection.packs import MESSAGES
from tests.engine import engine
from tests.fakes import UNREACHABLE, Clock, FakeAdapter

SECRET = b"s" * 32
TRIGGER = "someone is threatening to leak my nudes"
NO_PRIVATE_ROAD = {Road.DIRECT: [UNREACHABLE], Road.EPHEMERAL: [UNREACHABLE], Road.ANSWER: [UNREACHABLE]}


@cache
def words() -> tuple[Guide, Detector]:
    return Guide(content.load(MESSAGES)), engine()


@dataclass
class Bench:
    """A service on a fake platform, with a real database."""

    folder: Path
    adapter: FakeAdapter
    clock: Clock
    store: Store

    def service(self, defaults: Defaults | None = None) -> Service:
        guide, detector = words()
        chosen, pseudonyms, metrics = defaults or Defaults(), Pseudonyms(SECRET), Metrics()
        roads = Roads(self.adapter, self.clock.sleep, self.clock, metrics)
        notes = Notes(
            adapter=self.adapter,
            store=self.store,
            pseudonyms=pseudonyms,
            sealer=Sealer(SECRET),
            notice=chosen.notice,
            sleep=lambda _: asyncio.sleep(0),
            now=self.clock,
            uniform=lambda low, _: low,
        )
        offers = Offers(
            platform=self.adapter.name,
            guide=guide,
            detector=detector,
            phrases=Phrases(detector, self.store, pseudonyms),
            store=self.store,
            pseudonyms=pseudonyms,
            roads=roads,
            notes=notes,
            tickets=Tickets(self.adapter, pseudonyms),
            metrics=metrics,
            defaults=chosen,
            now=self.clock,
        )
        return Service(self.adapter.name, guide, roads, notes, offers, metrics, chosen, self.clock)

    @property
    def shown(self) -> list[tuple[Road, str]]:
        return [(road, screen.id) for road, _, screen in self.adapter.private]

    async def note(self) -> Screen:
        """Wait for the first note."""
        for _ in range(500):
            if self.adapter.public:
                return self.adapter.public[0]
            await asyncio.sleep(0.01)
        raise AssertionError("no note came")
