"""Should the bot speak, and by which roads?  Pure; the time is passed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.model import Origin, Road


class Mode(StrEnum):
    """What triggers do in a community."""

    OFF = "off"  # nothing is judged
    SHADOW = "shadow"  # judged, counted and explained; nobody is contacted
    PRIVATE = "private"  # help is offered privately


class Reason(StrEnum):
    """Why the bot stays silent. The values stand in logs and counters."""

    STALE = "stale"  # written minutes ago
    SHADOW = "shadow"
    COOLDOWN = "cooldown"  # offered help within 24 h
    OPTED_OUT = "opted_out"
    NO_DATABASE = "no_database"  # so nobody knows who has opted out
    RAID = "raid"  # so many write such things there that it is no cry for help
    CAPPED = "capped"  # the person, the community or all together were offered help too often


@dataclass(frozen=True, slots=True)
class Offer:
    """Offer help on `topic`; `rule` is the one that fired."""

    topic: str
    rule: str


@dataclass(frozen=True, slots=True)
class Silence:
    """Say nothing."""

    reason: Reason


Decision: TypeAlias = Offer | Silence

_OFFER_COOLDOWN = timedelta(hours=24)
# Platforms replay what was missed (a resumed gateway: minutes; Telegram: up to 24 h). Help that
# comes late may be read by somebody else, or when it hurts.
STALE_AFTER = timedelta(minutes=5)
# Whoever asked is waiting; after this they have asked elsewhere, or somebody else holds the phone.
ASKED_STALE_AFTER = timedelta(minutes=15)


def decide(topic: str, rule: str, mode: Mode, sent_at: datetime, now: datetime) -> Decision:
    """Say what a fired rule leads to.

    Opt-outs and cool-downs are checked afterwards, in the transaction that claims the offer.
    """
    if now - sent_at > STALE_AFTER:
        return Silence(Reason.STALE)
    if mode is not Mode.PRIVATE:
        return Silence(Reason.SHADOW)
    return Offer(topic, rule)


def offer_cooldown(now: datetime) -> timedelta:
    """Return how long nobody is offered help again: 24 hours, and on to the full hour."""
    return _on_to_the_full_hour(now, _OFFER_COOLDOWN)


def note_cooldown(now: datetime, hours: float) -> timedelta:
    """Return how long a place gets no note again: so many hours, and on to the full one."""
    return _on_to_the_full_hour(now, timedelta(hours=hours))


def _on_to_the_full_hour(now: datetime, lasting: timedelta) -> timedelta:
    # The end is kept. Were it exact, a stolen database would lead to the second of a message in the channel.
    end = (now + lasting).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return end - now


def too_late(asked_at: datetime, now: datetime) -> bool:
    """Tell whether an answer would come too late to somebody who asked then."""
    return now - asked_at > ASKED_STALE_AFTER


def roads_for_asker(origin: Origin) -> tuple[Road, ...]:
    """Return the roads for a command or something said to the bot, best first.

    The note is for those who asked in front of others. After a request that nobody saw, it would be
    what tells them.
    """
    if origin.place.private:
        return (Road.ANSWER, Road.DIRECT)  # a command may be too old for an answer
    private = (Road.ANSWER, Road.DIRECT, Road.EPHEMERAL)
    return (*private, Road.NOTE) if origin.seen else private


def roads_for_press() -> tuple[Road, ...]:
    """Return the roads for a button. No note: the button is already a private way in."""
    return (Road.ANSWER, Road.DIRECT)


def roads_for_offer() -> tuple[Road, ...]:
    """Return the roads for help nobody asked for; a direct message lasts, so it comes first."""
    return (Road.DIRECT, Road.EPHEMERAL, Road.NOTE)
