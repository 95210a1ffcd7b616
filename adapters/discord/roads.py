"""How does a screen reach one person on Discord, or a note a channel?"""

import secrets
from base64 import b32encode
from dataclasses import dataclass
from hashlib import blake2b

import discord
import structlog

from adapters.discord import inbound, outbound
from adapters.discord.attempts import Sleep, certain, refused, within
from bot.model import Origin, Outcome, Place, Receipt, Road, Screen

log = structlog.get_logger()

ANSWER_SECONDS = 10.0  # Discord gives three for the first answer; its acknowledgement may take longer
SEND_SECONDS = 30.0  # discord.py's own five tries need 25
CLEARED = 100  # so many of the newest messages in a chat are looked at; one request gives no more

DELIVERED = Receipt(Outcome.DELIVERED)


@dataclass(frozen=True, slots=True)
class Roads:
    """The ways that a client which is logged in can speak. None of them raises."""

    client: discord.Client
    sleep: Sleep

    async def answer(self, interaction: discord.Interaction, screen: Screen) -> Receipt:
        """Answer a command or a press, for no other eyes; Discord takes the first answer only."""
        own_chat, pressed = inbound.in_own_chat(interaction), interaction.message
        try:
            view = outbound.view(screen)
        except ValueError as error:
            return refused(error, Road.ANSWER, sent=False)

        async def respond() -> Receipt:
            if pressed is not None and (own_chat or pressed.flags.ephemeral):
                await interaction.response.edit_message(view=view)
            else:
                await interaction.response.send_message(
                    view=view, ephemeral=not own_chat, suppress_embeds=True
                )
            return DELIVERED

        receipt = await certain(Road.ANSWER, respond, ANSWER_SECONDS, self.sleep)
        if screen.clears and own_chat and pressed is not None and receipt.outcome is Outcome.DELIVERED:
            await self._clear(pressed)
        return receipt

    async def direct(self, origin: Origin, screen: Screen, road: Road) -> Receipt:
        """Write to them. The person's id alone decides where to, so that it cannot end up elsewhere."""
        name = nonce(origin, screen)
        try:
            view = outbound.view(screen)
            person = discord.Object(int(origin.person.id))
            channel = await within(SEND_SECONDS, self.client.create_dm(person))
        except Exception as error:
            return refused(error, road, sent=False)

        async def send() -> Receipt:
            await channel.send(view=view, nonce=name, suppress_embeds=True)
            return DELIVERED

        return await certain(road, send, SEND_SECONDS, self.sleep)

    async def note(self, place: Place, screen: Screen) -> Receipt:
        """Post it in the channel, silently."""
        name = secrets.token_hex(12)
        try:
            view = outbound.view(screen)
            channel = self.client.get_partial_messageable(int(place.id))
        except ValueError as error:
            return refused(error, Road.NOTE, sent=False)

        async def post() -> Receipt:
            note = await channel.send(view=view, nonce=name, silent=True, suppress_embeds=True)
            return Receipt(Outcome.DELIVERED, note=str(note.id))

        return await certain(Road.NOTE, post, SEND_SECONDS, self.sleep)

    async def removed(self, place: Place, posted: str) -> bool | None:
        """Try once to delete a message; None when it may still stand and another try could help."""
        return await self._delete(int(place.id), int(posted))

    async def _clear(self, kept: discord.Message) -> None:
        """Delete what else the bot has sent to a person's own chat lately; what cannot be deleted stays."""
        channel = self.client.get_partial_messageable(kept.channel.id)

        async def newest() -> list[int]:
            return [
                message.id
                async for message in channel.history(limit=CLEARED)
                if message.author == self.client.user and message.id != kept.id
            ]

        try:
            found = await within(SEND_SECONDS, newest())
        except Exception as error:
            log.warning("discord_not_cleared", error=outbound.named(error), code=outbound.code(error))
            return
        for message in found:
            await self._delete(kept.channel.id, message)

    async def _delete(self, channel: int, message: int) -> bool | None:
        there = self.client.get_partial_messageable(channel).get_partial_message(message)
        try:
            await within(SEND_SECONDS, there.delete())
        except Exception as error:
            if outbound.is_gone(error):
                return True
            # Not above DEBUG: it may be what a member wanted to have back.
            log.debug("discord_not_deleted", error=outbound.named(error), code=outbound.code(error))
            return False if outbound.is_final(error) else None
        return True


def nonce(origin: Origin, screen: Screen) -> str:
    """Name one message to one person, the same in every process: 24 characters of Discord's 25.

    discord.py sends it with `enforce_nonce`, so that Discord gives back the earlier message when an
    attempt that seemed lost is repeated within a few minutes. A question asked twice is two messages.
    """
    handle = origin.handle
    asked = handle.id if isinstance(handle, discord.Interaction) else handle
    digest = blake2b(f"{origin.person.id}/{screen.id}/{asked}".encode(), digest_size=15).digest()
    return b32encode(digest).decode()
