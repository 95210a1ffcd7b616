"""When does a service answer, and does it now?"""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints

from bot.content.names import locale_of
from bot.content.part import Part

Day: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_DAYS: tuple[Day, ...] = get_args(Day)
_Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


class Hours(Part):
    """From when until when, on which days. What ends before it begins ends on the day after."""

    days: tuple[Day, ...] = Field(min_length=1)
    start: _Clock = Field(alias="from")
    end: _Clock = Field(alias="to")

    def hold(self, moment: datetime) -> bool:
        """Tell whether they hold at a moment, given in the service's own zone."""
        clock = f"{moment:%H:%M}"
        today, yesterday = _DAYS[moment.weekday()], _DAYS[moment.weekday() - 1]
        if self.start < self.end:
            return today in self.days and self.start <= clock < self.end
        return (today in self.days and clock >= self.start) or (yesterday in self.days and clock < self.end)


Open: TypeAlias = Literal["always"] | tuple[Hours, ...]


def is_open(when: Open, zone: str, now: datetime) -> bool:
    """Tell whether a service in an IANA zone answers at `now`, an aware time."""
    return when == "always" or any(one.hold(now.astimezone(ZoneInfo(zone))) for one in when)


def told(when: tuple[Hours, ...], locale: str) -> str:
    """Return the hours in the short day names of a language: "Mon-Fri 09:00-17:00"."""
    names = locale_of(locale).days["format"]["abbreviated"]
    return ", ".join(f"{_days(one.days, names)} {one.start}-{one.end}" for one in when)


def _days(days: tuple[Day, ...], names: dict[int, str]) -> str:
    places = [_DAYS.index(day) for day in days]
    if len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        return f"{names[places[0]]}-{names[places[-1]]}"
    return ", ".join(names[place] for place in places)
