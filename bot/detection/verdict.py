"""What was made of one text, and why?"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """A concept that stands in the text: the pack's word for it, written out, and the author's own."""

    concept: str
    term: str
    quote: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether help would be offered to the writer.

    `topic` is the id of the screen to offer; None when silent. `rule` is the rule that fired, or the
    one that came nearest, or None when nothing of any rule was there; `language` is that of its words.
    `explanation` is one line for
    a moderator and quotes the author; it is hidden from `repr`, so that no log can show it.
    """

    fired: bool
    topic: str | None
    rule: str | None
    language: str | None
    score: int
    threshold: int
    concepts: tuple[Found, ...]
    explanation: str = field(repr=False)


SILENT = Verdict(False, None, None, None, 0, 0, (), "silent; `explain` says why")
