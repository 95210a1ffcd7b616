"""What did the operator choose?"""

from bot.config.load import Settings, load
from bot.config.schema import Defaults, Notice, Ops

__all__ = ["Defaults", "Notice", "Ops", "Settings", "load"]
