"""How is the bot kept from being turned against people, or flooded?

All of this is held in memory, bounded, under pseudonyms; a restart forgets it.
"""

from bot.guard.caps import Caps
from bot.guard.floods import Floods
from bot.guard.raids import Raids, Standing

__all__ = ["Caps", "Floods", "Raids", "Standing"]
