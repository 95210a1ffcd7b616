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
    delay_seconds: tuple[Seconds, Seconds] = (30, 120)
    cooldown_hours: float = Field(6, gt=0, le=168)
    remove_after_minutes: float = Field(10, gt=0, le=1440)

    @model_validator(mode="after")
    def _ordered(self) -> "Notice":
        if self.delay_seconds[0] > self.delay_seconds[1]:
            raise ValueError("delay_seconds: write the shorter delay first")
        return self


class Defaults(Part):
    """For communities that have not chosen."""

    triggers: Mode = Mode.PRIVATE
    language: str = Field("en", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    country: str = Field("GB", pattern=r"^[A-Z]{2}$")
    notice: Notice = Notice()

    @field_validator("triggers", mode="before")
    @classmethod
    def _off_is_a_word(cls, value: object) -> object:
        # YAML reads an unquoted `off` as false.
        return Mode.OFF if value is False else value


class StorageSection(Part):
    """Where is remembered what must be."""

    url: str = Field("sqlite:///quietline.db", pattern=r"^(sqlite:///.+|postgres(ql)?://.+)$")


class Ops(Part):
    """For whoever runs the bot."""

    listen: str | None = Field(None, pattern=r"^\[?[\w.:-]+\]?:\d{1,5}$")


class CoreSections(Part):
    """Everything in the file but the platforms."""

    storage: StorageSection = StorageSection()
    secret_file: Path = Path("quietline.key")
    defaults: Defaults = Defaults()
    ops: Ops = Ops()
