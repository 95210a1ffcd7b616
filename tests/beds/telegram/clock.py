"""What time is it?  The machine's time plus what a test has let pass."""

import time


class Clock:
    """Telegram's clock: it runs, and a test can move it forward."""

    def __init__(self) -> None:
        self._moved = 0.0

    def now(self) -> float:
        """Return seconds since the epoch."""
        return time.time() + self._moved

    def advance(self, seconds: float) -> None:
        """Let time pass at once."""
        self._moved += seconds
