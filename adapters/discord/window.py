"""How many things happened lately, and when is there room for one more?"""

from collections import deque


class Window:
    """Things within the last so many seconds; remembers no more than `limit` of them."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._seconds = seconds
        self._times: deque[float] = deque(maxlen=limit)

    def add(self, now: float) -> None:
        """Count one that happens now."""
        self._times.append(now)

    def count(self, now: float) -> int:
        """How many there were; `limit` stands for that and more."""
        return sum(time > now - self._seconds for time in self._times)

    def wait(self, now: float) -> float:
        """Seconds until there are fewer than `limit`; 0 when that is so now."""
        if self._times.maxlen == 0:
            return self._seconds
        if len(self._times) != self._times.maxlen:
            return 0.0
        return max(0.0, self._times[0] + self._seconds - now)
