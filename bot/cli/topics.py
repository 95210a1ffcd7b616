"""Does every trigger lead to a screen that can be offered?"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from bot.content import Content
from bot.content.links import SMALL
from bot.detection.pack import Pack
from bot.detection.source import Where, parse
from bot.errors import ContentError


def topic_faults(messages: Path, content: Content) -> list[str]:
    """Return one line for each topic under `messages`/triggers that is no screen of `content`.

    A pack that cannot be read is passed over: `detection.check` names what is wrong with it.
    """
    known = set(content.screen_ids) - SMALL
    faults = []
    for path in sorted((messages / "triggers").glob("*.yaml")):
        try:
            source = parse(path, f"{messages.name}/triggers/{path.name}")
            pack = Pack.model_validate(source.data)
        except (ContentError, ValidationError):
            continue
        faults += [
            source.fault(where, f'no screen "{topic}" can be offered; write it, or mend the spelling')
            for where, topic in _topics(pack)
            if topic not in known
        ]
    return faults


def _topics(pack: Pack) -> Iterator[tuple[Where, str]]:
    yield ("topic",), pack.topic
    for at, rule in enumerate(pack.rules):
        if rule.topic is not None:
            yield ("rules", at, "topic"), rule.topic
