"""Does everybody who asks get the right screen, in private?"""

import asyncio
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Button, Place, Road
from tests.bench import NO_PRIVATE_ROAD, TRIGGER, Bench
from tests.fakes import DIRECT, GROUP, FakeAdapter, command, message, press


@pytest.mark.parametrize(
    ("asked", "screen"),
    [
        ("sextortion", "sextortion"),
        ("SEXTORSION please", "sextortion"),
        ("blackmail", "sextortion"),
        ("nudes leaked", "sextortion"),
        ("i want to die", "sextortion/unsafe"),
        ("prevention", "prevention"),
        ("the weather", "index"),
        ("", "index"),
    ],
)
async def test_help_reaches_the_screen_however_it_is_typed(bench: Bench, asked: str, screen: str) -> None:
    await bench.service().on_command(command("help", asked))
    assert bench.shown == [(Road.ANSWER, screen)]
    assert not bench.adapter.public


@pytest.mark.parametrize(
    ("name", "argument", "screen"),
    [
        ("start", "", "index"),
        ("start", "sextortion_paid", "sextortion/paid"),
        ("start", "../../etc/passwd", "index"),
        ("privacy", "", "privacy"),
        ("forget", "", "forget"),
        ("stop", "", "stopped"),
        ("nonsense", "", "index"),
    ],
)
async def test_the_other_commands(bench: Bench, name: str, argument: str, screen: str) -> None:
    await bench.service().on_command(command(name, argument, DIRECT))
    assert bench.shown == [(Road.ANSWER, screen)]


@pytest.mark.parametrize(
    ("button", "screen"),
    [
        ("q1:go:sextortion/deadline", "sextortion/deadline"),
        ("q1:wipe", "wiped"),
        ("q1:stop", "stopped"),
        ("q1:go:no/such/screen", "index"),
        ("q9:go:sextortion", "index"),
        ("forged", "index"),
        ("", "index"),
    ],
)
async def test_a_button_leads_to_its_screen_and_a_forged_one_to_the_index(
    bench: Bench, button: str, screen: str
) -> None:
    await bench.service().on_press(press(button))
    assert bench.shown == [(Road.ANSWER, screen)]


async def test_only_the_answer_to_clearing_clears(bench: Bench) -> None:
    service = bench.service()
    for button in ("q1:go:wiped", "q1:wipe", "q1:go:sextortion", "q2:wipe:en:us"):
        await service.on_press(press(button))
    shown = [(screen.id, screen.clears) for _, _, screen in bench.adapter.private]
    assert shown == [("wiped", True), ("wiped", True), ("sextortion", False), ("wiped", True)]


@pytest.mark.parametrize("button", ["q2:stop:en:us", "q2:wipe:en:us", "q2:go:sextortion:en:us"])
async def test_what_was_chosen_stays_chosen(bench: Bench, button: str) -> None:
    await bench.service().on_press(press(button))
    (_, _, screen) = bench.adapter.private[-1]
    ids = [one.id for one in screen.buttons if isinstance(one, Button)]
    assert all(one.endswith(":en:us") for one in ids)


async def test_no_number_says_which_country_somebody_is_in(bench: Bench) -> None:
    service = bench.service()
    await service.on_press(press("q1:go:sextortion/report/us"))
    counted = service.metrics.render().decode()
    assert 'topic="sextortion/report"' in counted
    assert "report/us" not in counted


async def test_no_number_says_how_old_somebody_is(bench: Bench) -> None:
    service = bench.service()
    for page in ("under18", "removal", "removal/adult", "removal/under18", "removal/report-remove"):
        await service.on_press(press(f"q1:go:sextortion/{page}"))
    counted = service.metrics.render().decode()
    topics = set(re.findall('help_requests_total.*topic="([^"]*)"', counted))
    assert topics == {"sextortion", "sextortion/removal"}


