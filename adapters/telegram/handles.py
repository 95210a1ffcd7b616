"""What does an answer hang on, beyond person and place?  The adapter's own part of an `Origin`.

What nobody asked for has none.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Doubts:
    """How many messages have begun of which Telegram never told whether they arrived; `most` is the limit."""

    most: int = 2
    count: int = 0

    @property
    def open(self) -> bool:
        """Whether one more may begin."""
        return self.count < self.most


@dataclass(slots=True)
class Query:
    """A pressed button; it spins on the person's screen until it is answered, which works once."""

    id: str = field(repr=False)
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody did that is to be answered; its doubts are kept through all attempts at the answer.

    `private` are of first lines in the private chat, `starts` of what says nothing yet.
    """

    private: Doubts = field(default_factory=Doubts, compare=False, kw_only=True)
    starts: Doubts = field(default_factory=Doubts, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Words(Asked):
    """A message said to the bot, or a command in its private chat."""


@dataclass(frozen=True, slots=True)
class PublicCommand(Asked):
    """A command that the whole group can read."""

    message: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class EphemeralCommand(Asked):
    """A command in a group that nobody but its writer and the bot can see; 15 s to answer."""

    ephemeral: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrivatePress(Asked):
    """A button of one of our messages in the private chat."""

    query: Query
    message: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class EphemeralPress(Asked):
    """A button of an ephemeral message of ours."""

    query: Query
    ephemeral: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotePress(Asked):
    """A button of a note that everyone in the group sees; 15 s to answer."""

    query: Query
