"""Which parts of a message are words its author wrote?"""

import re

# Neither platform lets a member write more (Telegram 4,096; Discord 2,000, or 4,000 with Nitro).
LONGEST = 4096

# Links; custom emoji, mentions and timestamps as the platforms write them; plain mentions.
_NOT_WORDS = re.compile(
    r"(?=[hw<@])(?:(?:https?://|www\.)\S+"
    r"|<(?:a?:\w{1,40}:|@[!&]?|\#|/[\w -]{1,80}:|id:|t:-?)\d*[^<>\s]{0,12}>"
    r"|(?<![\w@$])@\w{2,40})"  # "n@@kt" and "$@ve" name nobody
)


def clean(text: str) -> str:
    """Return the first LONGEST characters with links, mentions and custom emoji blanked.

    They become spaces of the same length, so an index means the same in both.
    """
    text = text[:LONGEST]
    if "@" not in text and "<" not in text and "://" not in text and "www." not in text:
        return text
    return _NOT_WORDS.sub(lambda found: " " * len(found[0]), text)
