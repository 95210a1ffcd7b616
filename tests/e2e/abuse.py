"""What do the tests of abuse on both platforms share?"""

import socket
from statistics import median

import aiohttp

from tests.e2e.product import LONGEST_DELAY, Product

RAIDERS, CONTACTED = 17, 10
PRESSES = 300
FEW = 5  # questions of somebody else, before a flood and in it
# Longer than the delay of any note: what would come too much has come.
SETTLING = LONGEST_DELAY + 0.4
# What a person asks for and takes as their own; the flood has the same machine to itself meanwhile.
SLOWER, EXTRA_SECONDS = 5, 0.3
LONG = "blackmail " * 10_000
FORGED = (
    "",
    "q1:go:../../etc/passwd",
    "q1:go:",
    "q9:stop",
    "q1:mine:1.2.3",
    "q1:erase:de",
    "\x00",
    "🦊" * 25,
)


class Operator:
    """What whoever runs the bot sees of it, on a port of its own."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{probe.getsockname()[1]}"

    @property
    def settings(self) -> dict[str, object]:
        """What to put into the bot's config."""
        return {"ops": {"listen": self._address}}

    async def count(self, metric: str, platform: str) -> float:
        """Read a counter."""
        async with aiohttp.ClientSession(f"http://{self._address}") as client:
            text = await (await client.get("/metrics")).text()
        line = f'quietline_{metric}_total{{platform="{platform}"}} '
        return sum(float(one.removeprefix(line)) for one in text.splitlines() if one.startswith(line))


def check_alarm(product: Product, *secrets: object) -> None:
    """The operator's log tells of the one raid, and not of whom or where."""
    lines = [line for line in product.log.splitlines() if "in shadow" in line]
    assert len(lines) == 1
    assert '"writers": 11' in lines[0]
    assert not [secret for secret in secrets if str(secret) in product.log]


def check_patience(before: list[float], during: list[float]) -> None:
    """Others are answered as fast as without a flood."""
    assert median(during) <= SLOWER * median(before) + EXTRA_SECONDS, (before, during)
