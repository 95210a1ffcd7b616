"""How does a transaction that has begun come to its end although its caller is cancelled?"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def unbroken(method: Callable[P, Coroutine[object, object, T]]) -> Callable[P, Awaitable[T]]:
    """Let the method finish before the caller's cancellation goes on.

    A cancelled query costs the whole connection, and the driver's thread may outlive the event loop. A
    transaction takes milliseconds; the drivers' own time limits bound it.
    """

    @wraps(method)
    async def finished(*args: P.args, **kwargs: P.kwargs) -> T:
        work = asyncio.create_task(method(*args, **kwargs))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            await asyncio.wait({work})
            if not work.cancelled():
                work.exception()  # looked at, so that it is not reported as lost
            raise

    return finished
