"""What is one message of a file that triggers are tried on?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# What may be told apart in the report, in the order of the report.
FACETS = ("label", "lang", "origin", "speaker", "kind", "obfuscation", "category", "needs_context", "source")

_POSITIVE = frozenset({"positive", "pos", "1", "true", "yes"})
_NEGATIVE = frozenset({"negative", "neg", "0", "false", "no"})
_NOT_STRICT = frozenset({"email_scam", "blackmailer"})


@dataclass(frozen=True, slots=True)
class Record:
    """A message. `line` counts from 1: lines in a file of JSON lines, messages in an export."""

    line: int
    text: str = field(repr=False)
    facets: Mapping[str, str] = field(default_factory=dict)

    @property
    def positive(self) -> bool | None:
        """Whether help should be offered, as far as the file says."""
        label = self.facets.get("label", "").lower()
        return True if label in _POSITIVE else False if label in _NEGATIVE else None

    @property
    def strict(self) -> bool:
        """Whether it is a positive that says by itself what happened, to a victim or somebody close."""
        alone = self.facets.get("needs_context", "false") == "false"
        return bool(self.positive) and alone and self.facets.get("speaker") not in _NOT_STRICT


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
    facets = {name: _shown(raw[name]) for name in FACETS if raw.get(name) not in (None, "")}
    if raw.get("obfuscated") is True:
        facets.setdefault("obfuscation", "yes")
    return Record(line, text, facets)


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)[:80]
