"""Has something happened so often lately that it must not happen again?"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta


class Windows:
    """How often something happened within the last `lasting`, for each of the newest `keys` keys."""

    def __init__(self, most: int, lasting: timedelta, keys: int) -> None:
        self._most = most
        self._lasting = lasting
        self._keys = keys
        self._moments: OrderedDict[str, deque[datetime]] = OrderedDict()

    def is_full(self, key: str, now: datetime) -> bool:
        """Tell whether it has happened `most` times within that time."""
        moments = self._moments.get(key)
        if moments is None or len(moments) < self._most:
            return False
        # Not below zero: a clock that was set back must shut nobody out.
        return timedelta() <= now - moments[0] < self._lasting

    def add(self, key: str, now: datetime) -> None:
        """Count one that happens now."""
        moments = self._moments.setdefault(key, deque(maxlen=self._most))
        moments.append(now)
        self._moments.move_to_end(key)
        if len(self._moments) > self._keys:
            self._moments.popitem(last=False)

    def take_back(self, key: str, moment: datetime) -> None:
        """Uncount one, which did not happen after all."""
        if moment in (moments := self._moments.get(key, deque())):
            moments.remove(moment)

    def forget(self, key: str) -> None:
        """Count from nothing again."""
        self._moments.pop(key, None)

    def sweep(self, now: datetime) -> None:
        """Drop the keys for which nothing has happened within that time."""
        for key, moments in list(self._moments.items()):
            if not moments or now - moments[-1] >= self._lasting:
                del self._moments[key]
