"""Whom does a request concern?"""

from tests.beds.discord.http import Call
from tests.beds.discord.world import User, World


def concerned(world: World, call: Call) -> User | None:
    """Return whose interaction or direct messages a request is about; None for all others."""
    asked = world.interactions.get(
        call.params.get("interaction_token") or call.params.get("webhook_token", "")
    )
    if asked is not None:
        return asked.user
    if call.route == "/users/@me/channels" and isinstance(call.body, dict):
        recipient = str(call.body.get("recipient_id"))
        return world.users.get(int(recipient)) if recipient.isdecimal() else None
    channel = world.channels.get(call.id("channel_id")) if "channel_id" in call.params else None
    if channel is None or channel.guild is not None:
        return None
    return next((user for user in channel.users if user is not world.bot), None)
