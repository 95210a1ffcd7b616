"""What does an answer hang on, beyond person and place?  The adapter's own part of an `Origin`.

A message and a command in a private chat need none.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Query:
    """A pressed button; it spins on the person's screen until it is answered, which works once."""

    id: str = field(repr=False)
    answered: bool = False


@dataclass(frozen=True, slots=True)
class PublicCommand:
    """A command that the whole group can read."""

    message: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class EphemeralCommand:
    """A command in a group that nobody but its writer and the bot can see; 15 s to answer."""

    ephemeral: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrivatePress:
    """A button of one of our messages in the private chat."""

    query: Query
    message: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class EphemeralPress:
    """A button of an ephemeral message of ours."""

    query: Query
    ephemeral: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotePress:
    """A button of a note that everyone in the group sees; 15 s to answer."""

    query: Query
