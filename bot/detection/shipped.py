"""What do the files under messages/triggers/ hold, for those who check something against them?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from bot.detection.loader import FOLDER, RULES
from bot.detection.pack import Meaning, Pack, Rules, Words
from bot.detection.source import Source, parse
from bot.errors import ContentError


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence for which `topic` must be offered; None where silence must be kept."""

    file: str
    topic: str | None
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shipped:
    """The rules, and the packs with their files."""

    rules: Rules
    packs: tuple[tuple[Source, Pack], ...]

    @property
    def concepts(self) -> Mapping[str, Meaning]:
        """The concepts for which words are listed, by name."""
        return self.rules.concepts

    def examples(self) -> list[Example]:
        """Return the examples of all languages."""
        return [one for source, pack in self.packs for one in _examples(source.shown, pack.words)]


def shipped(root: Path) -> Shipped:
    """Read everything under `root`/triggers; raises ContentError for what `bot.detection.check` names."""
    folder = root / FOLDER
    rules_source = parse(folder / RULES, f"{root.name}/{FOLDER}/{RULES}")
    sources = [
        parse(path, f"{root.name}/{FOLDER}/{path.name}")
        for path in sorted(folder.glob("*.yaml"))
        if path.name != RULES
    ]
    try:
        rules = Rules.model_validate(rules_source.data)
        packs = [(one, Pack(Path(one.shown).stem, Words.model_validate(one.data))) for one in sources]
    except ValidationError:
        raise ContentError(f"{root.name}/{FOLDER}: `python -m bot check` names what is wrong") from None
    return Shipped(rules, tuple(packs))


def _examples(file: str, words: Words) -> list[Example]:
    wanted = [(topic, texts) for topic, texts in words.examples.match.items()]
    return [
        *(Example(file, topic, text) for topic, texts in wanted for text in texts),
        *(Example(file, None, text) for text in words.examples.no_match),
    ]
