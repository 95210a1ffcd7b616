"""What does a typed line mean?"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Say:
    """A message to the group."""

    text: str


@dataclass(frozen=True, slots=True)
class Slash:
    """`/name argument`."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Push:
    """`!press LABEL-or-ID`: a button of the newest message that has it."""

    target: str


@dataclass(frozen=True, slots=True)
class Become:
    """`!as NAME`: the next lines are another member's."""

    name: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something with `!` that is none of these."""


Line: TypeAlias = Say | Slash | Push | Become | Unclear


def parse(line: str) -> Line | None:
    """Return what the line means; None for an empty one."""
    text = line.strip().lstrip("\ufeff")  # some editors begin a file with it
    word, _, rest = text.partition(" ")
    rest = rest.strip()
    if not text:
        return None
    if word.startswith("/"):
        return Slash(word[1:].casefold(), rest)
    if not word.startswith("!"):
        return Say(text)
    if word == "!press" and rest:
        return Push(rest)
    if word == "!as" and rest:
        return Become(rest)
    return Unclear()
