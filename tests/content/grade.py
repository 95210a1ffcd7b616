"""How many years of school does a text ask for?"""

import re
import sys
from unittest.mock import patch

# It prefers RE2 where that is installed, and then fails: RE2 has no look-ahead.
with patch.dict(sys.modules, {"re2": None}):
    import readability  # type: ignore[import-untyped]  # ships no types


def kincaid(paragraphs: list[str]) -> float:
    """Flesch-Kincaid grade; the library wants a sentence a line and spaces between tokens."""
    sentences = [one for text in paragraphs for one in re.split(r"(?<=[.?!])\s+", text)]
    tokenised = "\n".join(" ".join(re.findall(r"[\w'-]+|[^\w\s]", sentence)) for sentence in sentences)
    return float(readability.getmeasures(tokenised, lang="en")["readability grades"]["Kincaid"])
