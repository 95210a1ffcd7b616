"""May this person have that message deleted?  Their own alone: the ticket in the button proves it."""

import asyncio
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.limits import TICKET
from bot.model import Message, Person, Place
from bot.ports import Adapter
from bot.privacy import Pseudonyms

# Platforms wait three seconds for the answer to a press.
DELETING_SECONDS = 1.5
_SEPARATOR = "."
_PROOF = 12  # hex digits: 48 bits, and every guess is a press


@dataclass(frozen=True, slots=True)
class Tickets:
    """Gives out and redeems the tickets of one adapter. Nothing is kept; they hold after a restart."""

    adapter: Adapter
    pseudonyms: Pseudonyms

    def ticket(self, message: Message) -> str:
        """Return what lets its writer, and nobody else, have it deleted; "" where that cannot be."""
        if not message.posted:
            return ""
        place = message.origin.place.id
        parts = (place, message.posted, self._proofs(message.origin.person, place, message.posted)[0])
        ticket = _SEPARATOR.join(parts)
        return ticket if len(ticket) <= TICKET else ""

    async def redeem(self, person: Person, ticket: str) -> bool:
        """Delete the message, if it is theirs and the platform lets us; tell whether it is gone."""
        try:
            place, posted, proof = ticket.split(_SEPARATOR)
        except ValueError:
            return False
        given = proof.encode(errors="replace")
        if not any(hmac.compare_digest(given, one.encode()) for one in self._proofs(person, place, posted)):
            return False
        deleting = self.adapter.remove(Place(person.platform, place, private=False), posted)
        try:
            return await asyncio.wait_for(deleting, DELETING_SECONDS)
        except TimeoutError:
            return False

    def _proofs(self, person: Person, place: str, posted: str) -> Sequence[str]:
        """The proof under each secret, the newest first."""
        which = f"{place}{_SEPARATOR}{posted}"
        keys = self.pseudonyms.keys("take-back", person.platform, person.id, which)
        return [key[-_PROOF:] for key in keys]
