"""What did the operator choose?"""

from bot.config.load import Settings, load
from bot.config.schema import Defaults, Notice, Ops, Raid

__all__ = ["Defaults", "Notice", "Ops", "Raid", "Settings", "load"]
