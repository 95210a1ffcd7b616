"""What does a button, or a deep link, say when it comes back?

`q1:go:<screen id>`, `q1:stop`, `q1:wipe`, `q1:erase` and `q1:erase-all`; once somebody has chosen a
language or a country, the same as `q2` with `:<locale or ->:<country or ->` behind it. Nothing is kept, so
a button works after a restart and years later (docs/adr/0008). Another meaning takes another version.
`q1:mine:<ticket>` and `q1:take:<ticket>` are about one message of the person who presses; `bot.takeback`
makes the tickets.
"""

import re
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias, assert_never

from bot.content.directory_file import INTERNATIONAL
from bot.content.limits import LOCALE, SCREEN_ID, TICKET

_NONE = "-"
_ANYWHERE = "001"  # the world, in UN M.49 and BCP 47
_SCREEN = rf"(?P<screen>(?=.{{1,{SCREEN_ID}}}(?::|$))[a-z0-9-]+(?:/[a-z0-9-]+)*)"
_LOCALE = rf"(?P<locale>-|[A-Za-z][A-Za-z0-9-]{{1,{LOCALE - 1}}})"
_COUNTRY = rf"(?P<country>-|[a-z]{{2}}(?:-[a-z0-9]{{1,3}})?|{_ANYWHERE})"
_BUTTON = re.compile(
    rf"q[12]:(?:go:{_SCREEN}|(?P<other>stop|wipe|erase-all|erase))(?::{_LOCALE}:{_COUNTRY})?"
)
_TICKET = re.compile(rf"q1:(?P<what>mine|take):(?P<ticket>[0-9A-Za-z.:_-]{{1,{TICKET}}})")
_PAYLOAD = re.compile(rf"(?P<screen>[a-z0-9-]+(?:_[a-z0-9-]+)*)(?:__{_LOCALE}__{_COUNTRY})?")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader chose in this conversation; None is what they did not.

    `locale` is a BCP 47 tag, `country` a code in lower case or "international". Anybody can forge both.
    """

    locale: str | None = None
    country: str | None = None


NOTHING = Chosen()


@dataclass(frozen=True, slots=True)
class Go:
    """Show another screen."""

    screen: str
    chosen: Chosen = NOTHING


@dataclass(frozen=True, slots=True)
class Stop:
    """Never send anything unasked again."""

    chosen: Chosen = NOTHING


@dataclass(frozen=True, slots=True)
class Wipe:
    """Take away what the bot has sent here, and show the screen `wiped`."""

    chosen: Chosen = NOTHING


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase what is kept of the person who presses; that they want no offers only with `everything`."""

    everything: bool = False
    chosen: Chosen = NOTHING


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Delete the message that `ticket` is for; when not `sure` yet, show what that does and does not do."""

    ticket: str = field(repr=False)
    sure: bool = False
    chosen: ClassVar[Chosen] = NOTHING  # no room for more in a button


Pressed: TypeAlias = Go | Stop | Wipe | Erase | TakeBack


def encode(pressed: Pressed) -> str:
    """Return the id of a button, 1 to 64 bytes."""
    match pressed:
        case TakeBack(ticket, sure):
            return f"q1:{'take' if sure else 'mine'}:{ticket}"
        case Go(screen):
            what = f"go:{screen}"
        case Stop():
            what = "stop"
        case Wipe():
            what = "wipe"
        case Erase(everything):
            what = "erase-all" if everything else "erase"
        case _:
            assert_never(pressed)
    if pressed.chosen == NOTHING:
        return f"q1:{what}"
    return ":".join(("q2", what, *_written(pressed.chosen)))


def parse(button: str) -> Pressed | None:
    """Return what the button asks for; None for a forged id, or one of a version unknown here.

    The screen of a `Go` may not exist; `Guide.screen` shows the index then.
    """
    if about := _TICKET.fullmatch(button):
        return TakeBack(about["ticket"], about["what"] == "take")
    found = _BUTTON.fullmatch(button)
    if found is None:
        return None
    chosen = _read(found)
    pressed: Pressed
    match found["other"]:
        case "stop":
            pressed = Stop(chosen)
        case "wipe":
            pressed = Wipe(chosen)
        case "erase" | "erase-all" as what:
            pressed = Erase(what == "erase-all", chosen)
        case _:
            pressed = Go(found["screen"], chosen)
    return pressed if encode(pressed) == button else None


def payload(go: Go) -> str:
    """Return what a deep link to the screen carries: letters, digits, `_` and `-`, at most 64."""
    screen = go.screen.replace("/", "_")
    return screen if go.chosen == NOTHING else "__".join((screen, *_written(go.chosen)))


def parse_payload(text: str) -> Go | None:
    """Return where a deep link leads; None for a forged one. The screen may not exist."""
    found = _PAYLOAD.fullmatch(text)
    return Go(found["screen"].replace("_", "/"), _read(found)) if found else None


def _written(chosen: Chosen) -> tuple[str, str]:
    country = _ANYWHERE if chosen.country == INTERNATIONAL else chosen.country
    return chosen.locale or _NONE, country or _NONE


def _read(found: re.Match[str]) -> Chosen:
    locale, country = found["locale"] or _NONE, found["country"] or _NONE
    return Chosen(
        None if locale == _NONE else locale,
        None if country == _NONE else INTERNATIONAL if country == _ANYWHERE else country,
    )
