"""Which engine do tests share?  Loading the shipped packs takes seconds."""

from functools import cache
from pathlib import Path

from bot import detection
from bot.detection import Detector

MESSAGES = Path(__file__).resolve().parents[1] / "messages"


@cache
def engine() -> Detector:
    return detection.load(MESSAGES)
