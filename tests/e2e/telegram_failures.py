"""What can go wrong between the bot and Telegram, and which ways does it close?"""

from dataclasses import dataclass
from enum import Enum
from functools import partial

from tests.beds.telegram.faults import FaultKind
from tests.beds.telegram.params import Params
from tests.e2e.telegram_case import Case, Road, Way

ALWAYS = None


class Target(Enum):
    """What the bot does that may fail."""

    CHAT = "the beginning of a message in the person's private chat"
    CHANGE = "the change of the message whose button was pressed"
    START = "the beginning of an ephemeral message"
    FILL = "the filling of what has begun"
    QUERY = "the answer to a pressed button"
    NOTE = "a note"
    RIGHTS = "the question whether the bot is an administrator"
    REMOVAL = "the removal of a message"


@dataclass(frozen=True)
class Trouble:
    """Something goes wrong `times` times for one person and their group."""

    target: Target
    kind: FaultKind
    times: int | None = 1
    reason: str = ""
    seconds: float = 1

    def befall(self, case: Case) -> None:
        """Plan it."""
        asker, group = case.asker, case.group
        held = None if case.held is None else case.held.message_id
        fail = partial(
            case.bed.fail, kind=self.kind, times=self.times, reason=self.reason, seconds=self.seconds
        )
        match self.target:
            case Target.CHAT:
                fail("sendMessage", chat=asker)
            case Target.CHANGE:
                fail("editMessageText", chat=asker, where=lambda p: p.integer("message_id") == held)
            case Target.START:
                fail("sendMessage", chat=group, about=asker)
            case Target.FILL:
                fail("editEphemeralMessageText", about=asker)
                fail("editMessageText", chat=asker, where=lambda p: p.integer("message_id") != held)
            case Target.QUERY:
                fail("answerCallbackQuery", about=asker)
            case Target.NOTE:
                fail("sendMessage", chat=group, where=_public)
            case Target.RIGHTS:
                fail("getChatMember", chat=group)
            case Target.REMOVAL:
                fail("deleteMessage", chat=group)
                fail("deleteEphemeralMessage", about=asker)


@dataclass(frozen=True)
class Failure:
    """Troubles that come together."""

    name: str
    troubles: tuple[Trouble, ...] = ()

    @property
    def targets(self) -> frozenset[Target]:
        """What goes wrong."""
        return frozenset(trouble.target for trouble in self.troubles)

    def befall(self, case: Case) -> Way:
        """Let it go wrong for one person and their group; return the way by which help then comes."""
        for trouble in self.troubles:
            trouble.befall(case)
        first = next((way for way in case.ways if not self._closes(way, case)), Way.NOTHING)
        return Way.NOTHING if first is Way.NOTE and self.loses_note else first

    def concerns(self, road: Road) -> bool:
        """Tell whether the road comes across it."""
        touched = {Target.CHAT, Target.FILL}  # a private message is always tried
        if not road.modern:
            touched.add(Target.REMOVAL)
        for way in road.ways:
            touched |= _TOUCHED.get(way, set())
        if road.in_place:
            touched.add(Target.CHANGE)
        if road.by_right:
            touched.add(Target.RIGHTS)
        return not self.troubles or bool(touched & self.targets)

    @property
    def keeps_chat(self) -> bool:
        """Whether a message in the private chat still arrives."""
        return not self._closed & {Target.CHAT, Target.FILL}

    @property
    def loses_note(self) -> bool:
        """Whether a note does not arrive, and the bot cannot know: a second would stand there for ever."""
        lost = {trouble.target for trouble in self.troubles if trouble.kind in ("cut_before", "bad_gateway")}
        return Target.NOTE in lost

    @property
    def _closed(self) -> frozenset[Target]:
        return frozenset(trouble.target for trouble in self.troubles if trouble.times is ALWAYS)

    def _closes(self, way: Way, case: Case) -> bool:
        closed = self._closed
        match way:
            case Way.CHAT:
                change = case.road.in_place and Target.CHANGE not in closed
                return not change and bool(closed & {Target.CHAT, Target.FILL})
            case Way.EPHEMERAL:
                start = Target.START in closed and not case.road.in_place
                return start or Target.FILL in closed or (Target.RIGHTS in closed and case.road.by_right)
            case Way.LINK:
                return Target.QUERY in closed
            case _:
                return Target.NOTE in closed


