"""How is a service put together for a test?  A fake platform, real words, a real database."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

from bot import content
from bot.assembly import Core, service
from bot.config import Defaults
from bot.detection import Detector
from bot.guide import Guide
from bot.model import Road, Screen
from bot.ops.metrics import Metrics
from bot.phrases import Phrases
from bot.privacy import Pseudonyms, Sealer
from bot.service import Service
from bot.storage import Store
from tests.detection.packs import MESSAGES
from tests.engine import engine
from tests.fakes import UNREACHABLE, Clock, FakeAdapter

SECRET = b"s" * 32
TRIGGER = "someone is threatening to leak my nudes"
NO_PRIVATE_ROAD = {Road.DIRECT: [UNREACHABLE], Road.EPHEMERAL: [UNREACHABLE], Road.ANSWER: [UNREACHABLE]}
POLL = 0.02


@cache
def words() -> tuple[Guide, Detector]:
    return Guide(content.load(MESSAGES)), engine()


class Lowest(random.Random):
    """Chance that always brings the lowest."""

    def random(self) -> float:
        return 0.0


@dataclass
class Bench:
    """A service on a fake platform, with a real database and what keeps its promises."""

    folder: Path
    adapter: FakeAdapter
    clock: Clock
    store: Store
    secrets: tuple[bytes, ...] = (SECRET,)
    running: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    def core(self, defaults: Defaults | None = None, store: Store | None = None) -> Core:
        """Put together what the platforms share; with a store of its own, or the bench's."""
        guide, detector = words()
        pseudonyms, kept = Pseudonyms(*self.secrets), store or self.store
        return Core(
            guide=guide,
            detector=detector,
            phrases=Phrases(detector, kept, pseudonyms),
            store=kept,
            pseudonyms=pseudonyms,
            sealer=Sealer(*self.secrets),
            metrics=Metrics(),
            defaults=defaults or Defaults(),
        )

    def service(self, defaults: Defaults | None = None) -> Service:
        core = self.core(defaults)
        made = service(core, self.adapter, self.clock, lambda _: asyncio.sleep(0), Lowest())
        made.offers.dispatcher.poll = POLL
        self.running[id(made)] = asyncio.create_task(made.offers.dispatcher.run())
        return made

    async def kill(self, made: Service) -> None:
        """End a service's deliveries in the middle of whatever they do."""
        task = self.running.pop(id(made))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await made.offers.dispatcher.stop(0)

    @property
    def shown(self) -> list[tuple[Road, str]]:
        return [(road, screen.id) for road, _, screen in self.adapter.private]

    async def note(self) -> Screen:
        """Let the delay before a note go by, and wait for the first."""
        self.clock.now += timedelta(seconds=31)
        for _ in range(500):
            if self.adapter.public:
                return self.adapter.public[0]
            await asyncio.sleep(0.01)
        raise AssertionError("no note came")


async def until(holds: Callable[[], bool]) -> None:
    """Wait until it holds, ten seconds at most."""
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never held")


def promises(service: Service) -> str:
    """Return the counters of how promises ended."""
    lines = service.metrics.render().decode().splitlines()
    return "\n".join(line for line in lines if line.startswith("quietline_promises_total"))
