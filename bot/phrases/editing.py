"""How do moderators see and change the phrases of their community?

Menus and the command line call this alike. What is added is vetted first, and saved whole or not at all.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from bot.detection import Detector, Verdict
from bot.detection.commonest import commonest
from bot.detection.shipped import shipped
from bot.errors import QuietlineError
from bot.phrases.compiling import compiled
from bot.phrases.live import Community, Phrases
from bot.phrases.vetting import Proposal, Vetted, Vetting, concept_fault, tidy
from bot.storage import Store, StoredPhrase

# Others may edit between a look and a change; then it is looked again.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Editor:
    """The phrases of all communities. Every method raises StorageError while the database is down."""

    detector: Detector
    store: Store
    phrases: Phrases
    messages: Path
    today: Callable[[], date]

    def concepts(self) -> Mapping[str, str]:
        """Return the concepts to which phrases can be added, by name, with what each means."""
        return {name: one.means for name, one in shipped(self.messages).concepts.items()}

    def concept_fault(self, name: str) -> str | None:
        """Say what is wrong with the name of a concept; None when there is one of that name."""
        return concept_fault(name, self.concepts())

    async def listed(self, community: Community) -> Sequence[StoredPhrase]:
        """Return a community's phrases, the oldest first."""
        return (await self.store.phrases(community=self.phrases.keys(community))).phrases

    async def vet(self, community: Community, proposals: Sequence[Proposal]) -> Vetted:
        """Say what would come of adding these; nothing is saved."""
        return await self._vetted(await self._vetting(), await self.listed(community), proposals)

    async def add(self, community: Community, proposals: Sequence[Proposal]) -> Vetted:
        """Add these, all or none; they count for the community's next message."""
        vetting, keys = await self._vetting(), self.phrases.keys(community)
        for _ in range(_TRIES):
            stored = await self.store.phrases(community=keys)
            vetted = await self._vetted(vetting, stored.phrases, proposals)
            if not vetted.added:
                return vetted
            if await self.store.change_phrases(community=keys, stamp=stored.stamp, added=vetted.added):
                await self.phrases.renew(community)
                return vetted
        raise _busy()

    async def remove(
        self, community: Community, phrase: str | None, concept: str | None = None
    ) -> Sequence[StoredPhrase]:
        """Remove a phrase, of one concept or of all, or every phrase for None; return what is gone."""
        keys, wanted = self.phrases.keys(community), None if phrase is None else tidy(phrase).casefold()
        for _ in range(_TRIES):
            stored = await self.store.phrases(community=keys)
            gone = [
                one
                for one in stored.phrases
                if wanted in (None, one.phrase.casefold()) and concept in (None, one.concept)
            ]
            if not gone:
                return ()
            if await self.store.change_phrases(community=keys, stamp=stored.stamp, removed=gone):
                await self.phrases.renew(community)
                return gone
        raise _busy()

    async def test(self, community: Community, text: str) -> Verdict:
        """Say what the triggers make of a text in this community, and why."""
        return self.detector.explain(text, compiled(self.detector, await self.listed(community)))

    async def _vetting(self) -> Vetting:
        found = await asyncio.to_thread(shipped, self.messages)
        return Vetting(self.detector, found.concepts, found.examples(), partial(commonest, self.messages))

    async def _vetted(
        self, vetting: Vetting, present: Sequence[StoredPhrase], proposals: Sequence[Proposal]
    ) -> Vetted:
        # In a thread: messages must not wait for tenths of a second.
        return await asyncio.to_thread(vetting.vet, present, proposals, self.today())


def _busy() -> QuietlineError:
    return QuietlineError("others are changing the phrases of this community; try again in a moment")
