"""How does a screen reach one person on Discord, or a note a channel?"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import inf

import discord
import structlog
from discord import ui

from adapters.discord import inbound, once, outbound
from adapters.discord.attempts import Patience, Sleep, certain, refused, within
from bot.model import Attempt, Origin, Outcome, Place, Receipt, Road, Screen

log = structlog.get_logger()

ANSWER_SECONDS = 10.0  # Discord gives three for the first answer; its acknowledgement may take longer
SEND_SECONDS = 30.0  # discord.py's own five tries need 25
TRY_SECONDS = 38.0  # one of several tries: the core takes one that lasts longer for AMBIGUOUS
CLEARED = 100  # so many of the newest messages in a chat are looked at; one request gives no more

DELIVERED = Receipt(Outcome.DELIVERED)


@dataclass(frozen=True, slots=True)
class Roads:
    """The ways that a client which is logged in can speak. None of them raises."""

    client: discord.Client
    sleep: Sleep
    now: Callable[[], datetime]
    clock: Callable[[], float]

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

        receipt = await certain(Road.ANSWER, respond, Patience(ANSWER_SECONDS, self.clock), self.sleep)
        if screen.clears and own_chat and pressed is not None and receipt.outcome is Outcome.DELIVERED:
            await self._clear(pressed)
        return receipt

    async def direct(
        self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
    ) -> Receipt:
        """Write to them. The person's id alone decides where to, so that it cannot end up elsewhere."""
        patience, name = self._patience(attempt), _name_of(origin, screen, attempt)
        try:
            view = outbound.view(screen)
            person = discord.Object(int(origin.person.id))
            channel = await within(patience.seconds, self.client.create_dm(person))
        except Exception as error:
            return refused(error, road, sent=False)

        async def send() -> Receipt:
            await channel.send(view=view, nonce=name, suppress_embeds=True)
            return DELIVERED

        if attempt is not None and once.must_look(attempt, self.now()):
            known = await self._look(channel, view, attempt, road, patience)
            if known is not None:
                return known
        return await certain(road, send, patience, self.sleep)

    async def note(self, place: Place, screen: Screen, attempt: Attempt | None = None) -> Receipt:
        """Post it in the channel, silently."""
        patience = self._patience(attempt)
        name = once.nonce("note", place.id, screen.id, attempt.key) if attempt else secrets.token_hex(12)
        try:
            view = outbound.view(screen)
            channel = self.client.get_partial_messageable(int(place.id))
        except ValueError as error:
            return refused(error, Road.NOTE, sent=False)

        async def post() -> Receipt:
            note = await channel.send(view=view, nonce=name, silent=True, suppress_embeds=True)
            return Receipt(Outcome.DELIVERED, note=str(note.id))

        if attempt is not None and once.must_look(attempt, self.now()):
            if (unreadable := self._unreadable(channel.id)) is not None:
                return unreadable
            known = await self._look(channel, view, attempt, Road.NOTE, patience)
            if known is not None:
                return known
        return await certain(Road.NOTE, post, patience, self.sleep)

    def _patience(self, attempt: Attempt | None) -> Patience:
        return Patience(SEND_SECONDS, self.clock, inf if attempt is None else TRY_SECONDS)

    def _unreadable(self, channel: int) -> Receipt | None:
        """What to answer where the bot may not look; Discord shows it an empty channel there, no refusal."""
        there = self.client.get_channel(channel)
        if not isinstance(there, discord.abc.GuildChannel | discord.Thread):
            # The servers are told one by one after a start.
            return Receipt(Outcome.AMBIGUOUS if self.client.is_ready() else Outcome.FAILED)
        try:
            readable = there.permissions_for(there.guild.me).read_message_history
        except (discord.ClientException, AttributeError):  # a thread's channel or the bot itself is not known
            readable = False
        return None if readable else Receipt(Outcome.AMBIGUOUS)

    async def _look(
        self,
        channel: discord.abc.Messageable,
        view: ui.LayoutView,
        attempt: Attempt,
        road: Road,
        patience: Patience,
    ) -> Receipt | None:
        """What is known of the earlier tries; None when none of them arrived."""
        me = self.client.user.id if self.client.user else 0
        try:
            found, certain_of = await within(patience.seconds, once.find(channel, me, view, attempt.since))
        except Exception as error:
            known = refused(error, road, sent=False)
            # No word about the road: who was asked is the history.
            if road is Road.NOTE and outbound.is_final(error):
                return Receipt(Outcome.AMBIGUOUS)
            return Receipt(Outcome.FAILED, known.retry_after)
        if found is not None:
            return Receipt(Outcome.DELIVERED, note=str(found) if road is Road.NOTE else None)
        return None if certain_of else Receipt(Outcome.AMBIGUOUS)

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


def _name_of(origin: Origin, screen: Screen, attempt: Attempt | None) -> str:
    """Name one message to one person. A question asked twice is two messages."""
    if attempt is not None:
        return once.nonce("attempt", origin.person.id, screen.id, attempt.key)
    handle = origin.handle
    asked = handle.id if isinstance(handle, discord.Interaction) else handle
    return once.nonce(origin.person.id, screen.id, asked)
