"""Who is told that a community is being raided?"""

from dataclasses import dataclass

import structlog

from bot.config import Raid
from bot.model import Place
from bot.ops.metrics import Metrics

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Alarm:
    """Tells the operator. The place's moderators will be told here too, once a road leads to them."""

    platform: str
    metrics: Metrics
    raid: Raid

    def raided(self, place: Place) -> None:
        """Tell that a raid begins there; neither where nor by whom."""
        self.metrics.raid(self.platform)
        log.warning(
            "a community is in shadow: too many different people set off triggers there. "
            "Nobody more is written to unasked; /help and buttons answer",
            platform=self.platform,
            writers=self.raid.writers + 1,
            within_minutes=self.raid.minutes,
            shadow_minutes=self.raid.shadow_minutes,
        )
