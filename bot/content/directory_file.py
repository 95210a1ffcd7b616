"""What stands in `messages/directory/<country>.yaml`?"""

from datetime import date, timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StrictBool, StringConstraints

from bot.content.hours import Open
from bot.content.numbers import Numbers
from bot.content.part import Part
from bot.content.texts import Fact, SecureWeb, ServiceId, Web

INTERNATIONAL = "international"
# Helplines move, rename and close; a release comes more often than this.
LASTING = timedelta(days=180)
SHORT = 110

What: TypeAlias = Literal[
    "report-police",
    "report-child-protection",
    "report-images",
    "fraud-report",
    "image-removal",
    "platform-escalation",
    "helpline",
    "crisis-line",
    "victim-support",
    "parent-support",
    "advice",
    "directory",
]
Audience: TypeAlias = Literal["under18", "adults", "anyone", "parents"]
Lead: TypeAlias = Literal["under18", "adults", "parents", "crisis"]


Limit: TypeAlias = Literal["police", "medical", "mobile"]
Code = Annotated[str, StringConstraints(pattern=rf"^([A-Z]{{2}}(-[A-Z0-9]{{1,3}})?|{INTERNATIONAL})$")]


class Entry(Part):
    """A service, and where each fact about it was seen."""

    id: ServiceId = Field(description="Unique and stable, with the country as prefix.")
    name: Fact
    what: tuple[What, ...] = Field(min_length=1)
    audience: tuple[Audience, ...] = Field(min_length=1)
    summary: Fact
    short: Annotated[Fact, Field(max_length=SHORT)] | None = Field(
        None, description="What people read in place of the summary: one line, in plain words."
    )
    lead_for: tuple[Lead, ...] = Field((), description="Show this entry first for these people.")
    url: SecureWeb | None = None
    phone: Numbers | None = None
    text: Numbers | None = None
    chat: Fact | None = None
    email: Fact | None = None
    hours: Fact | None = None
    open: Open | None = Field(None, description="The hours again, for a clock; only where they are clear.")
    closed_on_holidays: StrictBool = False
    cost: Fact | None = None
    free: StrictBool | None = None
    on_bill: StrictBool | None = Field(None, description="Whether a call stands on the phone bill.")
    privacy: Fact | None = None
    anonymous: StrictBool | None = Field(None, description="Whether one can stay without a name.")
    languages: tuple[Fact, ...] = ()
    not_in: tuple[Code, ...] = Field((), description="Parts of the country that it does not serve: GB-SCT.")
    source_url: Web = Field(description="The page where the facts were seen.")
    more_sources: tuple[Web, ...] = ()
    seen: Fact = Field(description="Date of the page seen, or `undated`; in quotes.")
    confidence: Literal["high", "medium"]
    verify_first: StrictBool = Field(description="Show name and link only until a person has checked it.")
    notes: str = ""
    checked: date = Field(description="The day the entry was last compared with its source.")

    @property
    def shown(self) -> str:
        """What the service does, as briefly as somebody wrote it."""
        return self.short or self.summary

    @property
    def leads_somewhere(self) -> bool:
        """Whether its card tells how to get there; a name may hold the number: Childline 1098."""
        return not self.verify_first or self.url is not None or any(map(str.isdecimal, self.name))

    def is_stale(self, today: date) -> bool:
        """Tell whether it is too long ago that somebody looked."""
        return today - self.checked > LASTING


class EmergencyNumber(Part):
    """One number; `only` says whom it reaches or where it works, where that is not everybody everywhere."""

    number: Annotated[str, StringConstraints(pattern=r"^\d{2,6}$")]
    only: Limit | None = None


def _spelt_out(value: object) -> object:
    return value if isinstance(value, dict | EmergencyNumber) else {"number": value}


class Emergency(Part):
    """The numbers to call when somebody is in danger now."""

    numbers: tuple[
        Annotated[EmergencyNumber, BeforeValidator(_spelt_out, json_schema_input_type=str | EmergencyNumber)],
        ...,
    ] = Field(min_length=1)
    source_url: Web
    more_sources: tuple[Web, ...] = ()
    checked: date
    note: str = ""


class DirectoryFile(Part):
    """The services of one country, or of a part of one, in the order in which they are shown."""

    country: Code
    part_of: Code | None = Field(None, description="The country, in the file of one of its parts.")
    name: Fact | None = Field(None, description="Only where CLDR has none: for a part of a country.")
    names: dict[Fact, Fact] = Field({}, description="The same in other languages, by BCP 47 tag.")
    also: tuple[Fact, ...] = Field((), description="Other names by which people may ask for it: UK, Holland.")
    zone: Fact | None = Field(None, description="The IANA time zone of the hours under `open`.")
    emergency: Emergency | None = None
    notes: tuple[str, ...] = ()
    services: tuple[Entry, ...] = Field(min_length=1)
