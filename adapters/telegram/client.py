"""How are requests made?  A `telegram.Bot` that keeps texts, ids and the token out of the logs."""

import json
import logging
from collections.abc import Awaitable, Callable, Sequence

import httpx
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram.config import Section

_TELEGRAM = "https://api.telegram.org"

# More requests at once only make each of them slower; Telegram takes about 30 a second anyway.
_PARALLEL_SENDS = 8
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


def make_bot(section: Section, on_response: Sequence[ResponseHook] = ()) -> Bot:
    """Make a client for the configured server; connects to nothing.

    Its pool is what limits us to eight sends at once: a ninth waits, and if that takes over ten
    seconds it ends in a PoolTimeout, surely not sent.
    """
    _hush_libraries()
    request = _DiscreetRequest(
        connection_pool_size=_PARALLEL_SENDS + _LONG_POLL,
        read_timeout=10,
        pool_timeout=10,
        httpx_kwargs={"event_hooks": {"response": list(on_response)}},
    )
    token = section.token.get_secret_value()
    server = section.api_base_url or _TELEGRAM
    return Bot(token, f"{server.rstrip('/')}/bot", request=request, get_updates_request=request)


def _hush_libraries() -> None:
    """At INFO httpx writes every URL, token and all; at DEBUG python-telegram-bot every text and id."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
