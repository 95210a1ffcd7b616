"""Which commands, mentions and addresses does Telegram find in a text by itself?"""

import re
from dataclasses import replace

from tests.beds.telegram.values import Entity, Text, utf16_length

_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/@>])/\w{1,64}(?:@\w{3,32})?(?![\w/])", re.ASCII)),
    ("mention", re.compile(r"(?<!\w)@\w{3,32}\b", re.ASCII)),
    (
        "url",
        re.compile(r"(?<!\w)(?:https?://)?(?:[\w-]+\.)+[a-z]{2,12}(?:[/?#]\S*)?(?![\w@])", re.ASCII | re.I),
    ),
    ("email", re.compile(r"(?<!\w)[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,12}\b", re.ASCII | re.I)),
)
_OPAQUE = frozenset(("code", "pre", "text_link", "bot_command", "mention", "url", "email"))


def discover(text: Text) -> Text:
    """Add the ranges that no sender marked; none inside code, links or one another."""
    entities = list(text.entities)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text.text):
            start = utf16_length(text.text[: match.start()])
            found = Entity(kind, start, utf16_length(match[0]))
            if not any(e.type in _OPAQUE and e.offset < found.end and found.offset < e.end for e in entities):
                entities.append(found)
    return replace(text, entities=tuple(sorted(entities, key=lambda e: (e.offset, -e.length))))
