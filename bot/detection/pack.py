"""What may stand in the files under messages/triggers/?

`rules.yaml` says which concepts there are and what must come together; each `<language>.yaml` lists the
words of one language for every concept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

Id: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]*$")]
Term: TypeAlias = Annotated[str, Field(min_length=1, max_length=600)]
Weighed: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]*( \+ [a-z][a-z0-9_.-]*)?$")]
Group: TypeAlias = Id | Annotated[list[Id], Field(min_length=1)]


def _listed(value: object) -> object:
    return {concept: [] for concept in value} if isinstance(value, list) else value


# Concepts that silence wherever they stand, each with those that take its silence back.
Silencing: TypeAlias = Annotated[dict[Id, list[Id]], BeforeValidator(_listed)]


def _lists(groups: list[str | list[str]]) -> list[list[str]]:
    return [[group] if isinstance(group, str) else group for group in groups]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Meaning(_Part):
    """What a concept is, for those who list words for it."""

    means: str = Field(min_length=1)
    common: bool = Field(default=False, description="Looked for only in messages that have others")


class Sequence(_Part):
    """A concept made of others that stand close together: somebody, does what, to whom."""

    of: list[Group] = Field(min_length=2, description="A list in the list is any of")
    within: int = Field(default=6, ge=2, le=40, description="Words from the first to the last")
    ordered: bool = Field(default=False, description="They must follow one another")

    @property
    def groups(self) -> list[list[str]]:
        """The groups, each as a list."""
        return _lists(self.of)


def named_in(silencing: Silencing) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every concept that is named there, with its place."""
    for concept, unless in silencing.items():
        for named in (concept, *unless):
            yield ("none_of", concept), named


class NotBefore(_Part):
    """A hit of the rule's first group does not count when `concept` stands up to `words` words before it."""

    concept: Id
    words: int = Field(ge=1, le=20)


class Rule(_Part):
    """What must come together. Each group of `all_of` counts 1; `weights` raise or lower the score."""

    id: Id
    topic: str | None = Field(default=None, description="Screen to offer; the file's topic when absent")
    all_of: list[Group] = Field(
        min_length=2, description="Groups that must all be there; a list in the list is any of"
    )
    none_of: Silencing = Field(default={}, description="Besides those that silence every rule")
    within: int = Field(default=30, ge=2, le=400, description="Words in which all groups must stand")
    ordered: bool = Field(default=False, description="The groups must follow one another")
    not_before: NotBefore | None = None
    weights: dict[Weighed, int] = Field(
        default={}, description="What counts, once, when it stands within the same words; `a + b` needs both"
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

    @model_validator(mode="after")
    def _weighed_in_any_order(self) -> Self:
        if self.weights and (self.ordered or self.not_before):
            raise ValueError("a rule with `weights` can have neither `ordered` nor `not_before`")
        return self

    @property
    def groups(self) -> list[list[str]]:
        """The groups, each as a list."""
        return _lists(self.all_of)

    def concepts(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Every concept the rule names, with its place in the rule."""
        for number, group in enumerate(self.groups):
            for concept in group:
                yield ("all_of", number), concept
        yield from named_in(self.none_of)
        for weighed in self.weights:
            for concept in weighed.split(" + "):
                yield ("weights", weighed), concept
        if self.not_before:
            yield ("not_before", "concept"), self.not_before.concept


class Rules(_Part):
    """messages/triggers/rules.yaml, the same for all languages."""

    version: int = Field(ge=1)
    topic: str = Field(description="Screen to offer when a rule fires")
    concepts: dict[Id, Meaning]
    sequences: dict[Id, Sequence] = Field(
        default={}, description="Concepts made of those above, and of sequences above"
    )
    groups: dict[Id, list[Id]] = Field(default={}, description="Names for any of several concepts, in all_of")
    none_of: Silencing = Field(
        default={}, description="Concepts that silence every rule, with those that take it back"
    )
    rules: list[Rule] = Field(min_length=1)

    def names(self) -> list[str]:
        """Every concept, those made of others last."""
        return [*self.concepts, *self.sequences]


class Examples(_Part):
    """Sentences tried whenever the file is loaded."""

    match: dict[str, list[str]] = Field(min_length=1, description="Under the topic that must be offered")
    no_match: list[str] = Field(min_length=1)


class Words(_Part):
    """A file messages/triggers/<language>.yaml."""

    lists: dict[Id, list[Term]] = Field(default={}, description="Words to use in terms, as {name}")
    concepts: dict[Id, list[Term]]
    real_words: list[Term] = Field(
        default=[], description="Words that are no misspellings, though one slip away from a term's"
    )
    examples: Examples


@dataclass(frozen=True, slots=True)
class Pack:
    """The words of one language (BCP 47)."""

    language: str
    words: Words
