"""Which engine do tests share?  Loading the shipped packs takes seconds."""

from functools import cache

from bot import detection
from bot.detection import Detector
from tests.detection.packs import MESSAGES


@cache
def engine() -> Detector:
    return detection.load(MESSAGES)
