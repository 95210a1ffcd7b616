"""What can go wrong between the bot and Discord, and which ways does it close?"""

from dataclasses import dataclass

from tests.beds.discord import Drop, RateLimited, Refuse, ServerError, Slow
from tests.beds.discord.faults import Kind
from tests.e2e.discord_roads import Case, Way

OFTEN = 99


@dataclass(frozen=True)
class Failure:
    """Faults by what they befall, and the ways they close; a fault that closes none comes once."""

    name: str
    answer: Kind | None = None
    opening: Kind | None = None
    direct: Kind | None = None
    note: Kind | None = None
    closes: frozenset[Way] = frozenset()
    bot_can_send: bool = True

    def befall(self, case: Case) -> Way:
        """Let it go wrong for one person and their channel; return the first way that is left."""
        fail, asker = case.bed.fail, case.asker
        known = case.bed.world.dm(asker) is not None  # opened once, a conversation is there for good
        opening = None if known else self.opening
        for path, kind, way in (
            ("/interactions/*", self.answer, Way.ANSWER),
            ("/users/@me/channels", opening, Way.DIRECT),
            ("/channels/*/messages", self.direct, Way.DIRECT),
        ):
            if kind is not None:
                fail("POST", path, kind, OFTEN if way in self.closes else 1, about=asker)
        if self.note is not None:
            times = OFTEN if Way.NOTE in self.closes else 1
            fail("POST", f"/channels/{case.channel.id}/messages", self.note, times)
        closed = self.closes if opening or self.direct else self.closes - {Way.DIRECT}
        return next((way for way in case.road.ways if way not in closed), Way.NOTHING)


def _everywhere(name: str, kind: Kind, *, opening: bool = False) -> Failure:
    # discord.py opens one conversation at a time: what holds one up holds up all that are walked beside it.
    return Failure(name, answer=kind, opening=kind if opening else None, direct=kind, note=kind)


def _no_answer(name: str, kind: Kind, then: Kind | None = None) -> Failure:
    return Failure(name, answer=kind, opening=then, direct=then, closes=frozenset({Way.ANSWER}))


def _no_direct(status: int, code: int) -> Failure:
    closed = frozenset({Way.ANSWER, Way.DIRECT})
    return Failure(
        f"direct message refused, {status} {code}",
        answer=Refuse(404, 10062),
        direct=Refuse(status, code),
        closes=closed,
    )


FAILURES = (
    Failure("nothing"),
    _everywhere("limited", RateLimited(0.1), opening=True),
    _everywhere("limited everywhere", RateLimited(0.1, everywhere=True)),
    _everywhere("limited without Via", RateLimited(1, via=False)),
    _everywhere("500 before", ServerError(500)),
    _everywhere("502 after", ServerError(502, after_effect=True)),
    _everywhere("503 before", ServerError(503), opening=True),
    _everywhere("503 after", ServerError(503, after_effect=True), opening=True),
    _everywhere("dropped before", Drop(), opening=True),
    _everywhere("dropped after", Drop(after_effect=True), opening=True),
    _everywhere("slow after", Slow(3.2)),
    _no_answer("slow before", Slow(3.2, after_effect=False)),
    _no_answer("too late, 404 10062", Refuse(404, 10062)),
    _no_answer("too late, then dropped", Refuse(404, 10062), then=Drop()),
    _no_answer("answer refused, 400 50035", Refuse(400, 50035)),
    _no_answer("answer refused, 403 50013", Refuse(403, 50013)),
    _no_direct(403, 50007),
    _no_direct(400, 50007),
    _no_direct(403, 50278),
    _no_direct(400, 20009),
    Failure("opening fails, 500", opening=ServerError(500)),
    Failure("note refused, 403 50001", note=Refuse(403, 50001), closes=frozenset({Way.NOTE})),
    Failure("note refused, 400 200000", note=Refuse(400, 200000), closes=frozenset({Way.NOTE})),
    Failure("no rights in the place", closes=frozenset({Way.NOTE}), bot_can_send=False),
)
# After these the bot opens no conversation with anybody for a while.
PAUSING = (
    Failure("opening too fast, 400 40003", opening=Refuse(400, 40003), closes=frozenset({Way.DIRECT})),
    _no_direct(403, 20026),
)
