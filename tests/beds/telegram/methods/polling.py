"""How does the bot fetch its updates?"""

from tests.beds.telegram.params import Params
from tests.beds.telegram.world import World


async def get_updates(world: World, params: Params) -> object:
    """Answer getUpdates, a long poll."""
    _choose_kinds(world, params)
    offset, limit, timeout = (params.integer(name) for name in ("offset", "limit", "timeout"))
    return await world.updates.take(offset or 0, min(max(limit or 100, 1), 100), max(timeout or 0, 0))


async def set_webhook(world: World, params: Params) -> object:
    """Answer setWebhook; the address is kept, and nothing is delivered to it."""
    world.updates.webhook = params.text("url")
    _choose_kinds(world, params)
    _drop_if_asked(world, params)
    return True


async def delete_webhook(world: World, params: Params) -> object:
    """Answer deleteWebhook."""
    world.updates.webhook = ""
    _drop_if_asked(world, params)
    return True


async def get_webhook_info(world: World, params: Params) -> object:
    """Answer getWebhookInfo."""
    updates = world.updates
    return {
        "url": updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": updates.waiting,
        "allowed_updates": sorted(updates.allowed),
    }


def _choose_kinds(world: World, params: Params) -> None:
    kinds = params.decoded("allowed_updates")
    if isinstance(kinds, list):
        world.updates.allow([str(kind) for kind in kinds])


def _drop_if_asked(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.drop()
