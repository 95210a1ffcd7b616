"""Who is offered help, when one person or many set off triggers again and again?"""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.config import Defaults
from bot.guard import caps
from bot.model import Message, Place, Road
from bot.service import Service
from tests.bench import NO_PRIVATE_ROAD, TRIGGER, Bench, until
from tests.fakes import GROUP, NAME, command, message, press


def cry(bench: Bench, person: str, place: Place = GROUP) -> Message:
    """A trigger that this person writes there now."""
    key = f"{person} {place.id} {bench.clock.now.timestamp()}"
    return replace(message(TRIGGER, key, place, person), sent_at=bench.clock.now)


def town(number: int) -> Place:
    return Place(NAME, f"channel-{number}", private=False, community=f"server-{number}")


async def raid(bench: Bench, service: Service, people: int = 17, place: Place = GROUP) -> None:
    """So many people at once."""
    await asyncio.gather(*(service.on_message(cry(bench, f"raider {n}", place)) for n in range(people)))


def contacted(bench: Bench) -> Counter[str]:
    return Counter(person for _, person, _ in bench.adapter.private)


def counted(service: Service, line: str) -> bool:
    return f"quietline_{line}" in service.metrics.render().decode()


async def test_one_person_gets_three_offers_a_day_over_all_communities(bench: Bench) -> None:
    service = bench.service()
    for number in range(6):
        await service.on_message(cry(bench, "kim", town(number)))
    await service.on_message(cry(bench, "lee", town(0)))
    assert contacted(bench) == {"kim": 3, "lee": 1}
    bench.clock.now += timedelta(hours=24)
    await service.on_message(cry(bench, "kim", town(9)))
    assert contacted(bench)["kim"] == 4


async def test_of_a_raid_ten_are_contacted_and_the_operator_is_told_once(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    service = bench.service()
    capsys.readouterr()
    for _ in range(3):
        await raid(bench, service)
        bench.clock.now += timedelta(minutes=1)
    logged = capsys.readouterr().out
    assert len(contacted(bench)) == 10
    assert set(contacted(bench).values()) == {1}
    assert not bench.adapter.public
    assert logged.count("a community is in shadow") == 1
    assert "writers=11" in logged
    assert not [secret for secret in ("server-7", "channel-9", "raider") if secret in logged]
    assert counted(service, 'raids_total{platform="fake"} 1.0')


async def test_in_a_raid_who_asks_is_answered_and_elsewhere_nothing_changes(bench: Bench) -> None:
    service = bench.service()
    await raid(bench, service)
    before = len(bench.shown)
    await service.on_command(command("help", "sextortion"))
    await service.on_press(press("q1:go:sextortion/paid"))
    await service.on_message(cry(bench, "kim", town(1)))
    assert bench.shown[before:] == [
        (Road.ANSWER, "sextortion"),
        (Road.ANSWER, "sextortion/paid"),
        (Road.DIRECT, "offer"),
    ]


async def test_a_raid_brings_no_note_and_starts_no_cool_down(bench: Bench) -> None:
    service = bench.service()
    await raid(bench, service)
    bench.adapter.replies = dict(NO_PRIVATE_ROAD)
    await service.on_message(cry(bench, "victim"))
    bench.clock.now += timedelta(minutes=61)
    await asyncio.sleep(0.05)
    assert not bench.adapter.public
    bench.adapter.replies = {}
    await service.on_message(cry(bench, "victim"))
    assert contacted(bench)["victim"] == 1


async def test_raiders_who_take_their_time_get_forty_offers_a_day_in_one_community(bench: Bench) -> None:
    service = bench.service()
    for number in range(50):
        await service.on_message(cry(bench, f"raider {number}"))
        bench.clock.now += timedelta(minutes=3)
    assert len(contacted(bench)) == 40
    assert not counted(service, "raids_total{")
    bench.clock.now += timedelta(hours=24)
    await service.on_message(cry(bench, "victim"))
    assert contacted(bench)["victim"] == 1


async def test_all_communities_together_have_a_ceiling(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caps, "OVERALL", 8)
    service = bench.service()
    for number in range(12):
        await service.on_message(cry(bench, f"kim {number}", town(number)))
    assert len(contacted(bench)) == 8
    bench.clock.now += timedelta(minutes=10)
    await service.on_message(cry(bench, "lee", town(20)))
    assert contacted(bench)["lee"] == 1


async def test_what_is_not_offered_does_not_count(bench: Bench) -> None:
    service = bench.service(Defaults.model_validate({"raid": {"writers": 1000}}))
    for _ in range(10):
        await service.on_message(cry(bench, "kim"))  # in their cool-down after the first
        bench.clock.now += timedelta(seconds=1)
    for number in range(1, 4):
        await service.on_message(cry(bench, "kim", town(number)))
    assert contacted(bench)["kim"] == 3


async def test_without_a_database_nothing_counts(bench: Bench) -> None:
    blocked = bench.folder / "service.db"
    blocked.mkdir()
    service = bench.service()
    for number in range(5):
        await service.on_message(cry(bench, "kim", town(number)))
    blocked.rmdir()
    await service.on_message(cry(bench, "kim", town(9)))
    await until(lambda: contacted(bench)["kim"] == 1)


async def test_who_is_forgotten_is_forgotten_here_too(bench: Bench) -> None:
    service = bench.service()
    for number in range(4):
        await service.on_message(cry(bench, "person-1", town(number)))
    await service.on_press(press("q1:erase"))
    before = contacted(bench)["person-1"]
    await service.on_message(cry(bench, "person-1", town(9)))
    assert contacted(bench)["person-1"] == before + 1


async def test_nothing_held_names_anybody_and_after_a_day_nothing_is_held(bench: Bench) -> None:
    service = bench.service()
    await raid(bench, service)
    held = service.offers.caps
    kept = (held._people._moments, held._communities._moments, held._raids._lately)
    assert all(kept)
    assert not [secret for secret in ("raider", "server-7", "channel-9") if secret in str(kept)]
    bench.clock.now += timedelta(hours=24)
    await service.tend()
    assert not any((*kept, held._overall._moments))
