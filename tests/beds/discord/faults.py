"""Which requests go wrong, and how?"""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TypeAlias

from tests.beds.discord.world import User


@dataclass(frozen=True, slots=True)
class Refuse:
    """Discord says no: an HTTP status and its JSON error code. Nothing happens."""

    status: int
    code: int
    message: str = "Refused by the test"


@dataclass(frozen=True, slots=True)
class RateLimited:
    """429. Without `via` it comes from Cloudflare, which discord.py does not retry.

    `shared`: others used the limit up, and it counts towards no ban.
    """

    retry_after: float
    via: bool = True
    everywhere: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class ServerError:
    """5xx, before or after the thing was done."""

    status: int = 500
    after_effect: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection breaks without an answer, before or after the thing was done."""

    after_effect: bool = False


@dataclass(frozen=True, slots=True)
class Slow:
    """The answer comes late by real seconds; the thing is done before or after the wait."""

    seconds: float
    after_effect: bool = True


Kind: TypeAlias = Refuse | RateLimited | ServerError | Drop | Slow


@dataclass(slots=True)
class Fault:
    """One thing to go wrong; `left` is how often still, `used` how often it did.

    `about` limits it to requests that concern this person: their interactions, their direct messages.
    """

    method: str
    path: str
    kind: Kind
    left: int
    about: User | None = None
    used: int = 0


@dataclass(slots=True)
class Faults:
    """The queue: the oldest fault that fits a request and is not used up takes it."""

    queue: list[Fault] = field(default_factory=list)

    def add(self, method: str, path: str, times: int, kind: Kind, about: User | None = None) -> Fault:
        """Queue a fault. `path` is a glob over the path below the base, such as `/channels/*/messages`."""
        fault = Fault(method, path, kind, times, about)
        self.queue.append(fault)
        return fault

    def take(self, method: str, path: str, about: User | None = None) -> Kind | None:
        """Return what goes wrong with this request, which concerns this person, and count it."""
        for fault in self.queue:
            if not fault.left or fault.about not in {None, about}:
                continue
            if fault.method in {"*", method} and fnmatchcase(path, fault.path):
                fault.left -= 1
                fault.used += 1
                return fault.kind
        return None
