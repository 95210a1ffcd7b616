"""Is this person to be offered help nobody asked for, and did it reach them?"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog

from bot.config import Defaults
from bot.delivery.notes import Notes
from bot.delivery.roads import OFFERED, Roads
from bot.detection import Conversations, Detector, Verdict
from bot.detection.overlay import Overlay
from bot.errors import StorageError
from bot.guide import Guide
from bot.model import Message, Outcome, Person
from bot.ops.metrics import Metrics
from bot.phrases import Phrases
from bot.policy import Decision, Offer, Reason, Silence, decide, offer_cooldown, roads_for_offer
from bot.privacy import COOLDOWN, OPTOUT, Pseudonyms
from bot.storage import Claim, Store
from bot.takeback import Tickets

log = structlog.get_logger()

# How long somebody who says "never again" or "forget me" may wait for the database. Platforms wait three
# seconds for us.
SAVING_SECONDS = 1.5
REFUSALS = {Claim.COOLDOWN: Reason.COOLDOWN, Claim.OPTED_OUT: Reason.OPTED_OUT}


@dataclass(frozen=True, slots=True)
class Offers:
    """Offers of one adapter: judge, claim, deliver, and give the claim back when nothing arrived."""

    platform: str
    guide: Guide
    detector: Detector
    phrases: Phrases
    store: Store
    pseudonyms: Pseudonyms
    roads: Roads
    notes: Notes
    tickets: Tickets
    metrics: Metrics
    defaults: Defaults
    now: Callable[[], datetime]
    # Opt-outs that the database has not taken yet; they hold all the same.
    unsaved: set[str] = field(default_factory=set)
    conversations: Conversations = field(default_factory=Conversations)
    # One at a time, so that what a person wanted last is what stays.
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tally: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def consider(self, message: Message) -> None:
        """Judge a message, and offer its writer help when a rule fires."""
        verdict = self._judge(message, await self.phrases.overlay(message.origin.place))
        if not verdict.fired or verdict.topic is None or verdict.rule is None:
            return
        self.metrics.match(self.platform, verdict.topic)
        decision = decide(verdict.topic, verdict.rule, self.defaults.triggers, message.sent_at, self.now())
        if isinstance(decision, Offer):
            decision = await self._claim(message, decision)
        match decision:
            case Offer(topic=topic):
                outcome = await self._deliver(message, topic)
            case Silence(reason=reason):
                outcome = reason.value
        await self._record(verdict.topic, verdict.rule, outcome)

    def _judge(self, message: Message, own: Overlay | None) -> Verdict:
        """Judge a message by itself, or else together with the writer's last ones in this place."""
        reading = self.detector.read(message.text, own)
        if not self.defaults.join_messages:
            return self.detector.judge_reading(reading)
        who = (message.origin.place.id, message.origin.person.id)
        earlier = self.conversations.add(who, message.key, reading.seen, message.sent_at)
        verdict = self.detector.judge_reading(reading, earlier)
        if verdict.fired:
            self.conversations.forget(who)
        return verdict

    async def opt_out(self, person: Person) -> bool:
        """Never offer this person help again. False while it holds for this process only."""
        key = self._optout_key(person)
        self.unsaved.add(key)
        return await _in_time(self._save(key))

    async def forget(self, person: Person, *, keep_opt_out: bool) -> bool:
        """Erase what is kept of this person, here and in the database. False while it is not done there.

        When that fails, an opt-out not saved yet holds as before.
        """
        self.conversations.forget_all(lambda who: isinstance(who, tuple) and who[1] == person.id)
        optout = self._optout_key(person)
        held = not keep_opt_out and optout in self.unsaved
        if held:
            self.unsaved.remove(optout)
        keys = self.pseudonyms.of_person(person.platform, person.id, keep_opt_out=keep_opt_out)
        return await _in_time(self._erase(keys, [optout] if held else []))

    async def tend(self) -> None:
        """Save the opt-outs that could not be saved when they were made; let old conversations go."""
        self.conversations.sweep(self.now())
        for key in tuple(self.unsaved):
            await self._save(key)

    def report(self) -> None:
        """Log what the triggers did since the last report: one line a rule and outcome.

        Seldom and in sums, because a rule and a time, beside the channel, are a name.
        """
        for (rule, outcome), times in sorted(self._tally.items()):
            log.info("triggers", platform=self.platform, rule=rule, outcome=outcome, times=times)
        self._tally.clear()

    async def _save(self, key: str) -> bool:
        async with self._writing:
            if key not in self.unsaved:  # saved by another call, or they want to be forgotten
                return True
            try:
                await self.store.opt_out(optout=key, now=self.now())
            except StorageError:
                return False
            self.unsaved.discard(key)
            return True

    async def _erase(self, keys: Sequence[str], held: Sequence[str]) -> bool:
        async with self._writing:
            try:
                await self.store.forget(keys=keys)
            except StorageError:
                self.unsaved.update(held)
                return False
            return True

    async def _claim(self, message: Message, offer: Offer) -> Decision:
        optout = self._optout_key(message.origin.person)
        if optout in self.unsaved:
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

    async def _deliver(self, message: Message, topic: str) -> str:
        country = self.defaults.country
        locale = message.origin.person.locale
        offer = self.guide.offer(topic, locale, country)
        offer = self.guide.with_take_back(offer, self.tickets.ticket(message), locale)
        try:
            outcome = await self.roads.walk(message.origin, offer, roads_for_offer(), OFFERED)
        except asyncio.CancelledError:  # the bot stops: nothing has arrived
            await self._release(message)
            raise
        if outcome is Outcome.UNREACHABLE:
            note = self.guide.screen("note", self.defaults.language, country)
            self.notes.later(message.origin.place, note, partial(self._release, message))
        return outcome.value

    async def _release(self, message: Message) -> None:
        with suppress(StorageError):  # then the cool-down stays
            await self.store.release_offer(cooldown=self._cooldown_key(message))

    async def _record(self, topic: str, rule: str, outcome: str) -> None:
        log.debug("trigger", platform=self.platform, rule=rule, outcome=outcome)
        self._tally[rule, outcome] += 1
        today = self.now().date()
        with suppress(StorageError):  # a number less
            await self.store.count(
                day=today, platform=self.platform, topic=topic, surface="trigger", outcome=outcome
            )

    def _optout_key(self, person: Person) -> str:
        return self.pseudonyms.key(OPTOUT, person.platform, person.id)

    def _cooldown_key(self, message: Message) -> str:
        person, place = message.origin.person, message.origin.place
        return self.pseudonyms.key(COOLDOWN, person.platform, person.id, place.community or place.id)


async def _in_time(change: Coroutine[None, None, bool]) -> bool:
    """Tell whether the change is made already; one that takes longer goes on."""
    making = asyncio.create_task(change)
    await asyncio.wait({making}, timeout=SAVING_SECONDS)
    return making.done() and making.exception() is None and making.result()
