"""Which Bot API does the server speak?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Api: TypeAlias = Literal["10.3", "10.2", "10.0", "10.0-stealthy"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server makes of ephemeral messages."""

    nested: bool  # knows `ephemeral_message_parameters` (10.3)
    bare: bool  # knows `receiver_user_id` and `callback_query_id` on sends (10.2)
    methods: bool  # has editEphemeral… and deleteEphemeralMessage
    commands: bool  # keeps `is_ephemeral`, and delivers such commands unseen
    welcome_right: bool  # tells `can_send_welcome_messages`


# A server drops parameters it does not know, and then posts to everybody. The stealthy one is a proxy
# that strips unknown fields from sends while everything else gets through to a modern server.
DIALECTS: Mapping[Api, Dialect] = {
    "10.3": Dialect(nested=True, bare=True, methods=True, commands=True, welcome_right=True),
    "10.2": Dialect(nested=False, bare=True, methods=True, commands=True, welcome_right=False),
    "10.0": Dialect(nested=False, bare=False, methods=False, commands=False, welcome_right=False),
    "10.0-stealthy": Dialect(nested=False, bare=False, methods=True, commands=True, welcome_right=False),
}
