"""Who is offered help nobody asked for: once, in private, and never against their will?"""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.config import Defaults
from bot.model import Button, Message, Road
from bot.policy import Mode
from tests.bench import NO_PRIVATE_ROAD, TRIGGER, Bench, promises, until
from tests.detection.packs import detector
from tests.fakes import DIRECT, message, press


async def test_a_trigger_is_answered_privately_with_one_safe_line_first(bench: Bench) -> None:
    await bench.service().on_message(message(TRIGGER))
    ((road, person, screen),) = bench.adapter.private
    assert (road, person, screen.id) == (Road.DIRECT, "person-1", "offer")
    assert screen.veiled
    assert any(isinstance(action, Button) and action.id == "q1:stop" for action in screen.actions)
    assert not bench.adapter.public


@pytest.mark.parametrize("topic", ["sextortion", "email-scam"])
async def test_an_offer_leads_to_the_topic_of_the_rule_that_fired(bench: Bench, topic: str) -> None:
    rule: dict[str, object] = {"all_of": ["threat", "nudes"], "topic": topic}
    offers = replace(bench.service().offers, detector=detector(rule))
    await offers.consider(message("threatening me with my nudes"))
    ((_, _, screen),) = bench.adapter.private
    assert (screen.id, screen.veiled) == ("offer", True)
    ways_on = [one.id for one in screen.actions if isinstance(one, Button) and one.id.startswith("q1:go:")]
    assert ways_on == [f"q1:go:{topic}"]


@pytest.mark.parametrize(
    "text",
    [
        "good morning everyone",
        "the new album got leaked lol",
        "pay me 200 or i send your nudes to your mom",
        "we had a talk about sextortion at school today",
    ],
)
async def test_anything_else_is_met_with_silence(bench: Bench, text: str) -> None:
    await bench.service().on_message(message(text))
    assert not bench.adapter.private
    assert not bench.adapter.public


async def test_one_offer_a_person_and_community_in_24_hours(bench: Bench) -> None:
    service = bench.service()
    await service.on_message(message(TRIGGER, "m1"))
    await service.on_message(message(TRIGGER, "m2"))
    assert len(bench.shown) == 1
    await service.on_message(message(TRIGGER, "m3", person="person-2"))
    assert len(bench.shown) == 2
    bench.clock.now += timedelta(hours=25)
    late = message(TRIGGER, "m4")
    await service.on_message(Message(late.origin, late.key, late.text, bench.clock.now))
    assert len(bench.shown) == 3


async def test_five_triggers_at_once_bring_one_offer(bench: Bench) -> None:
    service = bench.service()
    await asyncio.gather(*(service.on_message(message(TRIGGER, f"m{n}")) for n in range(5)))
    assert len(bench.shown) == 1


async def test_the_same_version_of_a_message_is_judged_once(bench: Bench) -> None:
    service = bench.service()
    for text in ["hello", "hello", TRIGGER, TRIGGER, TRIGGER]:
        await service.on_message(message(text))
    assert (
        'quietline_matches_total{platform="fake",topic="sextortion"} 1.0' in service.metrics.render().decode()
    )
    assert bench.shown == [(Road.DIRECT, "offer")]


async def test_never_again_holds_after_a_restart(bench: Bench) -> None:
    await bench.service().on_press(press("q1:stop", DIRECT))
    await bench.service().on_message(message(TRIGGER))
    assert bench.shown == [(Road.ANSWER, "stopped")]


async def test_an_old_message_is_left_alone(bench: Bench) -> None:
    bench.clock.now += timedelta(minutes=5, seconds=1)
    await bench.service().on_message(message(TRIGGER))
    assert not bench.adapter.private


@pytest.mark.parametrize("mode", [Mode.OFF, Mode.SHADOW])
async def test_in_off_and_shadow_nobody_is_contacted(bench: Bench, mode: Mode) -> None:
    bench.adapter.replies = NO_PRIVATE_ROAD
    await bench.service(Defaults(triggers=mode)).on_message(message(TRIGGER))
    await asyncio.sleep(0.05)
    assert not bench.adapter.private
    assert not bench.adapter.public


async def test_when_no_private_road_leads_there_a_note_comes_that_is_about_nobody(bench: Bench) -> None:
    bench.adapter.replies = NO_PRIVATE_ROAD
    service = bench.service()
    await service.on_message(message(TRIGGER))
    note = await bench.note()
    assert (note.id, [action.label for action in note.actions]) == ("note", ["Open (only you see it)"])
    assert [action.id for action in note.actions if isinstance(action, Button)] == ["q1:go:index"]
    await service.notes.stop()


async def test_an_offer_that_reached_nobody_may_be_tried_again(bench: Bench) -> None:
    bench.adapter.replies = dict(NO_PRIVATE_ROAD)
    quiet = Defaults.model_validate({"notice": {"enabled": False}})
    service = bench.service(quiet)
    await service.on_message(message(TRIGGER, "m1"))
    bench.adapter.replies = {}
    await service.on_message(message(TRIGGER, "m2"))
    assert bench.shown[-1] == (Road.DIRECT, "offer")


async def test_an_opt_out_that_could_not_be_saved_holds_and_is_saved_later(bench: Bench) -> None:
    blocked = bench.folder / "service.db"
    blocked.mkdir()
    service = bench.service()
    await service.on_press(press("q1:stop"))
    blocked.rmdir()
    await service.on_message(message(TRIGGER, "m1"))
    await service.offers.tend()
    await bench.service().on_message(message(TRIGGER, "m2"))
    assert bench.shown == [(Road.ANSWER, "stop-failed")]


async def test_a_second_person_is_not_shut_out_by_the_first_ones_note(bench: Bench) -> None:
    bench.adapter.replies = dict(NO_PRIVATE_ROAD)
    service = bench.service()
    await service.on_message(message(TRIGGER, "m1"))
    await bench.note()
    await until(lambda: bool(bench.adapter.removed))
    await service.on_message(message(TRIGGER, "m2", person="person-2"))
    bench.clock.now += timedelta(seconds=31)
    await until(lambda: 'outcome="unreachable",platform="fake"} 1.0' in promises(service))
    bench.adapter.replies = {}
    await service.on_message(message(TRIGGER, "m3", person="person-2"))
    assert bench.adapter.public == [bench.adapter.public[0]]
    assert bench.shown[-1] == (Road.DIRECT, "offer")


async def test_what_triggers_did_is_logged_in_sums(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    service = bench.service()
    for number in range(3):
        await service.on_message(message(TRIGGER, f"m{number}", person=f"person-{number}"))
    capsys.readouterr()
    service.offers.report()
    service.offers.report()
    (line,) = capsys.readouterr().out.splitlines()
    assert "times=3" in line
    assert "outcome=promised" in line
