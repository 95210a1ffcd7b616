"""When is something tried again?  Pure; the time is passed in."""

from datetime import datetime, timedelta

# After so many tries that surely failed. A platform's own wait goes before.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 30, 120, 300))
SHORTEST = timedelta(seconds=0.5)
# A try of which nobody knows whether it arrived. Not at once: the line is bad. Not late: somebody waits.
IN_DOUBT = timedelta(seconds=20)
# A promise is worth keeping for so long; later, it may be read by somebody else, or when it hurts.
LIFE = timedelta(minutes=10)
SET_BACK = timedelta(minutes=5)  # a clock that is set back by less is none to worry about


def again(attempts: int, now: datetime, expires: datetime, chance: float) -> datetime | None:
    """Return when to try again after so many failures, at random up to a growing pause; None: not any more.

    `chance` is from 0 to 1.
    """
    if attempts > len(PAUSES):
        return None
    return within(now + max(SHORTEST, PAUSES[attempts - 1] * chance), expires)


def within(due: datetime, expires: datetime) -> datetime | None:
    """Return `due` if there is still time for it then."""
    return due if due < expires else None


def latest(now: datetime) -> datetime:
    """Return the end beyond which no promise can be: of one that ends later the clock has been set back.

    Nobody knows how old it is, so it is over.
    """
    return now + LIFE + SET_BACK


def is_over(now: datetime, expires: datetime) -> bool:
    """Tell whether it is too late."""
    return now >= expires or expires > latest(now)