_TOUCHED = {
    Way.EPHEMERAL: {Target.START},
    Way.LINK: {Target.QUERY},
    Way.NOTE: {Target.NOTE},
}


def _public(params: Params) -> bool:
    return "ephemeral_message_parameters" not in params


def _everywhere(name: str, kind: FaultKind, seconds: float = 1) -> Failure:
    targets = (Target.CHAT, Target.CHANGE, Target.START, Target.QUERY, Target.NOTE)
    return Failure(name, tuple(Trouble(target, kind, seconds=seconds) for target in targets))


def _once(name: str, target: Target, kind: FaultKind, times: int = 1) -> Failure:
    return Failure(name, (Trouble(target, kind, times),))


def _refused(name: str, *targets: Target, kind: FaultKind = "bad_request", reason: str = "") -> Failure:
    return Failure(name, tuple(Trouble(target, kind, ALWAYS, reason) for target in targets))


_OLD = "query is too old and response timeout expired or query ID is invalid"
_NO_RIGHTS = "not enough rights to send text messages to the chat"
_LIMITED = (Target.CHAT, Target.CHANGE, Target.START, Target.FILL)

NOTHING = Failure("nothing")
DROPPED = (_everywhere("dropped before", "cut_before"), _everywhere("dropped after", "cut_after"))
FAILURES = (
    NOTHING,
    *DROPPED,
    _everywhere("limited", "flood"),
    _everywhere("500", "server_error"),
    _everywhere("502", "bad_gateway"),
    _everywhere("slow", "slow", 0.4),
    _once("filling limited", Target.FILL, "flood"),
    _once("filling, 500", Target.FILL, "server_error"),
    _once("filling dropped before, three times", Target.FILL, "cut_before", 3),
    _once("filling dropped after, twice", Target.FILL, "cut_after", 2),
    _refused("filling refused", Target.FILL, reason="MEDIA_CAPTION_TOO_LONG"),
    _refused("blocked", Target.CHAT, kind="forbidden"),
    _refused("chat not found", Target.CHAT),
    _refused("message too old to change", Target.CHANGE, reason="message can't be edited"),
    _refused("not an administrator", Target.START, reason="BOT_NOT_ADMIN"),
    _refused("refused as never before", Target.START, Target.CHAT, reason="SOMETHING_NEW"),
    _refused("thrown out", Target.START, Target.NOTE, kind="forbidden", reason="bot was kicked"),
    _refused("no rights in the place", Target.START, Target.NOTE, reason=_NO_RIGHTS),
    _refused("no note", Target.NOTE, reason=_NO_RIGHTS),
    _refused("button too old", Target.START, Target.QUERY, reason=_OLD),
    _refused("button far too old", Target.START, Target.FILL, Target.QUERY, reason=_OLD),
    _refused("rights unknown, 400", Target.RIGHTS),
    _once("rights unknown, 500", Target.RIGHTS, "server_error"),
    _once("rights unknown, dropped", Target.RIGHTS, "cut_before"),
    _refused("nothing can be removed", Target.REMOVAL, reason="message can't be deleted"),
    _once("removal, 500", Target.REMOVAL, "server_error"),
)


# Comes last: the bot then sends no direct messages for a while.
LIMITED = Failure("limited for long", tuple(Trouble(t, "flood", ALWAYS, seconds=120) for t in _LIMITED))


def _leak(name: str, *troubles: Trouble) -> Failure:
    # Slow enough for everybody to begin before the first answer tells that everybody reads it.
    return Failure(name, (*troubles, Trouble(Target.START, "slow", seconds=0.5)))


# On a server that ignores what makes a message ephemeral.
LEAKS = (
    _leak("leak"),
    _leak("leak, removal limited", Trouble(Target.REMOVAL, "flood")),
    _leak("leak, removal 500", Trouble(Target.REMOVAL, "server_error")),
    _leak("leak, removal dropped before", Trouble(Target.REMOVAL, "cut_before")),
    _leak("leak, removal dropped after", Trouble(Target.REMOVAL, "cut_after")),
)
