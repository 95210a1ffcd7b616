"""May somebody have their own message deleted, and nobody else's?"""

import asyncio
from dataclasses import replace

import pytest

from bot.guide import TakeBack, encode, parse
from bot.model import Button, Message, Screen
from bot.service import Service
from tests.bench import TRIGGER, Bench
from tests.fakes import DIRECT, GROUP, FakeAdapter, message, origin, press


def theirs(text: str = TRIGGER, person: str = "person-1") -> Message:
    return replace(message(text, "m1", person=person), posted="301")


def way_back(screen: Screen) -> list[str]:
    ids = [one.id for one in screen.buttons if isinstance(one, Button)]
    return [one for one in ids if isinstance(parse(one), TakeBack)]


async def offered(bench: Bench, service: Service, written: Message) -> str:
    await service.on_message(written)
    (button,) = way_back(bench.adapter.private[-1][2])
    return button


async def test_an_offer_leads_to_the_page_and_that_deletes_the_message(bench: Bench) -> None:
    service = bench.service()
    await service.on_press(press(await offered(bench, service, theirs())))
    assert not bench.adapter.removed, "the page comes first: it says what moderators may see"
    page = bench.adapter.private[-1][2]
    (sure,) = way_back(page)
    assert (page.id, page.buttons[0].label) == ("sextortion/take-back", "Delete it for me")
    await service.on_press(press(sure))
    assert bench.adapter.removed == ["301"]
    assert bench.shown[-1][1] == "taken-back"


async def test_whoever_asked_where_others_read_along_may_take_that_back_too(bench: Bench) -> None:
    asked = replace(theirs("help i am being blackmailed"), addressed=True)
    assert await offered(bench, bench.service(), asked)
    await bench.service().on_message(replace(asked, key="m2", posted=""))
    assert not way_back(bench.adapter.private[-1][2])


async def test_it_holds_after_a_restart(bench: Bench) -> None:
    ticket = parse(await offered(bench, bench.service(), theirs()))
    assert isinstance(ticket, TakeBack)
    await bench.service().on_press(press(encode(replace(ticket, sure=True))))
    assert bench.adapter.removed == ["301"]


@pytest.mark.parametrize(
    ("posted", "place", "person"),
    [("302", "channel-9", "person-1"), ("301", "channel-8", "person-1"), ("301", "channel-9", "person-2")],
)
async def test_a_ticket_is_for_one_message_of_one_person(
    bench: Bench, posted: str, place: str, person: str
) -> None:
    service = bench.service()
    ticket = service.offers.tickets.ticket(theirs()).replace("301", posted).replace("channel-9", place)
    presser = replace(press(""), origin=origin(person))
    await service.on_press(replace(presser, button=encode(TakeBack(ticket, sure=True))))
    assert not bench.adapter.removed
    assert bench.shown[-1][1] == "not-taken-back"


@pytest.mark.parametrize("ticket", ["x", "..", "a.b.c.d", "channel-9.301.", "channel-9.301.000000000000"])
async def test_a_forged_ticket_deletes_nothing(bench: Bench, ticket: str) -> None:
    await bench.service().on_press(press(encode(TakeBack(ticket, sure=True))))
    assert not bench.adapter.removed
    assert bench.shown[-1][1] == "not-taken-back"


async def test_a_ticket_that_no_text_may_be_is_refused(bench: Bench) -> None:
    assert not await bench.service().offers.tickets.redeem(origin("person-1").person, "channel-9.301.\ud800")


async def test_a_refusal_says_how_to_do_it_oneself(bench: Bench) -> None:
    bench.adapter.may_remove = False
    service = bench.service()
    ticket = service.offers.tickets.ticket(theirs())
    await service.on_press(press(encode(TakeBack(ticket, sure=True))))
    assert (bench.adapter.removed, bench.shown[-1][1]) == (["301"], "not-taken-back")


async def test_a_platform_that_does_not_answer_is_not_waited_for(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent(FakeAdapter):
        async def remove(self, place: object, posted: str) -> bool:
            return await asyncio.Event().wait()

    monkeypatch.setattr("bot.takeback.DELETING_SECONDS", 0.01)
    bench.adapter = Silent()
    service = bench.service()
    ticket = service.offers.tickets.ticket(theirs())
    await service.on_press(press(encode(TakeBack(ticket, sure=True))))
    assert bench.shown[-1][1] == "not-taken-back"


async def test_where_the_platforms_ids_are_too_long_there_is_no_button(bench: Bench) -> None:
    tickets = bench.service().offers.tickets
    forum = replace(theirs(), posted="2147483647")
    place = replace(GROUP, id="-1009999999999:2147483647")
    in_forum = replace(forum, origin=replace(forum.origin, place=place))
    assert parse(encode(TakeBack(tickets.ticket(in_forum), sure=True)))
    assert not tickets.ticket(replace(theirs(), posted="3" * 60))
    assert not tickets.ticket(message("hello", place=DIRECT))
