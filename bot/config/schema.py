"""What may stand in the config file, the platforms' own sections aside?"""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, field_validator, model_validator

from bot.policy import Mode


class Part(BaseModel, extra="forbid", frozen=True):
    """A part of the config file: unknown keys are errors."""


Seconds = Annotated[float, Field(ge=0, le=3600)]


class Notice(Part):
    """The neutral note in shared places."""

    enabled: bool = True
    delay_seconds: tuple[Seconds, Seconds] = Field((30, 120), description="write two numbers: [30, 120]")
    cooldown_hours: float = Field(6, gt=0, le=168)
    remove_after_minutes: float = Field(10, gt=0, le=1440)

    @model_validator(mode="after")
    def _ordered(self) -> "Notice":
        if self.delay_seconds[0] > self.delay_seconds[1]:
            raise ValueError("delay_seconds: write the shorter delay first")
        return self


class Raid(Part):
    """When so many different people set off triggers in a community that nobody more is written to there."""

    writers: int = Field(10, ge=1, le=1000)
    minutes: float = Field(10, gt=0, le=60)
    shadow_minutes: float = Field(60, gt=0, le=1440)


class Defaults(Part):
    """For communities that have not chosen."""

    triggers: Mode = Mode.PRIVATE
    join_messages: bool = True
    language: str = Field(
        "en",
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="write a language tag, such as en or pt-BR",
    )
    country: str = Field(
        "GB", pattern=r"^[A-Z]{2}$", description="write two capital letters in quotes, such as GB or 'NO'"
    )
    notice: Notice = Notice()
    raid: Raid = Raid()
    answers_in_10_seconds: int = Field(200, ge=5, le=100_000)

    @field_validator("triggers", mode="before")
    @classmethod
    def _off_is_a_word(cls, value: object) -> object:
        # YAML reads an unquoted `off` as false.
        return Mode.OFF if value is False else value


class StorageSection(Part):
    """Where is remembered what must be."""

    url: str = Field(
        "sqlite:///quietline.db",
        pattern=r"^(sqlite:///.+|postgresql://.+)$",
        description="write sqlite:///quietline.db or postgresql://user@host/database",
    )


class Ops(Part):
    """For whoever runs the bot."""

    listen: str | None = Field(
        None,
        pattern=r"^\[?[\w.:-]+\]?:([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$",
        description="write host:port, such as 127.0.0.1:8080",
    )


class CoreSections(Part):
    """Everything in the file but the platforms."""

    storage: StorageSection = StorageSection()
    secret_file: Path = Path("quietline.key")
    defaults: Defaults = Defaults()
    ops: Ops = Ops()
