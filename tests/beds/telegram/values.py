"""Who is there, and what can be seen?  The frozen values of the local Telegram."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Json: TypeAlias = dict[str, object]
GroupKind: TypeAlias = Literal["group", "supergroup", "channel"]
Status: TypeAlias = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

# The stand-ins that the Bot API names as sender for anonymous administrators, channels that write in
# a group, and posts forwarded from the linked channel.
ANONYMOUS_ADMIN, CHANNEL_BOT, SERVICE_CHAT = 1087968824, 136817688, 777000


@dataclass(frozen=True, slots=True)
class User:
    """An account. `modern` holds when its app knows ephemeral commands (since July 2026)."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "en"
    is_bot: bool = False
    modern: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """A basic group, supergroup or channel. `privacy` is the bot's privacy mode as it holds here."""

    id: int
    title: str
    kind: GroupKind = "supergroup"
    forum: bool = False
    privacy: bool = True


# A user as a place is the private chat between that user and the bot; its id is the user's.
Place: TypeAlias = Group | User


@dataclass(frozen=True, slots=True)
class Member:
    """What somebody is in a group; `rights` are names of the API such as `can_delete_messages`."""

    status: Status = "member"
    rights: frozenset[str] = frozenset()

    @property
    def present(self) -> bool:
        """True when they can read the group."""
        return self.status not in ("left", "kicked")

    @property
    def administers(self) -> bool:
        """True for the owner and for administrators."""
        return self.status in ("creator", "administrator")


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted range, counted in UTF-16 code units as the API counts."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None

    @property
    def end(self) -> int:
        """The first code unit behind the range."""
        return self.offset + self.length


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def utf16_slice(text: str, start: int, end: int) -> str:
    """Return the part between two UTF-16 offsets."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", errors="replace")


@dataclass(frozen=True, slots=True)
class Text:
    """A text after entity parsing."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    @property
    def spoilers(self) -> tuple[str, ...]:
        """The parts hidden until tapped."""
        hidden = (e for e in self.entities if e.type == "spoiler")
        return tuple(utf16_slice(self.text, e.offset, e.end) for e in hidden)

    @property
    def masked(self) -> str:
        """The text as a notification shows it: spoilers are blocks."""
        units = list(self.text.encode("utf-16-le"))
        for entity in self.entities:
            if entity.type == "spoiler":
                units[2 * entity.offset : 2 * entity.end] = list(("▒" * entity.length).encode("utf-16-le"))
        return bytes(units).decode("utf-16-le", errors="replace")


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: exactly one of `data`, `url`, `copies` is set."""

    label: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None


ShownKind: TypeAlias = Literal["message", "service", "toast", "alert", "link"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing on somebody's screen: a version of a message, or what answered their button.

    `toast`, `alert` and `link` are the answers to a pressed button; a link's `text` is its URL.
    `ephemeral_id` is set for messages that one member alone sees; their `message_id` is 0.
    """

    kind: ShownKind
    chat_id: int
    message_id: int
    body: Text
    from_bot: bool
    sender_id: int | None = None
    ephemeral_id: int | None = None
    rows: tuple[tuple[Button, ...], ...] = ()
    thread_id: int | None = None
    reply_to: int | None = None
    silent: bool = False
    link_preview: bool = True

    @property
    def text(self) -> str:
        """The words, without markup."""
        return self.body.text

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row by row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        """The buttons' labels."""
        return tuple(button.label for button in self.buttons)

    @property
    def words(self) -> str:
        """Everything readable or copyable in it: text, linked addresses, labels, button addresses."""
        hidden = (e.url or "" for e in self.body.entities)
        buttons = (part or "" for b in self.buttons for part in (b.label, b.url, b.copies))
        return "\n".join(part for part in (self.text, *hidden, *buttons) if part)
