"""How do tests make a small pack?"""

from pathlib import Path

import yaml

from bot.detection.detector import Detector
from bot.detection.pack import Pack

MESSAGES = Path(__file__).resolve().parents[2] / "messages"

CONCEPTS: dict[str, object] = {
    "threat": {"en": ["threaten*", "blackmail*"]},
    "nudes": {"en": ["nudes", "{naked,private} pics"]},
    "money": {"en": ["money"]},
    "not": {"common": True, "en": ["not", "never"]},
    "joke": {"common": True, "en": ["lol"]},
    "plea": {"common": True, "en": ["help"]},
}


def pack(rule: dict[str, object], **more: object) -> dict[str, object]:
    """A pack with one rule, as it stands in a file."""
    return {
        "pack": "test",
        "version": 1,
        "topic": "sextortion",
        "concepts": CONCEPTS,
        "rules": [{"id": "test.rule", **rule}],
        "examples": {"match": ["threatening me with my nudes"], "no_match": ["hello"]},
        **more,
    }


def detector(rule: dict[str, object], **more: object) -> Detector:
    return Detector([Pack.model_validate(pack(rule, **more))])


def write(root: Path, content: dict[str, object] | str, name: str = "en.yaml") -> Path:
    """Put a pack file under `root`/messages/triggers and return `root`/messages."""
    folder = root / "messages" / "triggers"
    folder.mkdir(parents=True, exist_ok=True)
    text = (
        content if isinstance(content, str) else yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
    )
    (folder / name).write_text(text, encoding="utf-8")
    return folder.parent
