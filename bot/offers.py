"""Is this person to be offered help nobody asked for, and did it reach them?"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.config import Defaults
from bot.delivery.notes import Notes
from bot.delivery.roads import OFFER_RETRIES, Roads
from bot.detection import Detector
from bot.errors import StorageError
from bot.guide import Guide
from bot.memory import Recent
from bot.model import Message, Outcome, Person
from bot.ops.metrics import Metrics
from bot.policy import Decision, Offer, Reason, Silence, decide, offer_cooldown, roads_for_offer
from bot.privacy import Pseudonyms
from bot.storage import Claim, Store

log = structlog.get_logger()

REFUSALS = {Claim.COOLDOWN: Reason.COOLDOWN, Claim.OPTED_OUT: Reason.OPTED_OUT}


@dataclass(frozen=True, slots=True)
class Offers:
    """Offers of one adapter: judge, claim, deliver, and give the claim back when nothing arrived."""

    platform: str
    guide: Guide
    detector: Detector
    store: Store
    pseudonyms: Pseudonyms
    roads: Roads
    notes: Notes
    metrics: Metrics
    defaults: Defaults
    now: Callable[[], datetime]
    # Each version of a message is judged once: platforms send edits for link previews, too.
    judged: Recent = field(default_factory=lambda: Recent(10_000))
    # Opt-outs that the database has not taken yet.
    unsaved: set[str] = field(default_factory=set)

    async def consider(self, message: Message) -> None:
        """Judge a message, and offer its writer help when a rule fires."""
        if not self.judged.add((message.key, hash(message.text))):
            return
        verdict = self.detector.judge(message.text)
        if not verdict.fired or verdict.topic is None or verdict.rule is None:
            return
        self.metrics.match(self.platform, verdict.topic)
        decision = decide(verdict.topic, verdict.rule, self.defaults.triggers, message.sent_at, self.now())
        if isinstance(decision, Offer):
            decision = await self._claim(message, decision)
        await self._record(verdict.topic, verdict.rule, decision)
        if isinstance(decision, Offer):
            await self._deliver(message)

    async def opt_out(self, person: Person) -> bool:
        """Never offer this person help again. False when it holds for this process only."""
        key = self._optout_key(person)
        try:
            await self.store.opt_out(optout=key, now=self.now())
        except StorageError:
            self.unsaved.add(key)
            return False
        return True

    async def _claim(self, message: Message, offer: Offer) -> Decision:
        optout = self._optout_key(message.origin.person)
        if optout in self.unsaved:
            if await self.opt_out(message.origin.person):
                self.unsaved.discard(optout)
            return Silence(Reason.OPTED_OUT)
        now = self.now()
        try:
            claim = await self.store.claim_offer(
                optout=optout, cooldown=self._cooldown_key(message), now=now, lasting=offer_cooldown(now)
            )
        except StorageError:
            # Whoever said "never again" must not hear from us because a disk is full.
            return Silence(Reason.NO_DATABASE)
        return offer if claim is Claim.GRANTED else Silence(REFUSALS[claim])

    async def _deliver(self, message: Message) -> None:
        country = self.defaults.country
        locale = message.origin.person.locale or self.defaults.language
        offer = self.guide.screen("offer", locale, country)
        outcome = await self.roads.walk(message.origin, offer, roads_for_offer(), OFFER_RETRIES)
        if outcome is not Outcome.UNREACHABLE:
            return
        note = self.guide.screen("note", self.defaults.language, country)
        if not self.notes.later(message.origin.place, note):
            await self._release(message)

    async def _release(self, message: Message) -> None:
        with suppress(StorageError):  # then the cool-down stays
            await self.store.release_offer(cooldown=self._cooldown_key(message))

    async def _record(self, topic: str, rule: str, decision: Decision) -> None:
        outcome = "offered" if isinstance(decision, Offer) else decision.reason.value
        log.info("trigger", platform=self.platform, rule=rule, outcome=outcome)
        today = self.now().date()
        with suppress(StorageError):  # a number less
            await self.store.count(
                day=today, platform=self.platform, topic=topic, surface="trigger", outcome=outcome
            )

    def _optout_key(self, person: Person) -> str:
        return self.pseudonyms.key("optout", person.platform, person.id)

    def _cooldown_key(self, message: Message) -> str:
        person, place = message.origin.person, message.origin.place
        return self.pseudonyms.key("cooldown", person.platform, person.id, place.community or place.id)
