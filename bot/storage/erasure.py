"""How is a person or a community erased from each table?  Every table is named here; a test sees to it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import Delete, Table, delete, func

from bot.storage.tables import PSEUDONYM_LENGTH, breaker, cooldown, daily_count, note, optout, outbox, phrase

Erase: TypeAlias = Callable[[Sequence[str]], Delete]


def _opt_outs(keys: Sequence[str]) -> Delete:
    return delete(optout).where(optout.c.person.in_(keys))


def _cooldowns(keys: Sequence[str]) -> Delete:
    # A key begins with the person's pseudonym; what follows tells their communities apart.
    return delete(cooldown).where(func.substr(cooldown.c.key, 1, PSEUDONYM_LENGTH).in_(keys))


def _outbox(keys: Sequence[str]) -> Delete:
    return delete(outbox).where(outbox.c.person.in_(keys))


def _phrases(communities: Sequence[str]) -> Delete:
    # Chosen by moderators, about nobody; they go when their community asks for it.
    return delete(phrase).where(phrase.c.community.in_(communities))


ERASE: Mapping[Table, Erase] = {
    optout: _opt_outs,
    cooldown: _cooldowns,
    outbox: _outbox,
    phrase: _phrases,
}

ABOUT_NOBODY: Mapping[Table, str] = {
    breaker: "holds which way of writing to people a platform has closed to the bot, and until when",
    daily_count: "counts events of a day; holds no person and no community",
    note: "holds where the bot posted a neutral note, which is about nobody",
}
