"""What may stand in a file under messages/triggers/?"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]*$")]
Term: TypeAlias = Annotated[str, Field(min_length=1, max_length=400)]
Group: TypeAlias = Id | Annotated[list[Id], Field(min_length=1)]

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _lists(groups: list[str | list[str]]) -> list[list[str]]:
    return [[group] if isinstance(group, str) else group for group in groups]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ByLanguage(BaseModel):
    """Terms by language (BCP 47). All languages are looked for at once; case and accents never matter."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, list[Term]]

    @model_validator(mode="after")
    def _languages(self) -> "ByLanguage":
        for key in self.__pydantic_extra__:
            if not _LANGUAGE.fullmatch(key):
                raise ValueError(f'"{key}" is no language code; write `en: [...]`')
        if not any(self.__pydantic_extra__.values()):
            raise ValueError("has no term; write `en: [...]`")
        return self

    @property
    def by_language(self) -> Mapping[str, list[str]]:
        """The terms under their language."""
        return self.__pydantic_extra__

    def terms(self) -> Iterator[str]:
        """Every term, whatever its language."""
        for terms in self.__pydantic_extra__.values():
            yield from terms


class Concept(ByLanguage):
    """A thing that can be said in many ways. `common` ones are looked for only when a rule is near."""

    common: bool = False


class Sequence(_Part):
    """Concepts that follow one another with few words between: who, does what, to whom."""

    of: list[Group] = Field(min_length=2, description="Groups in order; a list in the list is any of")
    within: int = Field(default=6, ge=2, le=40, description="Words from the first to the last")

    @property
    def groups(self) -> list[list[str]]:
        """The groups, each as a list."""
        return _lists(self.of)


class NotBefore(_Part):
    """A hit of the rule's first group does not count when `concept` stands up to `words` words before it."""

    concept: Id
    words: int = Field(ge=1, le=20)


class Rule(_Part):
    """What must come together. Each group of `all_of` counts 1; `weights` raise or lower the score."""

    id: Id
    topic: str | None = Field(default=None, description="Screen to offer; the pack's topic when absent")
    all_of: list[Group] = Field(
        min_length=2, description="Groups that must all be there; a list in the list is any of"
    )
    none_of: list[Id] = Field(default=[], description="Concepts that silence the rule wherever they stand")
    within: int = Field(default=40, ge=2, le=400, description="Words in which all groups must stand")
    ordered: bool = Field(default=False, description="The groups must follow one another")
    not_before: NotBefore | None = None
    weights: dict[Id, int] = Field(
        default={}, description="Counted once when within `within` words of the groups"
    )
    threshold: int | None = Field(
        default=None, ge=2, description="Score to reach; absent: one for each group"
    )

    @field_validator("all_of", mode="before")
    @classmethod
    def _no_bare_word(cls, value: object) -> object:
        if isinstance(value, list) and len(value) < 2:
            raise ValueError("a rule needs at least two groups: a bare word must never fire")
        return value

    @property
    def groups(self) -> list[list[str]]:
        """The groups, each as a list."""
        return _lists(self.all_of)

    def concepts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every concept the rule names, with its place in the rule."""
        for number, group in enumerate(self.groups):
            for concept in group:
                yield ("all_of", number), concept
        for number, concept in enumerate(self.none_of):
            yield ("none_of", number), concept
        for concept in self.weights:
            yield ("weights", concept), concept
        if self.not_before:
            yield ("not_before", "concept"), self.not_before.concept


class Examples(_Part):
    """Sentences tried whenever the pack is loaded."""

    match: list[str] = Field(min_length=1)
    no_match: list[str] = Field(min_length=1)


class Pack(_Part):
    """A file under messages/triggers/."""

    pack: Id
    version: int = Field(ge=1)
    topic: str = Field(min_length=1, description="Screen to offer when a rule fires")
    lists: dict[Id, ByLanguage] = Field(default={}, description="Words to use in terms, as {name}")
    real_words: ByLanguage | None = Field(
        default=None,
        description="Words that are no misspellings, though one slip away from a word of the pack",
    )
    concepts: dict[Id, Concept]
    sequences: dict[Id, Sequence] = Field(
        default={}, description="Concepts made of those above, and of sequences above"
    )
    rules: list[Rule] = Field(min_length=1)
    examples: Examples

    def words(self) -> Mapping[str, list[str]]:
        """The lists, all languages together."""
        return {name: list(entry.terms()) for name, entry in self.lists.items()}

    def spelled_right(self) -> frozenset[str]:
        """The words that are no misspellings."""
        return frozenset(self.real_words.terms() if self.real_words else ())
