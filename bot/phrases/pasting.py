"""Which phrases stand in what a moderator pasted?

One a line, or several separated by commas, as Discord's AutoMod lists them. A comma between braces, or in a
regular expression between slashes, separates nothing.
"""

import re
from collections.abc import Iterator

_PHRASE = re.compile(
    r"""\s*(?:
        (?P<regex> /.{1,1000}?/ (?=\s*(?:,|$)) )
      | "(?P<quoted> [^"]* )" (?=\s*(?:,|$))
      | (?P<plain> (?: \{[^{}]*\} | [^,] )* )
    )\s*(?:,|$)""",
    re.VERBOSE,
)


def phrases(text: str) -> Iterator[tuple[int, str]]:
    """Yield every phrase with its line, from 1; linear in the text."""
    for number, line in enumerate(text.splitlines(), start=1):
        for phrase in _of_line(line):
            yield number, phrase


def _of_line(line: str) -> Iterator[str]:
    at = 0
    while at < len(line):
        found = _PHRASE.match(line, at)
        if found is None:  # never: each character fits the last of the three
            return
        phrase = next(filter(None, map(str.strip, filter(None, found.groups()))), "")
        if phrase:
            yield phrase
        at = found.end()
