"""A small messages/ folder that holds, for tests to break in one place."""

from datetime import date
from pathlib import Path
from typing import get_args

import yaml

from bot.content.directory_file import Audience, Limit, What
from bot.content.links import REQUIRED, SMALL
from bot.content.taps import UNSAFE
from bot.content.words_file import COMMANDS

CHECKED = date(2026, 11, 24)
SOURCES = [{"name": "A police force", "url": "https://police.example/warning", "checked": CHECKED}]


def entry(service_id: str, **facts: object) -> dict[str, object]:
    return {
        "id": service_id,
        "name": f"Name of {service_id}",
        "what": ["helpline"],
        "audience": ["anyone"],
        "summary": "They listen.",
        "url": f"https://{service_id}.example/",
        "source_url": f"https://{service_id}.example/about",
        "seen": "undated",
        "confidence": "high",
        "verify_first": False,
        "checked": CHECKED,
        **facts,
    }


def screen(**keys: object) -> dict[str, object]:
    return {"preview": "A calm first line.", "body": [{"say": "**One** thing at a time."}], **keys}


def words(**keys: object) -> dict[str, object]:
    labels = ("phone", "text", "chat", "hours", "cost", "privacy", "checked")
    return {
        **{label: label.capitalize() for label in labels},
        "unsafe": "I am not safe",
        "back": "Back",
        "crisis_line": "Talk to {name}: {phone} ({country}).",
        "emergency": "**In danger? {numbers}** ({country}).",
        "emergency_elsewhere": "**In danger? Call for help.**",
        "either": "or",
        "no_name": "no name needed",
        "name_needed": "name needed",
        "take_back": "Take it back",
        "take_it_back": "Delete it",
        "elsewhere": "Elsewhere?",
        "awaiting_review": "Nobody has read this yet.",
        "commands": {command: f"What {command} does." for command in COMMANDS},
        "never_on_lock_screen": ["blackmail", "nude"],
        "any_country": "Any country",
        "no_such_service": "None for {country}. These are for any country:",
        "send": "{word} to {phone}",
        "press": "{phone}, then {key}",
        "online": "on their website",
        "always": "day and night",
        "open_now": "open now",
        "open_unless_holiday": "open now, unless it is a holiday",
        "closed_now": "closed now",
        "free": "free",
        "on_bill": "seen on the bill",
        "off_bill": "not seen on the bill",
        "last_checked": "Last checked",
        "kinds": {what: f"Kind {what}" for what in get_args(What)},
        "audiences": {audience: f"for {audience}" for audience in get_args(Audience)},
        "limits": {limit: limit for limit in get_args(Limit)},
        "language": "Language",
        "choose_language": "Pick your language.",
        "choose_country": "Pick your country.",
        "other_country": "Another country",
        "next_page": "More countries",
        "previous_page": "The countries before",
        "country_option": "Where you are.",
        "in_country": ["in", "report in"],
        "negations": ["not", "never", "havent", "didnt"],
        **keys,
    }


def write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def small(parent: Path) -> Path:
    """Write the folder and return it: English, the United Kingdom, and services for any country."""
    root = parent / "messages"
    for screen_id in REQUIRED:
        keys = {"unsafe": False} if screen_id in SMALL | {UNSAFE} else {}
        write(root / "en" / f"{screen_id}.yaml", screen(**keys))
    write(root / "en/sextortion/report-country.yaml", screen())
    write(root / "en/words.yaml", words())
    write(root / "en/topics.yaml", {"sextortion": ["blackmail"], UNSAFE: ["want to die"]})
    crisis = {"what": ["crisis-line"], "lead_for": ["crisis"]}
    emergency = {"numbers": ["999", "112"], "source_url": "https://numbers.example/", "checked": CHECKED}
    services = [
        entry("gb-ceop", what=["report-police"], audience=["under18"], lead_for=["under18"]),
        entry("gb-old", phone="0800 1111", hours="day", verify_first=True),
        entry("gb-line", phone="116 123", hours="24 hours", **crisis),
        entry("gb-no-url", url=None, text="85258"),
    ]
    gb = {"country": "GB", "emergency": emergency, "services": services}
    write(root / "directory/gb.yaml", gb)
    anywhere = [entry("int-tool", what=["image-removal"]), entry("int-finder", **crisis)]
    write(
        root / "directory/international.yaml",
        {"country": "international", "services": anywhere},
    )
    return root
