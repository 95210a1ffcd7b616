"""Is this person to be offered help nobody asked for?"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.config import Defaults
from bot.delivery import schedule
from bot.delivery.dispatcher import Dispatcher
from bot.delivery.letters import Letters
from bot.delivery.owed import Owed
from bot.detection import Conversations, Detector, Verdict
from bot.detection.overlay import Overlay
from bot.errors import StorageError
from bot.guard import Caps
from bot.model import Message, Origin, Person
from bot.ops.metrics import Metrics
from bot.optouts import OptOuts
from bot.phrases import Phrases
from bot.policy import Offer, Reason, Silence, decide, offer_cooldown
from bot.privacy import COOLDOWN, OUTBOX, Pseudonyms, Sealer
from bot.storage import Claim, Count, Promise, Store
from bot.takeback import Tickets

log = structlog.get_logger()

PROMISED = "promised"  # among the outcomes that are counted; how it ends is counted apart
REFUSALS = {Claim.COOLDOWN: Reason.COOLDOWN, Claim.OPTED_OUT: Reason.OPTED_OUT}


@dataclass(frozen=True, slots=True)
class Offers:
    """Judges the messages of one platform, and promises help; the dispatcher keeps the promise.

    `key` makes a new random name for a promise.
    """

    platform: str
    detector: Detector
    phrases: Phrases
    store: Store
    pseudonyms: Pseudonyms
    sealer: Sealer
    optouts: OptOuts
    caps: Caps
    dispatcher: Dispatcher
    letters: Letters
    tickets: Tickets
    metrics: Metrics
    defaults: Defaults
    now: Callable[[], datetime]
    key: Callable[[], str]
    conversations: Conversations = field(default_factory=Conversations)
    _tally: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def consider(self, message: Message) -> None:
        """Judge a message, and offer its writer help when a rule fires."""
        verdict = self._judge(message, await self.phrases.overlay(message.origin.place))
        if not verdict.fired or verdict.topic is None or verdict.rule is None:
            return
        self.metrics.match(self.platform, verdict.topic)
        decision = decide(verdict.topic, verdict.rule, self.defaults.triggers, message.sent_at, self.now())
        match decision:
            case Offer(topic=topic):
                outcome = await self._promise(message, topic)
            case Silence(reason=reason):
                outcome = reason.value
                await self._count(topic=verdict.topic, outcome=outcome)
        log.debug("trigger", platform=self.platform, rule=verdict.rule, outcome=outcome)
        self._tally[verdict.rule, outcome] += 1

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

    async def forget(self, person: Person, *, keep_opt_out: bool) -> bool:
        """Erase what is kept of this person, here and in the database. False while it is not done there."""
        self.conversations.forget_all(lambda who: isinstance(who, tuple) and who[1] == person.id)
        self.caps.forget(person)
        return await self.optouts.forget(person, keep_opt_out=keep_opt_out)

    async def tend(self) -> None:
        """Save the opt-outs that could not be saved when they were made; let old conversations go."""
        self.conversations.sweep(self.now())
        self.caps.sweep(self.now())
        await self.optouts.tend()

    def report(self) -> None:
        """Log what the triggers did since the last report: one line a rule and outcome.

        Seldom and in sums, because a rule and a time, beside the channel, are a name.
        """
        for (rule, outcome), times in sorted(self._tally.items()):
            log.info("triggers", platform=self.platform, rule=rule, outcome=outcome, times=times)
        self._tally.clear()

    async def _promise(self, message: Message, topic: str) -> str:
        origin, now = message.origin, self.now()
        person, place = origin.person, origin.place
        if self.optouts.is_unsaved(person):
            return await self._refused(topic, Reason.OPTED_OUT)
        if (reason := self.caps.refusal(origin, now)) is not None:
            return await self._refused(topic, reason)
        promise = Promise(
            key=self.key(),
            person=self.pseudonyms.key(OUTBOX, person.platform, person.id),
            platform=self.platform,
            sealed=Owed.to(origin, topic).seal(self.sealer),
            due=now,
            # Not by the platform's clock alone: ours may be behind.
            expires=min(message.sent_at, now) + schedule.LIFE,
        )
        whole = place.community or place.id
        self.letters.remember(promise.key, self.tickets.ticket(message))
        try:
            claim = await self.store.outbox.promise(
                promise,
                optout=self.optouts.keys(person),
                cooldown=self.pseudonyms.keys(COOLDOWN, person.platform, person.id, whole),
                now=now,
                lasting=offer_cooldown(now),
                count=self._counter(topic, PROMISED),
            )
        except StorageError:
            # Whoever said "never again" must not hear from us because a disk is full.
            self._unpromised(promise.key, origin, now)
            return Reason.NO_DATABASE.value
        if claim is not Claim.GRANTED:
            self._unpromised(promise.key, origin, now)
            return await self._refused(topic, REFUSALS[claim])
        await self.dispatcher.hurry(promise.key)
        return PROMISED

    def _unpromised(self, key: str, origin: Origin, moment: datetime) -> None:
        self.letters.forget(key)
        self.caps.take_back(origin, moment)

    async def _refused(self, topic: str, reason: Reason) -> str:
        await self._count(topic, reason.value)
        return reason.value

    async def _count(self, topic: str, outcome: str) -> None:
        counter = self._counter(topic, outcome)
        with suppress(StorageError):  # a number less
            await self.store.count(counter)

    def _counter(self, topic: str, outcome: str) -> Count:
        return Count(self.now().date(), self.platform, topic, "trigger", outcome)
