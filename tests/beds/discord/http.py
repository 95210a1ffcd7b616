"""What is a request to the bed, and what an answer?"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.beds.discord.wire import Json, Object, as_object


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    filename: str
    size: int


@dataclass(eq=False, slots=True)
class Call:
    """One request, as logged. `path` is below the base; `route` is its pattern as Discord's schema names it.

    `status` is what was answered, None when the connection was dropped instead. `shared` holds for a 429
    that is not the bot's doing.
    """

    method: str
    path: str
    route: str
    body: Json = None
    files: tuple[Upload, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None
    shared: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status or 'dropped'}"

    def id(self, name: str) -> int:
        """Return a snowflake from the path; -1, which is nobody's id, for anything else."""
        text = self.params[name]
        return int(text) if text.isascii() and text.isdigit() else -1

    @property
    def object(self) -> Object:
        """The body, which must be an object; an absent one is empty."""
        return {} if self.body is None else as_object(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer; without a body it is a 204."""

    body: Json = None
    status: int = 200


Respond: TypeAlias = Callable[[Call], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Route:
    """One route. An interaction's own routes carry their token in the path, and count towards no limit."""

    method: str
    path: str
    respond: Respond
    interaction: bool = False
