"""What stands in `messages/<locale>/words.yaml` and `topics.yaml`?"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, RootModel, StringConstraints, ValidationInfo, field_validator

from bot.content.directory_file import Part
from bot.content.texts import Description, Label, Pattern, Plain, Preview, ScreenId, Text

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
    commands: Mapping[CommandName, Description]

    # How a reader chooses a language and a country.
    language: Label = Field(description="The button to the languages: `Language`, and that in this one.")
    choose_language: Preview = Field(description="The first line above the languages.")
    choose_country: Preview = Field(description="The first line above the countries.")
    other_country: Label = Field(description="The button to the list of countries.")
    any_country: Label = Field(description="The button for whoever is in none of them: Elsewhere.")
    next_page: Label = Field(description="The button to more countries.")
    previous_page: Label = Field(description="The button to the countries before.")
    country_option: Description = Field(description="What `country` behind a command is.")
    in_country: tuple[Stem, ...] = Field(
        (), description="What people may type before a country's name: in, report in."
    )

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


class TopicsFile(RootModel[dict[ScreenId, Annotated[tuple[Phrase, ...], Field(min_length=1)]]], frozen=True):
    """How people ask: words and phrases for each screen."""
