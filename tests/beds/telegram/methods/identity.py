"""Who is the bot, and which commands does it offer?"""

from tests.beds.telegram import spelling
from tests.beds.telegram.params import Params
from tests.beds.telegram.world import World


async def get_me(world: World, params: Params) -> object:
    """Answer getMe."""
    return spelling.me(world)


async def set_my_commands(world: World, params: Params) -> object:
    """Answer setMyCommands."""
    world.commands.set(params)
    return True


async def get_my_commands(world: World, params: Params) -> object:
    """Answer getMyCommands."""
    return world.commands.get(params)


async def delete_my_commands(world: World, params: Params) -> object:
    """Answer deleteMyCommands."""
    world.commands.delete(params)
    return True
