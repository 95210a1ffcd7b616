"""How are requests made?  A `telegram.Bot` that keeps texts, ids and the token out of the logs."""

import json
import logging
from collections.abc import Awaitable, Callable, Sequence

import httpx
from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import HTTPXRequest

from adapters.telegram.config import Section

_TELEGRAM = "https://api.telegram.org"

# More requests at once only make each of them slower; Telegram takes about 30 a second anyway.
PARALLEL_SENDS = 8
_LONG_POLL = 1

ResponseHook = Callable[[httpx.Response], Awaitable[None]]


class _DiscreetRequest(HTTPXRequest):
    """PTB logs an answer that is no JSON as a whole, and half an answer holds people's messages."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        try:
            answer = json.loads(payload)
        except ValueError:
            raise TelegramError("the server's answer is no JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("the server's answer is no JSON object")
        return answer


def make_bot(
    section: Section,
    pace: BaseRateLimiter[None] | None = None,
    on_response: Sequence[ResponseHook] = (),
) -> Bot:
    """Make a client for the configured server; connects to nothing.

    Its pool holds eight sends and the long poll. A pace that lets through no more keeps the long poll
    from waiting for them.
    """
    _hush_libraries()
    request = _DiscreetRequest(
        connection_pool_size=PARALLEL_SENDS + _LONG_POLL,
        read_timeout=10,
        pool_timeout=10,
        httpx_kwargs={"event_hooks": {"response": list(on_response)}},
    )
    token = section.token.get_secret_value()
    server = section.api_base_url or _TELEGRAM
    address = f"{server.rstrip('/')}/bot"
    return ExtBot(token, address, request=request, get_updates_request=request, rate_limiter=pace)


def _hush_libraries() -> None:
    """At INFO httpx writes every URL, token and all; at DEBUG python-telegram-bot every text and id."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
