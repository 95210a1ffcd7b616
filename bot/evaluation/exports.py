"""Where are the messages in the history a chat program exports?"""

import re
from collections.abc import Iterator

from bot.evaluation.records import BadLine, Record

# The bot never judges these: what bots and channels write, what was forwarded or posted by the platform
# itself, and the code and quotes inside a message.
_NOT_OWN_WORDS = frozenset({"pre", "code", "blockquote"})
_BY_MEMBERS = frozenset({"Default", "Reply"})
_MARKDOWN = re.compile(r"```.*?```|``.+?``|`[^`]+`|^ *>>> .*\Z|^ *> .*$", re.DOTALL | re.MULTILINE)


def messages_of(document: object) -> list[object] | None:
    """Return the messages of a DiscordChatExporter file or a Telegram Desktop `result.json`; None for others.

    An export of one chat has them at the top, one of a whole account under `chats.list`.
    """
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("messages"), list):
        return list(document["messages"])
    chats = document.get("chats")
    listed = chats.get("list") if isinstance(chats, dict) else None
    if not isinstance(listed, list):
        return None
    return [message for chat in listed if isinstance(chat, dict) for message in chat.get("messages") or []]


def records(messages: list[object]) -> Iterator[Record | BadLine]:
    """Yield one record for every message, those without words of a person with an empty text."""
    for number, message in enumerate(messages, 1):
        if isinstance(message, dict):
            yield Record(number, _text(message))
        else:
            yield BadLine(number, "is no message object; export the chat again")


def _text(message: dict[str, object]) -> str:
    return _markdown(message) if "content" in message else _parts(message)


def _markdown(message: dict[str, object]) -> str:
    """A message of DiscordChatExporter: its text is Markdown."""
    author, content = message.get("author"), message.get("content")
    by_bot = isinstance(author, dict) and author.get("isBot") is True
    if by_bot or message.get("type", "Default") not in _BY_MEMBERS or not isinstance(content, str):
        return ""
    return _MARKDOWN.sub(" ", content)


def _parts(message: dict[str, object]) -> str:
    """A message of Telegram Desktop: its text is a string or a list of parts."""
    by_member = str(message.get("from_id", "user")).startswith("user")
    if not by_member or message.get("forwarded_from") or message.get("via_bot"):
        return ""
    text = message.get("text", "")
    if isinstance(text, str):
        return text
    return "".join(_part(part) for part in text) if isinstance(text, list) else ""


def _part(part: object) -> str:
    """A piece of a formatted text: plain, or an object with its kind and text."""
    if isinstance(part, str):
        return part
    if not isinstance(part, dict) or part.get("type") in _NOT_OWN_WORDS:
        return " "
    text = part.get("text")
    return text if isinstance(text, str) else " "
