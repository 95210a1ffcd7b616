"""What did a member write themselves in a message of an export?"""

import re

# The bot never judges these: what bots and channels write, what was forwarded or posted by the platform
# itself, and the code and quotes inside a message.
_NOT_OWN_WORDS = frozenset({"pre", "code", "blockquote"})
_BY_MEMBERS = frozenset({"Default", "Reply"})
_MARKDOWN = re.compile(r"```.*?```|``.+?``|`[^`]+`|^ *>>> .*\Z|^ *> .*$", re.DOTALL | re.MULTILINE)


def own_words(message: dict[str, object]) -> str:
    """Return the text that the bot would judge; empty for bots, channels, forwards and system messages."""
    return _markdown(message) if "content" in message else _parts(message)


def _markdown(message: dict[str, object]) -> str:
    """A message of DiscordChatExporter: its text is Markdown."""
    author, content = message.get("author"), message.get("content")
    by_bot = isinstance(author, dict) and author.get("isBot") is True
    if by_bot or message.get("type", "Default") not in _BY_MEMBERS or not isinstance(content, str):
        return ""
    return _MARKDOWN.sub(" ", content)


def _parts(message: dict[str, object]) -> str:
    """A message of Telegram Desktop: its text is a string or a list of parts.

    Where the name of a forward's author is unknown, it is null. Old exports number people without "user".
    """
    by_chat = str(message.get("from_id")).startswith(("channel", "chat"))
    if by_chat or "forwarded_from" in message or message.get("via_bot"):
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
