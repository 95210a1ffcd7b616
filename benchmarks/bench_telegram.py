"""What does judging add to what python-telegram-bot spends on a message?"""

import asyncio
import json
from collections.abc import Iterable, Iterator
from itertools import count

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters
from telegram.request import BaseRequest, RequestData

from benchmarks.figures import Figure
from benchmarks.timing import compare, each
from bot.detection import Detector

GOAL = 0.05
_BOT = {"id": 1, "is_bot": True, "first_name": "Quietline", "username": "quietline_bot"}


def measure(detector: Detector, batches: Iterable[list[str]]) -> Iterator[Figure]:
    """Yield the cost of judging beside that of reading an update and handing it to one handler."""
    with asyncio.Runner() as runner:
        application = Application.builder().token("1:bench").request(_Offline()).updater(None).build()
        application.add_handler(MessageHandler(filters.ALL, _nothing))
        runner.run(application.initialize())
        numbers = count(1)

        async def process(updates: list[bytes]) -> None:
            for raw in updates:
                update = Update.de_json(json.loads(raw), application.bot)
                await application.process_update(update)

        def receive(texts: list[str]) -> None:
            runner.run(process([_update(next(numbers), text) for text in texts]))

        judging = each(detector.judge)
        writing = each(lambda text: _update(1, text))
        costs = compare({"new": judging, "known": judging, "both": receive, "writing": writing}, batches)
        runner.run(application.shutdown())
    theirs = costs.of("both") - costs.of("writing")
    for ours in ("new", "known"):
        cost = costs.of(ours)
        yield Figure.share(f"python-telegram-bot, {ours} words", cost, theirs, cost / theirs, GOAL)


async def _nothing(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    pass


def _update(number: int, text: str) -> bytes:
    """A message in a group, as getUpdates brings it."""
    person = {"id": 7_000_000 + number % 50, "is_bot": False, "first_name": "Sam", "language_code": "en"}
    group = {"id": -100_123, "title": "A group", "type": "supergroup"}
    message = {"message_id": number, "from": person, "chat": group, "date": 1_790_000_000, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


class _Offline(BaseRequest):
    """A network on which there is only the answer to getMe."""

    @property
    def read_timeout(self) -> float | None:
        """None: there is nothing to wait for."""
        return None

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Say who the bot is."""
        return 200, json.dumps({"ok": True, "result": _BOT}).encode()
