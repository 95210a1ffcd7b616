"""Which phrases of its community's own count for a message?

What a community has is loaded when its first message comes, and held in memory. An edit in this process
counts from the next message on, one in another process within half a minute.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.detection import Detector
from bot.detection.overlay import Overlay
from bot.errors import StorageError
from bot.model import Place
from bot.phrases.compiling import compiled
from bot.privacy import PHRASES, Pseudonyms
from bot.storage import NO_PHRASES, Keys, Stamp, Store, StoredPhrases

# Those used last stay. The others of a large host have no phrases, and take 400 bytes each.
MOST_OVERLAYS = 1_000
MOST_WITHOUT = 50_000
# A message waits no longer for phrases than this; it is judged without them then.
FIRST_SECONDS = 0.25
# A database that does not answer must not gather tasks.
MOST_LOADING = 50
REFRESH_SECONDS = 30.0


class Community(NamedTuple):
    """A server or group, as its platform names it."""

    platform: str
    id: str

    def __repr__(self) -> str:
        return f"Community({self.platform})"


@dataclass(frozen=True, slots=True)
class _Held:
    key: str
    stamp: Stamp
    overlay: Overlay | None


@dataclass(slots=True)
class _Load:
    """A load under way, for which messages wait until `until` (the event loop's clock)."""

    until: float
    task: asyncio.Task[None] | None = None


@dataclass(slots=True)
class Phrases:
    """The phrases of all communities. While the database is down those that are not held do not count."""

    detector: Detector
    store: Store
    pseudonyms: Pseudonyms
    _overlays: OrderedDict[Community, _Held] = field(default_factory=OrderedDict)
    _without: OrderedDict[Community, str] = field(default_factory=OrderedDict)
    _by_key: dict[str, Community] = field(default_factory=dict)
    _loading: dict[Community, _Load] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _down: bool = False
    _newest: int = 0

    async def overlay(self, place: Place) -> Overlay | None:
        """Return what the community of this place has; None when that is nothing, or not known in time."""
        community = Community(place.platform, place.community or place.id)
        if community in self._without:
            return None
        if community not in self._overlays:
            await self._first(community)
        held = self._overlays.get(community)
        if held is None:
            return None
        self._overlays.move_to_end(community)
        return held.overlay

    def keys(self, community: Community) -> Keys:
        """The names under which the database may have a community's phrases."""
        return self.pseudonyms.keys(PHRASES, community.platform, community.id)

    def forget(self, community: Community) -> None:
        """Let go of what is held of a community; a later message has it loaded again."""
        self._loading.pop(community, None)
        self._drop(community)

    async def renew(self, community: Community) -> None:
        """Take up an edit that this process has saved: it counts for the next message."""
        await self._finish(self._begin(community))

    async def refresh(self) -> None:
        """Take up what other processes have saved."""
        self._down = False
        watched = {held.key: community for community, held in self._overlays.items()}
        try:
            news = await self.store.phrase_news(communities=watched, since=self._newest)
        except StorageError:
            self._down = True
            return
        self._newest = news.newest
        changed = {
            community
            for key, community in watched.items()
            if community in self._overlays
            and self._overlays[community].stamp != news.stamps.get(key, NO_PHRASES)
        }
        for key in news.added_to:
            added_to = self._by_key.get(key)
            if added_to is not None and added_to not in self._overlays:
                changed.add(added_to)
        for community in changed:
            await self._finish(self._begin(community))

    async def keep_fresh(self, sleep: Callable[[float], Awaitable[None]]) -> None:
        """Refresh, for ever."""
        while True:
            await sleep(REFRESH_SECONDS)
            await self.refresh()

    async def stop(self) -> None:
        """End what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _first(self, community: Community) -> None:
        load = self._loading.get(community)
        if load is None:
            if self._down or len(self._tasks) >= MOST_LOADING:
                return
            load = self._begin(community)
        left = load.until - asyncio.get_running_loop().time()
        if load.task and left > 0:
            await asyncio.wait({load.task}, timeout=left)

    def _begin(self, community: Community) -> _Load:
        """Start a load; one that was under way no longer matters."""
        load = self._loading[community] = _Load(asyncio.get_running_loop().time() + FIRST_SECONDS)
        load.task = asyncio.create_task(self._load(community, load))
        self._tasks.add(load.task)
        load.task.add_done_callback(self._tasks.discard)
        return load

    async def _finish(self, load: _Load) -> None:
        if load.task:
            await asyncio.wait({load.task})

    async def _load(self, community: Community, load: _Load) -> None:
        keys = self.keys(community)
        key = keys[0]
        self._by_key[key] = community  # before the query, so that `refresh` hears of what is added meanwhile
        try:
            stored = await self.store.phrases(community=keys)
            if self._loading.get(community) is load:
                self._hold(community, key, stored)
        except StorageError:
            self._down = True
        finally:
            if self._loading.get(community) is load:
                del self._loading[community]
            if community not in self._overlays and community not in self._without:
                self._by_key.pop(key, None)

    def _hold(self, community: Community, key: str, stored: StoredPhrases) -> None:
        self._drop(community)
        self._by_key[key] = community
        if stored.phrases:
            overlay = compiled(self.detector, stored.phrases)
            self._overlays[community] = _Held(key, stored.stamp, overlay)
        else:
            self._without[community] = key
        if len(self._overlays) > MOST_OVERLAYS:
            self._drop(next(iter(self._overlays)))
        if len(self._without) > MOST_WITHOUT:
            self._drop(next(iter(self._without)))

    def _drop(self, community: Community) -> None:
        held = self._overlays.pop(community, None)
        key = held.key if held else self._without.pop(community, None)
        if key is not None:
            self._by_key.pop(key, None)