async def test_a_country_behind_the_command_is_chosen(bench: Bench) -> None:
    service = bench.service()
    for country in ("US", "united states", "the moon", ""):
        await service.on_command(replace(command("help", "sextortion"), country=country))
    firsts = [screen.actions[0] for _, _, screen in bench.adapter.private]
    ids = [one.id if isinstance(one, Button) else "" for one in firsts]
    assert [one.endswith(":-:us") for one in ids] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "place", "screen"),
    [
        ("", DIRECT, "no-pictures"),
        ("he has this one, i already paid", DIRECT, "no-pictures"),
        ("i want to die", DIRECT, "sextortion/unsafe"),
        ("stop", DIRECT, "stopped"),
        ("help i am being blackmailed", GROUP, "sextortion"),
    ],
)
async def test_a_picture_is_refused_in_private_and_danger_still_heard(
    bench: Bench, text: str, place: Place, screen: str
) -> None:
    await bench.service().on_message(replace(message(text, place=place), addressed=True, picture=True))
    assert bench.shown == [(Road.ANSWER, screen)]


async def test_words_said_to_the_bot_are_answered(bench: Bench) -> None:
    await bench.service().on_message(message("HELP im being blackmailed!!", place=DIRECT))
    assert bench.shown == [(Road.ANSWER, "sextortion")]


@pytest.mark.parametrize("text", ["stop", "STOP!", " Stop. ", "unsubscribe"])
async def test_the_word_stop_opts_out(bench: Bench, text: str) -> None:
    service = bench.service()
    await service.on_message(message(text, place=DIRECT))
    await service.on_message(message(TRIGGER))
    assert bench.shown == [(Road.ANSWER, "stopped")]


async def test_a_public_command_with_no_private_road_gets_the_note_at_once(bench: Bench) -> None:
    bench.adapter.replies = NO_PRIVATE_ROAD
    service = bench.service()
    await service.on_command(command("help", "sextortion", seen=True))
    assert [screen.id for screen in bench.adapter.public] == ["note"]
    await service.notes.stop()


async def test_a_request_that_nobody_saw_brings_no_note(bench: Bench) -> None:
    bench.adapter.replies = NO_PRIVATE_ROAD
    await bench.service().on_command(command("help", "sextortion"))
    assert not bench.adapter.public


async def test_what_was_asked_long_ago_is_not_answered(bench: Bench) -> None:
    bench.clock.now += timedelta(minutes=15, seconds=1)
    service = bench.service()
    await service.on_command(command("help", "sextortion"))
    await service.on_message(message("help", place=DIRECT))
    assert not bench.shown


async def test_the_same_words_are_answered_once_and_changed_ones_again(bench: Bench) -> None:
    service = bench.service()
    for text in ["help", "help", "i already paid", "i already paid"]:
        await service.on_message(message(text, place=DIRECT))
    assert [screen for _, screen in bench.shown] == ["index", "sextortion/paid"]


async def test_never_again_is_answered_in_time_by_a_locked_database(bench: Bench) -> None:
    await bench.store.open()
    with closing(sqlite3.connect(bench.folder / "service.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(2.5):  # platforms wait three seconds
            await bench.service().on_press(press("q1:stop"))
        other.execute("ROLLBACK")
    assert bench.shown == [(Road.ANSWER, "stop-failed")]


async def test_a_button_never_leads_to_a_note(bench: Bench) -> None:
    bench.adapter.replies = NO_PRIVATE_ROAD
    await bench.service().on_press(press("q1:go:sextortion", GROUP))
    assert not bench.adapter.public


async def test_with_the_database_gone_help_answers_and_triggers_are_silent(bench: Bench) -> None:
    (bench.folder / "service.db").mkdir()
    service = bench.service()
    await service.on_command(command("help", "sextortion"))
    await service.on_press(press("q1:go:sextortion/paid"))
    await service.on_message(message(TRIGGER))
    await service.on_press(press("q1:stop"))
    assert [screen for _, screen in bench.shown] == ["sextortion", "sextortion/paid", "stop-failed"]


async def test_an_adapter_that_breaks_its_promise_stops_nobody_elses_help(bench: Bench) -> None:
    class Broken(FakeAdapter):
        async def send_private(self, *_: object) -> None:  # type: ignore[override]
            raise RuntimeError("a bug")

    working, bench.adapter = bench.adapter, Broken()
    await bench.service().on_command(command("help", "sextortion"))
    await bench.service().on_message(message(TRIGGER))
    bench.adapter = working
    await bench.service().on_command(command("help", "sextortion"))
    assert bench.shown == [(Road.ANSWER, "sextortion")]
