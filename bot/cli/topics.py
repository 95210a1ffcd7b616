"""Does every trigger lead to a screen that can be offered?"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.content import Content
from bot.content.links import SMALL
from bot.detection.loader import FOLDER, RULES
from bot.detection.pack import Rules
from bot.detection.source import Where, parse
from bot.errors import ContentError


def topic_faults(messages: Path, content: Content) -> list[str]:
    """Return one line for each topic of `messages`/triggers/rules.yaml that is no screen of `content`.

    A file that cannot be read is passed over: `detection.check` names what is wrong with it.
    """
    known = set(content.screen_ids) - SMALL
    try:
        source = parse(messages / FOLDER / RULES, f"{messages.name}/{FOLDER}/{RULES}")
        rules = Rules.model_validate(source.data)
    except (ContentError, ValidationError):
        return []
    return [
        source.fault(where, f'no screen "{topic}" can be offered; write it, or mend the spelling')
        for where, topic in _topics(rules)
        if topic not in known
    ]


def _topics(rules: Rules) -> Iterator[tuple[Where, str]]:
    yield ("topic",), rules.topic
    for at, rule in enumerate(rules.rules):
        if rule.topic is not None:
            yield ("rules", at, "topic"), rule.topic
