"""What must never be logged?  Secrets to plant, and a log that looks for them whenever it is read."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.ops.logging import configure

# Put together here, because a text that stands in the source is taken for our own.
SAID = " ".join(("he", "will", "send", "my", "pictures", "to", "everyone"))
PERSON = "708512345678901234"
TELEGRAM_TOKEN = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
DISCORD_TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"
SECRETS = (SAID, PERSON, TELEGRAM_TOKEN, TELEGRAM_TOKEN[7:], DISCORD_TOKEN)


class Logs:
    """What was logged; looking at it makes sure that nothing secret is in it."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        written = self.stream.getvalue()
        assert not [secret for secret in SECRETS if secret in written]
        return written

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]

    @property
    def events(self) -> list[object]:
        return [line["event"] for line in self.lines]


@pytest.fixture
def logs() -> Iterator[Logs]:
    root, raise_exceptions = logging.getLogger(), logging.raiseExceptions
    handlers, level = root.handlers[:], root.level
    logs = Logs()
    configure(level="DEBUG", secrets=(), stream=logs.stream, json=True)
    yield logs
    root.handlers[:], logging.raiseExceptions = handlers, raise_exceptions
    root.setLevel(level)
    structlog.reset_defaults()
