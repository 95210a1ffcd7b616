"""What stands in `messages/directory/<country>.yaml`?"""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, Field, StrictBool, StringConstraints

from bot.content.texts import Fact, SecureWeb, ServiceId, Web

INTERNATIONAL = "international"

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


class Part(BaseModel, extra="forbid", frozen=True):
    """A part of a file under messages/; a key it does not know is an error."""


class Entry(Part):
    """A service, and where each fact about it was seen."""

    id: ServiceId = Field(description="Unique and stable, with the country as prefix.")
    name: Fact
    what: tuple[What, ...] = Field(min_length=1)
    audience: tuple[Audience, ...] = Field(min_length=1)
    summary: Fact
    short: Annotated[Fact, Field(max_length=110)] | None = Field(
        None, description="What people read in place of the summary: one line, in plain words."
    )
    lead_for: tuple[Lead, ...] = Field((), description="Show this entry first for these people.")
    url: SecureWeb | None = None
    phone: Fact | None = None
    text: Fact | None = None
    chat: Fact | None = None
    email: Fact | None = None
    hours: Fact | None = None
    cost: Fact | None = None
    privacy: Fact | None = None
    languages: tuple[Fact, ...] = ()
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


class Emergency(Part):
    """The numbers to call when somebody is in danger now."""

    numbers: tuple[Fact, ...] = Field(min_length=1)
    source_url: Web
    checked: date
    note: str = ""


class DirectoryFile(Part):
    """The services of one country, in the order in which they are shown."""

    country: Annotated[str, StringConstraints(pattern=rf"^([A-Z]{{2}}|{INTERNATIONAL})$")]
    name: Fact
    emergency: Emergency | None = None
    notes: tuple[str, ...] = ()
    services: tuple[Entry, ...] = Field(min_length=1)
