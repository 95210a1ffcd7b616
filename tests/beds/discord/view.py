"""What does a member see?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.beds.discord import rules
from tests.beds.discord.rules import Node
from tests.beds.discord.wire import Object, as_objects, as_text
from tests.beds.discord.world import (
    LOADING,
    SUPPRESS_NOTIFICATIONS,
    Channel,
    InteractionKind,
    Message,
    User,
    Version,
    World,
)

_MENTION = re.compile(r"<@!?(\d+)>")


@dataclass(frozen=True, slots=True)
class Button:
    """A button as shown; `url` is set on a link, `custom_id` on one that comes back to the bot.

    For an option of a list it is the option's value.
    """

    label: str
    custom_id: str = ""
    url: str = ""
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A message on a member's screen.

    `notice` is the small line above it ("sam used /help sextortion"). `only_you` holds for an
    ephemeral message. `pinged` holds when it notifies this member by name, `silent` when it makes no sound.
    """

    author: str
    text: str
    buttons: tuple[Button, ...]
    notice: str = ""
    only_you: bool = False
    pinged: bool = False
    silent: bool = False
    message: Message = field(repr=False, kw_only=True)

    @property
    def labels(self) -> tuple[str, ...]:
        """The buttons' labels, links too."""
        return tuple(button.label for button in self.buttons)

    def __str__(self) -> str:
        buttons = (f"[{button.label}]{button.url and f'({button.url})'}" for button in self.buttons)
        return "\n".join(
            line for line in (self.notice, f"{self.author}: {self.text}", " ".join(buttons)) if line
        )


@dataclass(frozen=True, slots=True)
class View:
    """What is on a member's screen, oldest first. `text` is all of it: notices, texts, labels, addresses."""

    items: tuple[Seen, ...]

    def __iter__(self) -> Iterator[Seen]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Seen:
        return self.items[index]

    @property
    def text(self) -> str:
        """Everything that can be read."""
        return "\n".join(str(seen) for seen in self.items)

    def __str__(self) -> str:
        return self.text


def present(world: World, user: User, channel: Channel) -> View:
    """Return what the person sees there now."""
    shown = (m for m in _visible(user, channel) if not m.deleted)
    return View(tuple(_seen(world, user, message, message.now) for message in shown))


def ever(world: World, user: User, channels: Iterable[Channel]) -> View:
    """Return all that the person could ever see there: deleted messages and every version of edited ones."""
    messages = (message for channel in channels for message in _visible(user, channel))
    return View(tuple(_seen(world, user, m, version) for m in messages for version in m.versions))


def sees(user: User, message: Message) -> bool:
    """Tell whether the message is on the person's screen."""
    return not message.deleted and message in _visible(user, message.channel)


def buttons(version: Version) -> tuple[Button, ...]:
    """Return a message's buttons, and in the place of a list its options, in reading order."""
    return tuple(each for node in rules.nodes(list(version.components)) for each in _pressable(node))


def _pressable(node: Node) -> Iterator[Button]:
    component = node.component
    if node.type == rules.BUTTON:
        yield Button(
            label=_label(component),
            custom_id=as_text(component.get("custom_id"), "custom_id"),
            url=as_text(component.get("url"), "url"),
            disabled=bool(component.get("disabled")),
        )
    if node.type == rules.STRING_SELECT:
        for option in as_objects(component.get("options"), "options"):
            yield Button(_label(option), as_text(option.get("value"), "value"))


def _visible(user: User, channel: Channel) -> list[Message]:
    if not channel.open_to(user):
        return []
    return [message for message in channel.messages if message.only_for in {None, user}]


def _seen(world: World, user: User, message: Message, version: Version) -> Seen:
    return Seen(
        author=message.author.name,
        text=_MENTION.sub(lambda found: _name(world, int(found[1])), _text(message, version)),
        buttons=buttons(version),
        notice=_notice(message),
        only_you=message.only_for is not None,
        pinged=user in message.pings,
        silent=bool(version.flags & SUPPRESS_NOTIFICATIONS),
        message=message,
    )


def _name(world: World, user_id: int) -> str:
    user = world.users.get(user_id)
    return f"@{user.name}" if user else "@unknown-user"


def _notice(message: Message) -> str:
    asked = message.answers
    if asked is not None and asked.kind is InteractionKind.COMMAND and asked.original is message:
        return f"{asked.user.name} used /{asked.name}"
    if message.reply_to is not None:
        return f"in reply to {message.reply_to.author.name}"
    return ""


def _text(message: Message, version: Version) -> str:
    if version.flags & LOADING:
        return f"{message.author.name} is thinking..."
    parts = [version.content]
    parts += [_component_text(node) for node in rules.nodes(list(version.components))]
    parts += [_embed_text(embed) for embed in version.embeds]
    parts += [file.filename for file in version.attachments]
    return "\n".join(part for part in parts if part)


def _component_text(node: Node) -> str:
    if node.type == rules.TEXT:
        return as_text(node.component.get("content"), "content")
    if node.type in rules.SELECTS:
        return as_text(node.component.get("placeholder"), "placeholder")
    return ""


def _embed_text(embed: Object) -> str:
    parts = [as_text(embed.get(key), key) for key in ("title", "description", "url")]
    for entry in as_objects(embed.get("fields"), "fields"):
        parts += [as_text(entry.get("name"), "name"), as_text(entry.get("value"), "value")]
    footer = embed.get("footer")
    parts.append(as_text(footer.get("text"), "footer") if isinstance(footer, dict) else "")
    return "\n".join(part for part in parts if part)


def _label(component: Object) -> str:
    emoji = component.get("emoji")
    picture = as_text(emoji.get("name"), "emoji") if isinstance(emoji, dict) else ""
    return " ".join(part for part in (picture, as_text(component.get("label"), "label")) if part)
