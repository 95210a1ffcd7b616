"""What the detection offers the rest of the core."""

from bot.detection.conversations import Conversations
from bot.detection.detector import Detector
from bot.detection.loader import check, load
from bot.detection.verdict import Found, Verdict

__all__ = ["Conversations", "Detector", "Found", "Verdict", "check", "load"]
