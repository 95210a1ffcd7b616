"""What was seen a moment ago?  Bounded, in memory only."""

from collections import OrderedDict


class Recent:
    """The newest `size` keys; older ones are forgotten."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._keys: OrderedDict[object, None] = OrderedDict()

    def add(self, key: object) -> bool:
        """Remember the key; False when it was known already."""
        if key in self._keys:
            self._keys.move_to_end(key)
            return False
        self._keys[key] = None
        if len(self._keys) > self._size:
            self._keys.popitem(last=False)
        return True
