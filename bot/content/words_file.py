"""What stands in `messages/<locale>/words.yaml` and `topics.yaml`?"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, Field, StrictBool, StringConstraints, ValidationInfo, field_validator

from bot.content.directory_file import Part
from bot.content.texts import Description, Label, Pattern, Plain, ScreenId, Text
from bot.content.translation_file import Translation

COMMANDS = (
    "help",
    "help sextortion",
    "help prevention",
    "help parents",
    "help friend",
    "help moderators",
    "help about",
    "privacy",
    "stop",
)

CommandName = Annotated[str, StringConstraints(pattern=r"^(help( [a-z0-9-]{1,32})?|privacy|stop|start)$")]
Stem = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=2, max_length=40)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80, pattern=r"\w")]


class WordsFile(Part):
    """Small texts that stand on many screens."""

    translation: Translation | None = None
    draft: StrictBool = Field(False, description="The language is not whole yet; the check only notes it.")
    unsafe: Label = Field(description="The button to `sextortion/unsafe`.")
    back: Label = Field(description="The button back to `sextortion`.")
    phone: Label
    text: Label
    chat: Label
    hours: Label
    cost: Label
    privacy: Label
    checked: Label = Field(description="Stands before the day on which an entry was checked.")
    crisis_line: Pattern = Field(description="May hold {name}, {phone} and {country}.")
    emergency: Pattern = Field(description="Holds {numbers}, and may hold {country}.")
    emergency_elsewhere: Text = Field(description="The same where we know no number.")
    either: Plain = Field(description="Stands between two numbers of which one is enough: or.")
    elsewhere: Plain = Field(description="Tells whoever is in another country that the finder is for them.")
    awaiting_review: Text = Field(description="Ends `about` while files of the language await a reader.")
    commands: Mapping[CommandName, Description]
    never_on_lock_screen: tuple[Stem, ...] = Field(
        min_length=1, description="Words, and parts of words, that no notification may show."
    )
    negations: tuple[Stem, ...] = Field(
        (), description="Words that turn round what follows them in what people type: not."
    )

    @field_validator("emergency", "crisis_line")
    @classmethod
    def _names_the_number(cls, pattern: str, info: ValidationInfo) -> str:
        needed = "{numbers}" if info.field_name == "emergency" else "{phone}"
        if needed not in pattern:
            raise ValueError(f"lacks {needed}; without it nobody learns whom to call")
        return pattern


class TopicsFile(BaseModel, extra="allow", frozen=True):
    """How people ask: words and phrases for each screen."""

    __pydantic_extra__: dict[ScreenId, Annotated[tuple[Phrase, ...], Field(min_length=1)]]
    translation: Translation | None = None

    @property
    def phrases(self) -> dict[str, tuple[str, ...]]:
        """The phrases by screen id."""
        return dict(self.__pydantic_extra__)
