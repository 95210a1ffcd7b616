"""In which words is a moderator told why a trigger fired, or why it did not?"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns for `str.format`, and what stands above and beside an explanation.

    `names` are of concepts and groups, by the names that rules.yaml gives them (with spaces); what has
    none there goes by that one.
    """

    offered: str = "Help would be offered"
    silent: str = "Silence"
    fired: str = "{rule} fired ({score} of {threshold})"
    nearest: str = "silent; nearest is {rule}"
    nothing: str = "silent: no concept of any trigger stands in this text"
    said: str = '{name} "{quote}"'
    together: str = "{first} with {second}"
    rest: str = "and what else stands there {points}"
    there: str = "{found} is there"
    missing: str = "missing: {names}"
    either: str = "or"
    both: str = "and"
    silenced: str = "but {found} silences it"
    not_near: str = "not within {words} words"
    not_in_order: str = "not in this order within {words} words"
    too_few: str = "score {score} of {threshold}"
    before: str = "(a message before)"
    concept: str = "concept"
    written: str = "what was written"
    term: str = "term of the pack"
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, concept: str) -> str:
        """Return what to call a concept or a group."""
        return self.names.get(concept, concept)


ENGLISH = Wording()
