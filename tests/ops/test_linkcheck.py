"""Is a link that leads nowhere told from one that only refuses programs?"""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.ops.linkcheck import AT_ONCE, Result, Tried, try_links


class Site:
    """A web site; `busiest` is how many requests it had at once."""

    def __init__(self) -> None:
        self.now = self.busiest = 0
        self.methods: list[str] = []
        self.address = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.now += 1
        self.busiest = max(self.busiest, self.now)
        self.methods.append(request.method)
        try:
            await asyncio.sleep(0.01)
            return await self._page(request)
        finally:
            self.now -= 1

    async def _page(self, request: web.Request) -> web.Response:
        match request.path.strip("/").partition("-")[0]:
            case "old":
                raise web.HTTPMovedPermanently("/page")
            case "circle":
                raise web.HTTPFound("/circle")
            case "headless" if request.method == "HEAD":
                raise web.HTTPNotImplemented
            case "hidden" if request.method == "HEAD":
                raise web.HTTPNotFound
            case "guarded":
                raise web.HTTPForbidden
            case "broken":
                raise web.HTTPInternalServerError
            case "gone":
                raise web.HTTPNotFound
            case "slow":
                await asyncio.sleep(30)
        return web.Response(text="here")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", made.answer)
    server = TestServer(app)
    await server.start_server()
    made.address = str(server.make_url("")).rstrip("/")
    yield made
    await server.close()


async def tried(*urls: str, limit: float = 5.0) -> tuple[Tried, ...]:
    return await try_links(urls, limit, lambda: None)


@pytest.mark.parametrize(
    ("path", "result", "said"),
    [
        ("page", Result.ANSWERS, "200"),
        ("headless", Result.ANSWERS, "200"),
        ("hidden", Result.ANSWERS, "200"),
        ("old", Result.MOVED, "200"),
        ("guarded", Result.REFUSES, "403"),
        ("gone", Result.DEAD, "404"),
        ("broken", Result.DEAD, "500"),
        ("circle", Result.DEAD, "is sent on in a circle"),
    ],
)
async def test_what_a_site_says_is_told(site: Site, path: str, result: Result, said: str) -> None:
    (one,) = await tried(f"{site.address}/{path}")
    assert (one.result, one.said) == (result, said)


async def test_a_moved_page_is_told_with_its_new_address(site: Site) -> None:
    (one,) = await tried(f"{site.address}/old")
    assert one.final == f"{site.address}/page"


async def test_a_page_is_not_fetched_where_its_head_is_enough(site: Site) -> None:
    await tried(f"{site.address}/page")
    assert site.methods == ["HEAD"]


async def test_a_site_that_hangs_is_given_up(site: Site) -> None:
    (one,) = await tried(f"{site.address}/slow", limit=0.2)
    assert (one.result, one.said) == (Result.DEAD, "no answer in 0.2 seconds")


async def test_nobody_at_the_address_is_dead() -> None:
    (one,) = await tried(f"http://127.0.0.1:{unused_port()}/")
    assert one.result is Result.DEAD
    assert one.said


async def test_what_is_no_address_is_dead_and_stops_no_other(site: Site) -> None:
    bad, good = await tried("http://[", f"{site.address}/page")
    assert (bad.result, good.result) == (Result.DEAD, Result.ANSWERS)


async def test_a_host_is_asked_one_thing_at_a_time_and_order_is_kept(site: Site) -> None:
    done: list[None] = []
    urls = [f"{site.address}/page-{number}" for number in range(2 * AT_ONCE)]
    results = await try_links(urls, 5.0, lambda: done.append(None))
    assert [one.url for one in results] == urls
    assert (site.busiest, len(done)) == (1, len(urls))
