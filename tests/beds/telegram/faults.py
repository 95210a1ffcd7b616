"""What goes wrong on purpose?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tests.beds.telegram.params import Params
from tests.beds.telegram.refusals import Refusal, bad_request, flood, forbidden

FaultKind: TypeAlias = Literal[
    "forbidden",  # 403
    "bad_request",  # 400
    "flood",  # 429 with retry_after = seconds
    "server_error",  # 500 with the usual JSON
    "bad_gateway",  # 502 with a page of HTML
    "cut_before",  # the connection breaks, and nothing was done
    "cut_after",  # it was done, and the connection breaks before the answer
    "slow",  # it was done, and the answer comes seconds later
]
Where: TypeAlias = Callable[[Params], bool]


@dataclass(slots=True, eq=False)
class Fault:
    """One planned failure. `method` is in lower case, or `*`; `left` is None for one that lasts."""

    method: str
    kind: FaultKind
    left: int | None
    seconds: float
    reason: str
    chat_id: int | None
    where: Where | None

    def concerns(self, method: str, params: Params) -> bool:
        """Tell whether this request is to fail."""
        if self.method not in ("*", method):
            return False
        if self.chat_id is not None and params.text("chat_id") != str(self.chat_id):
            return False
        return self.where is None or self.where(params)

    def refusal(self) -> Refusal | None:
        """Return the answer of a fault that is an ordinary JSON one."""
        if self.kind == "forbidden":
            return forbidden(self.reason or "bot was blocked by the user")
        if self.kind == "bad_request":
            return bad_request(self.reason or "chat not found")
        if self.kind == "flood":
            return flood(max(1, round(self.seconds)))
        if self.kind == "server_error":
            return Refusal(500, f"Internal Server Error: {self.reason or 'sync failed'}")
        return None


class Faults:
    """The failures still to come, in the order they were planned."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        """Add a failure."""
        self._planned.append(fault)

    def heal(self) -> None:
        """Forget all of them."""
        self._planned.clear()

    def next(self, method: str, params: Params) -> Fault | None:
        """Return the failure for this request and count it down."""
        fault = next((f for f in self._planned if f.concerns(method, params)), None)
        if fault is not None and fault.left is not None:
            fault.left -= 1
            if fault.left == 0:
                self._planned.remove(fault)
        return fault
