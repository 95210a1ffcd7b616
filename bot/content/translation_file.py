"""What does a file in another language say of its own state, and what stands in `glossary.yaml`?"""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from bot.content.part import Part
from bot.content.texts import Fact

Review: TypeAlias = Literal["native", "safeguarding"]


class Translation(Part):
    """Which English words were translated, by whom, and who has not read the translation yet."""

    of: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")] | None = Field(
        None, description="Names the English words; the check gives it. topics.yaml has none."
    )
    by: Literal["machine", "person"]
    awaits: tuple[Review, ...] = Field(description="Who has yet to read it; [] when both have.")


class Term(Part):
    """A word that is the same on every page."""

    en: Fact
    term: Fact | None = Field(None, description="The word in this language; English has none.")
    note: Fact | None = Field(
        None, description="In English what it means; elsewhere what writers should know."
    )


class GlossaryFile(Part):
    """The words of one language."""

    terms: tuple[Term, ...] = Field(min_length=1)
