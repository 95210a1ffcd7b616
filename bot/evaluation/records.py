"""What is one message of a file that triggers are tried on?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# What may be told apart in the report, in the order of the report.
FACETS = ("label", "lang", "origin", "speaker", "kind", "obfuscation", "category", "needs_context", "source")

_POSITIVE = frozenset({"positive", "pos", "1", "true", "yes"})
_NEGATIVE = frozenset({"negative", "neg", "0", "false", "no"})
# Whose words must bring help by themselves; a file may leave the speaker out.
_STRICT_SPEAKERS = frozenset({"", "victim", "friend", "parent", "quoting_threat"})
_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Record:
    """A message. `line` counts from 1: lines in a file of JSON lines, messages in an export."""

    line: int
    text: str = field(repr=False)
    facets: Mapping[str, str] = field(default_factory=dict)

    @property
    def positive(self) -> bool | None:
        """Whether help should be offered, as far as the file says; never to a blackmailer."""
        if self.by_blackmailer:
            return False
        label = self.facets.get("label", "").lower()
        return True if label in _POSITIVE else False if label in _NEGATIVE else None

    @property
    def by_blackmailer(self) -> bool:
        """Whether it is in the voice of somebody who threatens."""
        return self.facets.get("speaker") == "blackmailer"

    @property
    def about_email_scam(self) -> bool:
        """Whether it asks about a mass e-mail that claims to have pictures; these are scored apart."""
        return "email_scam" in (self.facets.get("speaker"), self.facets.get("kind"))

    @property
    def needs_context(self) -> bool:
        """Whether the file says that only the lines before tell what this one means."""
        return self.facets.get("needs_context", "").lower() in _POSITIVE

    @property
    def strict(self) -> bool:
        """Whether it is a positive that says by itself what happened, to a victim or somebody close."""
        alone = not self.needs_context and not self.about_email_scam
        return alone and self.facets.get("speaker", "") in _STRICT_SPEAKERS and self.positive is True


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be judged, and what would mend it."""

    line: int
    mend: str


def from_mapping(line: int, raw: Mapping[str, object]) -> Record | BadLine:
    """Return the record of one JSON object `{text, label?, lang?, ...}`."""
    text = raw.get("text")
    if not isinstance(text, str):
        return BadLine(line, 'has no "text"; write {"text": "..."} on every line')
    facets = {name: value for name in FACETS if (value := _shown(raw.get(name)))}
    if raw.get("obfuscated") is True:
        facets.setdefault("obfuscation", "yes")
    return Record(line, text, facets)


def _shown(value: object) -> str:
    """A value for the report; empty for lists and objects, which nobody can count."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)[:_LONGEST_VALUE] if isinstance(value, str | int | float) else ""
