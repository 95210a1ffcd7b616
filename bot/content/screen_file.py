"""What stands in `messages/<locale>/<screen id>.yaml`?"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, StrictBool, Tag

from bot.content import limits
from bot.content.directory_file import Audience, What
from bot.content.part import Part
from bot.content.texts import Fact, Label, Preview, ScreenId, ServiceId, Text, Web
from bot.content.translation_file import Translation

SEED_ROWS = 32


class Say(Part):
    """A paragraph."""

    say: Text


class Do(Part):
    """Things to do, in order; platforms number them."""

    steps: tuple[Text, ...] = Field(min_length=1)


class Copy(Part):
    """Words to copy and send to somebody."""

    quote: Text


class Crisis(Part):
    """The emergency number and crisis line of the reader's country, and the finder for any country."""

    crisis: Literal[True]


class Choice(Part):
    """Services of the reader's country that do one of `what`, for one of `for`; no key means any."""

    what: tuple[What, ...] = ()
    audience: tuple[Audience, ...] = Field((), alias="for")
    most: int | None = Field(None, ge=1, le=limits.BLOCKS)


def _list_or_choice(value: object) -> str:
    return "choice" if isinstance(value, dict | Choice) else "list"


class Services(Part):
    """Cards of services: these ones, or those of the reader's country that a choice picks."""

    services: Annotated[
        Annotated[tuple[ServiceId, ...], Field(min_length=1), Tag("list")] | Annotated[Choice, Tag("choice")],
        Discriminator(_list_or_choice),
    ]


class GoTo(Part):
    """A button that leads to another screen."""

    go: ScreenId
    label: Label


class Visit(Part):
    """A link to a service; the address comes from the directory."""

    service: ServiceId
    label: Label


class NeverAgain(Part):
    """The button that ends unasked messages for good."""

    stop: Label


class Clear(Part):
    """The button that replaces the message by the screen `wiped`."""

    wipe: Label


class Forget(Part):
    """The button that erases what is kept of whoever presses it."""

    erase: Label
    everything: StrictBool = Field(False, description="Erase as well that they want no unasked messages.")


def _first_of(kinds: Sequence[str]) -> Discriminator:
    def kind(value: object) -> str | None:
        keys = (
            value if isinstance(value, dict) else type(value).model_fields if isinstance(value, Part) else ()
        )
        return next((one for one in kinds if one in keys), None)

    known = ", ".join(f"`{one}:`" for one in kinds)
    return Discriminator(kind, "no_such_item", f"begins with none of {known}")


Item: TypeAlias = Annotated[
    Annotated[Say, Tag("say")]
    | Annotated[Do, Tag("steps")]
    | Annotated[Copy, Tag("quote")]
    | Annotated[Crisis, Tag("crisis")]
    | Annotated[Services, Tag("services")],
    _first_of(("say", "steps", "quote", "crisis", "services")),
]
Tap: TypeAlias = Annotated[
    Annotated[GoTo, Tag("go")]
    | Annotated[Visit, Tag("service")]
    | Annotated[NeverAgain, Tag("stop")]
    | Annotated[Clear, Tag("wipe")]
    | Annotated[Forget, Tag("erase")],
    _first_of(("go", "service", "stop", "wipe", "erase")),
]


class Source(Part):
    """Where the facts of a screen come from."""

    name: Fact
    url: Web
    checked: date


class ScreenFile(Part):
    """One answer of the bot."""

    translation: Translation | None = None
    preview: Preview
    body: tuple[Item, ...] = Field((), max_length=limits.BLOCKS)
    actions: tuple[Tap, ...] = Field((), max_length=limits.ACTIONS)
    unsafe: StrictBool = Field(True, description="Add the button to `sextortion/unsafe`.")
    veiled: StrictBool = Field(
        False, description="Nobody asked for it: show only the preview in notifications."
    )
    seed: tuple[Annotated[int, Field(ge=1, le=SEED_ROWS)], ...] = Field(
        (), description="Rows of the seed checklist that this screen carries."
    )
    sources: tuple[Source, ...] = ()
