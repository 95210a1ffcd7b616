"""What is the local Discord, for a test?"""

from tests.beds.discord.bed import DiscordBed
from tests.beds.discord.faults import Drop, Fault, RateLimited, Refuse, ServerError, Slow
from tests.beds.discord.gating import MessageContent
from tests.beds.discord.http import Call
from tests.beds.discord.refusals import Unavailable
from tests.beds.discord.view import Button, Seen, View
from tests.beds.discord.world import Channel, Guild, Interaction, Message, User

__all__ = [
    "Button",
    "Call",
    "Channel",
    "DiscordBed",
    "Drop",
    "Fault",
    "Guild",
    "Interaction",
    "Message",
    "MessageContent",
    "RateLimited",
    "Refuse",
    "Seen",
    "ServerError",
    "Slow",
    "Unavailable",
    "User",
    "View",
]
