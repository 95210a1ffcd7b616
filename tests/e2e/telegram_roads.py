"""By which roads does help go out on Telegram, and what does each come to?"""

from tests.beds.telegram import Group, Query, Shown, User
from tests.e2e.telegram_case import Act, Case, Preparation, Road, Way, nothing, shows

_FIRST, _NEXT, _INDEX = "sextortion", "sextortion/deadline", "index"
CRY = "someone is threatening to leak my nudes if i dont pay"


async def _command(case: Case) -> Shown:
    return await case.bed.command(case.asker, case.group, f"/help sextortion {case.mark}")


async def _private_command(case: Case) -> Shown:
    return await case.bed.command(case.asker, case.asker, f"/help sextortion {case.mark}")


async def _deep_link(case: Case) -> Shown:
    return await case.bed.start(case.asker, "sextortion_paid")


async def _words(case: Case) -> Shown:
    return await case.bed.say(case.asker, case.asker, f"im being blackmailed {case.mark}")


async def _mention(case: Case) -> Shown:
    text = f"@{case.bed.me.username} im being blackmailed {case.mark}"
    return await case.bed.say(case.asker, case.group, text)


async def _press(case: Case) -> Query:
    assert case.held is not None
    return await case.bed.press(case.asker, case.held, case.held.labels[0])


async def _cry(case: Case) -> Shown:
    return await case.bed.say(case.asker, case.group, f"{CRY} {case.mark}", thread=case.thread)


async def _edit(case: Case) -> Shown:
    assert case.held is not None
    return await case.bed.edit(case.asker, case.held, f"{CRY} {case.mark}")


async def _with_private_answer(case: Case) -> None:
    await _private_command(case)
    case.held = await case.bed.wait_for(lambda: _shown(case, case.asker, _FIRST), 20)


async def _with_answer(case: Case) -> None:
    await _command(case)
    case.held = await case.bed.wait_for(lambda: _shown(case, case.group, _FIRST), 20)


async def _with_note(case: Case) -> None:
    other = case.bed.user(f"other {case.mark}")
    await case.bed.join(case.group, other)
    await case.bed.say(other, case.group, f"@{case.bed.me.username} help {case.mark}")
    case.held = await case.bed.wait_for(lambda: _shown(case, case.group, "note"), 20)


async def _with_innocent_message(case: Case) -> None:
    case.held = await case.bed.say(case.asker, case.group, f"good morning {case.mark}")


def _shown(case: Case, place: Group | User, screen_id: str) -> Shown | None:
    seen = case.bed.seen_by(case.asker, place, from_bot=True)
    return next((shown for shown in seen if shows(shown, screen_id)), None)


_CHAT, _EPHEMERAL, _LINK, _NOTE = Way.CHAT, Way.EPHEMERAL, Way.LINK, Way.NOTE
_GIVEN = (
    Road("command", (_EPHEMERAL, _NOTE), _FIRST, _command, unseen=True),
    Road("command, started", (_EPHEMERAL, _CHAT, _NOTE), _FIRST, _command, started=True, unseen=True),
    Road("command, administrator", (_EPHEMERAL, _NOTE), _FIRST, _command, admin=True, unseen=True),
    Road("typed command", (_NOTE,), _FIRST, _command, modern=False),
    Road("typed command, started", (_CHAT, _NOTE), _FIRST, _command, modern=False, started=True),
    Road(
        "typed command, administrator",
        (_EPHEMERAL, _NOTE),
        _FIRST,
        _command,
        modern=False,
        admin=True,
        by_right=True,
    ),
    Road("command in private", (_CHAT,), _FIRST, _private_command, started=True),
    Road("link into private", (_CHAT,), "sextortion/paid", _deep_link),
    Road("words in private", (_CHAT,), _FIRST, _words, started=True),
)
_PRESSED = (
    Road("button in private", (_CHAT,), _NEXT, _press, _with_private_answer, started=True, in_place=True),
    Road("button of an answer", (_EPHEMERAL, _LINK), _NEXT, _press, _with_answer, in_place=True),
    Road("button of a note", (_EPHEMERAL, _LINK), _INDEX, _press, _with_note),
    Road("button of a note, started", (_EPHEMERAL, _LINK, _CHAT), _INDEX, _press, _with_note, started=True),
)
_SAID = (
    Road("mention", (_NOTE,), _FIRST, _mention),
    Road("mention, started", (_CHAT, _NOTE), _FIRST, _mention, started=True),
    Road("mention, administrator", (_EPHEMERAL, _NOTE), _FIRST, _mention, admin=True, by_right=True),
)


def _unasked(
    name: str, *ways: Way, act: Act = _cry, prepare: Preparation = nothing, forum: bool = False
) -> Road:
    return Road(
        name,
        ways,
        "offer",
        act,
        prepare,
        started=_CHAT in ways,
        admin=_EPHEMERAL in ways,
        forum=forum,
        unasked=True,
        by_right=True,
        variant=forum or act is _edit,
    )


_EDITED = {
    "edit into a trigger": (_NOTE,),
    "edit into a trigger, started": (_CHAT, _NOTE),
    "edit into a trigger, administrator": (_EPHEMERAL, _NOTE),
}
_OVERHEARD = (
    _unasked("trigger", _NOTE),
    _unasked("trigger in a topic", _NOTE, forum=True),
    _unasked("trigger, started", _CHAT, _NOTE),
    _unasked("trigger, administrator", _EPHEMERAL, _NOTE),
    _unasked("trigger, administrator in a topic", _EPHEMERAL, _NOTE, forum=True),
    _unasked("trigger, started, administrator", _CHAT, _EPHEMERAL, _NOTE),
    *(_unasked(name, *ways, act=_edit, prepare=_with_innocent_message) for name, ways in _EDITED.items()),
)
ASKED = (*_GIVEN, *_PRESSED, *_SAID)
ROADS = (*ASKED, *_OVERHEARD)
# The bot opens no more than 100 conversations an hour unasked: so several bots walk, each its own roads.
PARTS = (ASKED, _OVERHEARD[::2], _OVERHEARD[1::2])
