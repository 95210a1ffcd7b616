"""A local Telegram: the Bot API over real sockets, and what every member sees of it."""

from tests.beds.telegram.bed import TelegramBed
from tests.beds.telegram.server import Call
from tests.beds.telegram.values import Button, Entity, Group, Place, Shown, Text, User
from tests.beds.telegram.world import Answer, Query

__all__ = [
    "Answer",
    "Button",
    "Call",
    "Entity",
    "Group",
    "Place",
    "Query",
    "Shown",
    "TelegramBed",
    "Text",
    "User",
]
