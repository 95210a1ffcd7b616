"""What stands in `messages/<locale>/words.yaml`, `topics.yaml` and `directory.yaml`?"""

from collections.abc import Mapping
from typing import Annotated, get_args

from pydantic import BaseModel, Field, StrictBool, StringConstraints, ValidationInfo, field_validator

from bot.content.directory_file import SHORT, Audience, Limit, What
from bot.content.part import Part
from bot.content.texts import Description, Fact, Label, Pattern, Plain, Preview, ScreenId, ServiceId, Text
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
    "forget",
    "stop",
)

CommandName = Annotated[
    str, StringConstraints(pattern=r"^(help( [a-z0-9-]{1,32})?|privacy|forget|stop|start)$")
]
Stem = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=2, max_length=40)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80, pattern=r"\w")]


class WordsFile(Part):
    """Small texts that stand on many screens."""

    translation: Translation | None = None
    draft: StrictBool = Field(False, description="The language is not whole yet; the check only notes it.")
    unsafe: Label = Field(description="The button to `sextortion/unsafe`.")
    back: Label = Field(description="The button back to `sextortion`.")
    take_back: Label = Field(description="The button to `sextortion/take-back`, beside a first answer.")
    take_it_back: Label = Field(description="The button by which the bot deletes what somebody wrote.")
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

    # How a reader chooses a language and a country.
    language: Label = Field(description="The button to the languages: `Language`, and that in this one.")
    choose_language: Preview = Field(description="The first line above the languages.")
    choose_country: Preview = Field(description="The first line above the countries.")
    other_country: Label = Field(description="The button to the list of countries.")
    next_page: Label = Field(description="The button to more countries.")
    previous_page: Label = Field(description="The button to the countries before.")
    country_option: Description = Field(description="What `country` behind a command is.")
    in_country: tuple[Stem, ...] = Field(
        (), description="What people may type before a country's name: in, report in."
    )

    stop_words: tuple[Stem, ...] = Field((), description="What people type to be left alone, alone: stop.")
    never_on_lock_screen: tuple[Stem, ...] = Field(
        min_length=1, description="Words, and parts of words, that no notification may show."
    )
    negations: tuple[Stem, ...] = Field(
        (), description="Words that turn round what follows them in what people type: not."
    )

    # On the card of a service, and around it.
    any_country: Label = Field(description="In the list of countries: the services for any country.")
    no_such_service: Pattern = Field(
        description="Before services for any country, where {country} has none of the kind."
    )
    send: Pattern = Field(description="Which {word} to text to which number, {phone}.")
    press: Pattern = Field(description="Which {key} to press after calling {phone}.")
    online: Plain = Field(description="Where to chat: on the service's website.")
    always: Plain = Field(description="Open day and night.")
    open_now: Plain
    open_unless_holiday: Plain = Field(description="Open now, if it is no public holiday.")
    closed_now: Plain
    free: Plain
    on_bill: Plain = Field(description="The call can be seen on the phone bill.")
    off_bill: Plain = Field(description="The call cannot be seen on the phone bill.")
    no_name: Plain = Field(description="The service does not ask for a name.")
    name_needed: Plain = Field(description="The service asks for a name.")
    last_checked: Label = Field(description="Before the day, where it is long ago.")
    kinds: Mapping[What, Label] = Field(description="What a service does, in place of English sentences.")
    audiences: Mapping[Audience, Label] = Field(description="Whom it is for: for under 18s.")
    limits: Mapping[Limit, Label] = Field(description="What an emergency number is for alone.")

    @field_validator("kinds", "audiences", "limits")
    @classmethod
    def _names_them_all(cls, names: Mapping[str, str], info: ValidationInfo) -> Mapping[str, str]:
        wanted = {"kinds": What, "audiences": Audience, "limits": Limit}[info.field_name or ""]
        if missing := [one for one in get_args(wanted) if one not in names]:
            raise ValueError(f"lacks {missing[0]}; say it in words")
        return names

    @field_validator("send", "press", "no_such_service")
    @classmethod
    def _names_what_it_is_for(cls, pattern: str, info: ValidationInfo) -> str:
        wanted = {
            "send": ("{word}", "{phone}"),
            "press": ("{key}", "{phone}"),
            "no_such_service": ("{country}",),
        }
        if missing := [one for one in wanted[info.field_name or ""] if one not in pattern]:
            raise ValueError(f"lacks {missing[0]}")
        return pattern

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


class ServiceWords(Part):
    """What a service is called, where its name has English in it, and what it does, in another language."""

    name: Fact | None = None
    short: Annotated[Plain, Field(max_length=SHORT)] | None = None


class ServicesFile(BaseModel, extra="allow", frozen=True):
    """Services by id, in another language than English: those that somebody translated."""

    __pydantic_extra__: dict[ServiceId, ServiceWords]
    translation: Translation | None = None

    @property
    def services(self) -> dict[str, ServiceWords]:
        """What was translated, by service id."""
        return dict(self.__pydantic_extra__)
