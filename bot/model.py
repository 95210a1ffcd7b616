"""What are the words?  The frozen values that the core and the adapters share."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

# Everything that people wrote or that points to them is hidden from `repr`, so that no log or
# traceback can show it by accident.


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a platform.

    `locale` (BCP 47) is their client's language, or else their community's, if the platform tells.
    """

    platform: str
    id: str = field(repr=False)
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written. `private` holds when only the person and the bot can read it.

    `community` is the server or group; None in a private chat and where the bot is no member.
    """

    platform: str
    id: str = field(repr=False)
    private: bool
    community: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Origin:
    """Who did something, and where. `handle` is the adapter's own object; the core passes it back.

    `seen` holds when others could see them do it: a message in a shared place, not a slash command.
    """

    person: Person
    place: Place
    handle: object | None = field(default=None, repr=False, compare=False)
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command: `/help sextortion` has the name `help` and the argument `sextortion`.

    `sent_at` is the platform's time (aware), not the arrival. `country` is what stood in an option of that
    name: a code that was suggested, or anything else somebody typed.
    """

    origin: Origin
    name: str
    sent_at: datetime
    argument: str = field(default="", repr=False)
    country: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed; `button` is the id it was sent with, or anything a forger made of it."""

    origin: Origin
    button: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A text by a human member; `text` is what they wrote themselves, without code blocks and quotes.

    `key` is the same for a message and its edits. `addressed` holds when it was said to the bot: in
    its private chat, or by mentioning it. `sent_at` is the platform's time (aware), not the arrival.
    `picture` holds when a picture, a film or another file came with it; nothing more of that is known.
    `posted` names it for `Adapter.remove`; empty where the bot could never delete it.
    """

    origin: Origin
    key: str = field(repr=False)
    text: str = field(repr=False)
    sent_at: datetime
    addressed: bool = False
    picture: bool = False
    posted: str = field(default="", repr=False)


# What is said. Texts carry one kind of markup only, **bold**; adapters make everything else inert.


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Steps:
    """Things to do, in order; adapters number them."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to copy and send to somebody."""

    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A service: what it does and how to reach it. `contacts` are (label, value): ("Phone", "116 123")."""

    name: str
    summary: str
    url: str | None = None
    contacts: tuple[tuple[str, str], ...] = ()
    note: str = ""


Block: TypeAlias = Paragraph | Steps | Quote | Card


@dataclass(frozen=True, slots=True)
class Button:
    """A press that comes back to us as `Press(button=id)`: 1 to 64 bytes; names no person."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page outside; the platform handles it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to pick one of at most 24 buttons from; the pick comes back as if that one had been pressed.

    `label` says what for. Where a platform has no lists, the buttons stand there themselves.
    """

    label: str
    options: tuple[Button, ...]


Action: TypeAlias = Button | Link | Menu


@dataclass(frozen=True, slots=True)
class Screen:
    """One answer, before any platform's markup.

    `preview` is the first line and safe on a lock screen. `veiled` is set in messages nobody asked
    for: nothing but `preview` and the labels may then show in a notification; the adapter keeps the
    blocks under its platform's spoiler, or leaves them out (an action leads to them). `link` opens the
    screen from outside, where a platform has such links: at most 64 letters, digits, `_` and `-`.
    `clears` asks that all else the bot has sent to this person here is taken away, as far as it can be.
    """

    id: str
    preview: str
    blocks: tuple[Block, ...] = ()
    actions: tuple[Action, ...] = ()
    veiled: bool = False
    link: str = ""
    clears: bool = False

    @property
    def buttons(self) -> tuple[Button | Link, ...]:
        """The actions, with its options in the place of each menu."""
        return tuple(
            one
            for action in self.actions
            for one in (action.options if isinstance(action, Menu) else (action,))
        )


class Road(StrEnum):
    """A way to a person. All but NOTE are seen by that person alone, or fail."""

    ANSWER = "answer"  # in reply to their command, press or private message, where they did it
    DIRECT = "direct"  # a direct message in their private chat with the bot
    EPHEMERAL = "ephemeral"  # in the shared place, unasked, visible to them alone
    NOTE = "note"  # a neutral note in the shared place: everyone sees it, it is about nobody


@dataclass(frozen=True, slots=True)
class Attempt:
    """One of several attempts, by this process or later ones, at something that is to be there once.

    `key` is the same in each: at most 20 letters and digits. `doubts` of the earlier ones may have
    arrived; the first of those began at `since` or later.
    """

    key: str
    since: datetime
    doubts: int = 0


class Outcome(StrEnum):
    """How an attempt ended."""

    DELIVERED = "delivered"
    UNREACHABLE = "unreachable"  # this road does not lead to this person; another may
    THROTTLED = "throttled"  # not sent; the platform wants us to wait
    FAILED = "failed"  # surely not sent
    AMBIGUOUS = "ambiguous"  # may have been sent: the connection broke after the request


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one attempt. `note` names a posted note, for `Adapter.remove`.

    `retry_after` of a year or more: the platform names no end, and only the operator can act.
    """

    outcome: Outcome
    retry_after: timedelta | None = None
    note: str | None = field(default=None, repr=False)
