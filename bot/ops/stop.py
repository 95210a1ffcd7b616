"""When is the bot told to stop?  By SIGINT, SIGTERM, or Ctrl-Break on Windows."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

_SIGNALS = [signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]


async def wait_for_stop() -> None:
    """Return when the operator or the system wants the process to end; call it in the main thread.

    A second signal after that does what it did before, so that a stop that hangs can be broken off.
    """
    stop = asyncio.Event()
    with ExitStack() as handlers:
        for number in _SIGNALS:
            handlers.enter_context(_handled(number, stop))
        await stop.wait()


@contextmanager
def _handled(number: signal.Signals, stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    before = signal.getsignal(number)
    try:
        loop.add_signal_handler(number, stop.set)
    except NotImplementedError:  # on Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    try:
        yield
    finally:
        with suppress(NotImplementedError):
            loop.remove_signal_handler(number)
        signal.signal(number, before)
