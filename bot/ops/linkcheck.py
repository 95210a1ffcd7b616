"""Does a link still lead somewhere?"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus

import httpx

AT_ONCE = 8
# Some sites answer no program; only a person can tell whether the page is there.
_REFUSALS = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; link check)", "Accept": "*/*"}


class Result(StrEnum):
    """What came of a link."""

    ANSWERS = "answers"
    MOVED = "moved"
    REFUSES = "refuses programs"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Tried:
    """A link that was tried: `said` is its status or what went wrong, `final` where it led in the end."""

    url: str
    result: Result
    said: str
    final: str = ""


async def try_links(urls: Iterable[str], limit: float, done: Callable[[], None]) -> tuple[Tried, ...]:
    """Try each link, for at most `limit` seconds, and return what came of them in the same order.

    At most AT_ONCE at a time, and one at a time on a host. Calls `done` after each. Raises nothing for a
    link that fails.
    """
    gate, hosts = asyncio.Semaphore(AT_ONCE), defaultdict[str, asyncio.Lock](asyncio.Lock)
    async with httpx.AsyncClient(follow_redirects=True, headers=_HEADERS, timeout=limit) as client:

        async def one(url: str) -> Tried:
            # The host first: links that wait for theirs keep no other from its turn.
            async with hosts[_host(url)], gate:
                tried = await _try(client, url, limit)
            done()
            return tried

        return tuple(await asyncio.gather(*map(one, urls)))


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host
    except httpx.InvalidURL:
        return ""


async def _try(client: httpx.AsyncClient, url: str, limit: float) -> Tried:
    try:
        async with asyncio.timeout(limit):
            status, final = await _status(client, url)
    except (TimeoutError, httpx.TimeoutException):
        return Tried(url, Result.DEAD, f"no answer in {limit:g} seconds")
    except httpx.TooManyRedirects:
        return Tried(url, Result.DEAD, "is sent on in a circle")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Tried(url, Result.DEAD, str(error) or type(error).__name__)
    if status in _REFUSALS:
        return Tried(url, Result.REFUSES, str(status), final)
    if status >= HTTPStatus.BAD_REQUEST:
        return Tried(url, Result.DEAD, str(status), final)
    moved = final.rstrip("/") != url.rstrip("/")
    return Tried(url, Result.MOVED if moved else Result.ANSWERS, str(status), final)


async def _status(client: httpx.AsyncClient, url: str) -> tuple[int, str]:
    """Ask for the head alone; where that is refused, ask as a browser does, and read nothing of the page."""
    try:
        head = await client.head(url)
        if head.status_code < HTTPStatus.BAD_REQUEST:
            return head.status_code, str(head.url)
    except httpx.RemoteProtocolError:
        pass
    async with client.stream("GET", url) as page:
        return page.status_code, str(page.url)
