"""How do tests make small rules and words?"""

from pathlib import Path

import yaml

from bot.detection.detector import Detector
from bot.detection.pack import Pack, Rules, Words

MESSAGES = Path(__file__).resolve().parents[2] / "messages"

CONCEPTS: dict[str, object] = {
    "threat": ["threaten*", "blackmail*"],
    "nudes": ["nudes", "{naked,private} pics"],
    "money": ["money"],
    "not": ["not", "never"],
    "joke": ["lol"],
    "plea": ["help"],
}
COMMON = {"not", "joke", "plea"}


def rules(rule: dict[str, object], **more: object) -> dict[str, object]:
    """A rules.yaml with one rule."""
    return {
        "version": 1,
        "topic": "sextortion",
        "concepts": {name: {"means": f"words for {name}", "common": name in COMMON} for name in CONCEPTS},
        "rules": [{"id": "test.rule", **rule}],
        **more,
    }


def words(**more: object) -> dict[str, object]:
    """A language's file."""
    examples = {"match": {"sextortion": ["threatening me with my nudes"]}, "no_match": ["hello"]}
    return {"concepts": CONCEPTS, "examples": examples, **more}


def detector(rule: dict[str, object], **more: object) -> Detector:
    return Detector(Rules.model_validate(rules(rule, **more)), [Pack("en", Words.model_validate(words()))])


def write(root: Path, content: dict[str, object] | str, name: str = "en.yaml") -> Path:
    """Put a file under `root`/messages/triggers and return `root`/messages."""
    folder = root / "messages" / "triggers"
    folder.mkdir(parents=True, exist_ok=True)
    text = (
        content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    )
    (folder / name).write_text(text, encoding="utf-8")
    return folder.parent
