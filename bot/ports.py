"""What do the core and a platform owe each other?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import BaseModel

from bot.model import Attempt, Command, Message, Origin, Person, Place, Press, Receipt, Road, Screen


@dataclass(frozen=True, slots=True)
class CommandInfo:
    """A command the platform should offer in its menu.

    `topic` is set for the second word of `/help`. `descriptions` are by locale (BCP 47), at most 100
    characters each, and hold at least the key "en". `country` describes, in the same way, an option of
    that name in which people may say where they are; empty for a command without it.
    """

    name: str
    topic: str | None
    descriptions: Mapping[str, str]
    country: Mapping[str, str] = field(default_factory=dict)


class Handler(Protocol):
    """What the core offers an adapter. No method raises; none waits longer than its sends take.

    An adapter may call them concurrently. It drops by itself what bots, webhooks, channels and the
    bot itself wrote, and cuts code blocks and quotes out of a text.
    """

    @property
    def menu(self) -> Sequence[CommandInfo]:
        """The commands to register with the platform."""

    def countries(self, typed: str, locale: str | None) -> Sequence[tuple[str, str]]:
        """Return (name, code) of at most 25 countries for what somebody has typed so far; at once."""

    def hears(self, person: Person) -> bool:
        """Tell whether to take up a command, a press or words said to the bot; one call counts one.

        To be asked before anything is done for it, so that a flood costs the others nothing.
        """

    async def on_command(self, command: Command) -> None:
        """Answer a command; works without the database."""

    async def on_press(self, press: Press) -> None:
        """Answer a button, of this or an earlier process."""

    async def on_message(self, message: Message) -> None:
        """Judge a message; answer it if it was said to the bot. Edits come here too, under the same key."""

    async def on_membership(self, communities: Sequence[str], *, inside: bool) -> None:
        """Hear that the bot is in these communities (`Place.community`), or was removed from them.

        One that cannot be reached for now, as in an outage, is not left.
        """


class Adapter(Protocol):
    """What a platform offers the core; nothing else of it is known there."""

    @property
    def name(self) -> str:
        """The folder's name, equal to `Person.platform` of all it brings in."""

    async def run(self, handler: Handler) -> None:
        """Connect and feed the handler until cancelled.

        Must retry network trouble by itself, with back-off, for ever. Raises StartError when the
        platform refuses us in a way that only the operator can mend.
        """

    async def send_private(
        self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
    ) -> Receipt:
        """Show the screen to this person alone, by this road (any but NOTE).

        Must return UNREACHABLE for a road the platform does not have here, and must never let
        anybody else see any of it, whatever fails. Never raises for a refusal.

        With an `attempt`, must see to it that the screen is there once, as far as the platform lets
        it: by a key that the platform knows again, or by looking first. Where it can do neither, must
        return AMBIGUOUS and send nothing when `doubts` is 2 or more: nobody gets it three times.
        """

    async def send_note(self, place: Place, screen: Screen, attempt: Attempt | None = None) -> Receipt:
        """Post a neutral note, as a reply to nothing and without a notification sound.

        With an `attempt`, must see to it that it is there once. Where it cannot, must return AMBIGUOUS
        and post nothing when there are `doubts`: nobody would take the first one down.
        """

    async def remove(self, place: Place, posted: str) -> bool:
        """Delete a message in a shared place, a note or a member's; wait out network trouble.

        True when it is gone, by whomever; False when the platform refuses, or never came back.
        """


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `doctor`: what was looked at, and the mend when it is not `ok`."""

    ok: bool
    what: str
    mend: str = ""


class PlatformSection(BaseModel, extra="forbid", frozen=True):
    """A platform's part of the config file. Each adapter's `Section` adds its own keys."""


class Platform(Protocol):
    """What the module `adapters.<name>` offers the composition root."""

    Section: type[PlatformSection]

    def build(self, section: PlatformSection) -> Adapter:
        """Make the adapter; connects to nothing."""

    async def diagnose(self, section: PlatformSection) -> list[Finding]:
        """Connect once and say what is missing, each with its mend."""
