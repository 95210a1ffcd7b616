"""Do our own logs say what the bot did, and never what people wrote, who they are, or a token?"""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.errors import ConfigError, StorageError
from bot.model import Outcome, Person
from bot.ops.logging import configure
from tests.ops.conftest import DISCORD_TOKEN, PERSON, SAID, TELEGRAM_TOKEN, Logs

log = structlog.get_logger("bot.tests")


def test_an_event_of_ours_passes_with_its_facts(logs: Logs) -> None:
    log.info("help sent", platform="discord", outcome=Outcome.DELIVERED, tries=2, took=0.12345, first=True)
    (line,) = logs.lines
    assert line.pop("timestamp")
    assert line == {
        "event": "help sent",
        "level": "info",
        "logger": "bot.tests",
        "platform": "discord",
        "outcome": "delivered",
        "tries": 2,
        "took": 0.123,
        "first": True,
    }


def test_a_sentence_passes_only_if_it_stands_in_the_source(logs: Logs) -> None:
    log.warning("no answer", why="the database cannot be used", said=SAID)
    log.warning(f"no answer to {SAID}")
    log.warning("no answer to %s", SAID)
    first, second, third = logs.lines
    assert (first["why"], first["said"]) == ("the database cannot be used", "(withheld)")
    assert second["event"] == "(withheld)"
    assert third["event"] == "no answer to %s"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (int(PERSON), ">9999"),
        (-1001234567890, ">9999"),
        (1e12, ">9999"),
        (PERSON, "(removed)"),
        (f"user-{PERSON}", "user-(removed)"),
        (TELEGRAM_TOKEN, "(removed)"),
        (f"https://host/a bot{TELEGRAM_TOKEN}/getMe", "(withheld)"),
        (f"bot{TELEGRAM_TOKEN}/getMe", "bot(removed)/getMe"),
        (DISCORD_TOKEN, "(removed)"),
        (b"bytes", "(withheld)"),
        ({"key": SAID}, "(withheld)"),
        (["discord", SAID, 7, 71234], "discord, (withheld), 7, >9999"),
        (Person("discord", PERSON), "(withheld)"),
        (ValueError(SAID), "ValueError"),
        (timedelta(seconds=90), 90.0),
        (Path("some folder/quietline.db"), str(Path("some folder/quietline.db"))),
        (
            StorageError("storage: the disk is full;\nfree some space"),
            "storage: the disk is full; free some space",
        ),
        (StorageError(f"storage: {PERSON}"), "storage: (removed)"),
        (None, None),
    ],
)
def test_a_value_is_shown_only_if_it_can_be_nothing_of_a_person(
    logs: Logs, value: object, kept: object
) -> None:
    log.error("tried", value=value)
    assert logs.lines[0]["value"] == kept


def test_an_exception_is_shown_as_classes_and_places(logs: Logs) -> None:
    try:
        try:
            raise KeyError(SAID)
        except KeyError as error:
            raise ExceptionGroup(SAID, [ValueError(SAID)]) from error
    except ExceptionGroup:
        log.exception("failed")
    raised = str(logs.lines[0]["raised"])
    assert raised.startswith("ExceptionGroup at tests/ops/test_logging.py:")
    assert " test_an_exception_is_shown_as_classes_and_places" in raised
    assert "; from ValueError; from KeyError at " in raised


def test_known_secrets_are_removed_wherever_they_are(logs: Logs) -> None:
    configure(level="INFO", secrets=("", "hunter2", "a:b/c"), stream=logs.stream, json=True)
    log.info("connected", error=StorageError("postgresql://user:hunter2@host a:b/c a%3Ab%2Fc"))
    assert logs.lines[0]["error"] == "postgresql://user:(removed)@host (removed) (removed)"


def test_the_level_holds_for_our_own_events(logs: Logs) -> None:
    configure(level="warning", secrets=(), stream=logs.stream, json=True)
    log.info("small")
    log.warning("large")
    assert logs.events == ["large"]
    with pytest.raises(ConfigError, match="log level: 'LOUD' is none of DEBUG, INFO"):
        configure(level="LOUD", secrets=(), stream=logs.stream)


def test_on_a_terminal_the_same_is_written_for_people(logs: Logs) -> None:
    configure(level="INFO", secrets=(), stream=logs.stream, json=False)
    log.info("help sent", platform="discord", person=int(PERSON))
    assert "help sent" in logs.text
    assert "person=>9999 platform=discord" in logs.text


def test_a_record_that_cannot_be_formatted_is_not_dumped(
    logs: Logs, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError(SAID)

    logging.getLogger("lib").error(Broken(), SAID)
    logging.getLogger("lib").error("%d", SAID)
    log.error("tried", value=Broken())
    assert "tried" in logs.events
    assert capsys.readouterr() == ("", "")
