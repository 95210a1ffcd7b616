"""What happens when the bot answers a pressed button?"""

import re

from tests.beds.telegram.params import Params
from tests.beds.telegram.refusals import bad_request, stale_query
from tests.beds.telegram.values import utf16_length
from tests.beds.telegram.world import Answer, World

_ANSWERABLE_SECONDS = 60  # not documented; the app stops waiting long before that
_LONGEST = 200


async def answer_callback_query(world: World, params: Params) -> object:
    """Answer answerCallbackQuery; only the one who pressed sees it."""
    answer = Answer(params.text("text"), params.flag("show_alert"), params.text("url"))
    if utf16_length(answer.text) > _LONGEST:
        raise bad_request("MESSAGE_TOO_LONG")
    if answer.url and not _opens_the_bot(answer.url, world.me.username or ""):
        raise bad_request("URL_INVALID")
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.answer is not None or world.clock.now() - query.at > _ANSWERABLE_SECONDS:
        raise stale_query()
    query.answer = answer
    if answer.url:
        world.archive.answer(query.user, query.record.place, "link", answer.url)
    elif answer.text:
        world.archive.answer(
            query.user, query.record.place, "alert" if answer.alert else "toast", answer.text
        )
    return True


def _opens_the_bot(url: str, username: str) -> bool:
    """Tell a link that a button may open by itself: the bot's own private chat with a payload."""
    pattern = rf"(?:https?://)?(?:t\.me|telegram\.me)/{re.escape(username)}\?start=[\w-]{{0,64}}"
    return re.fullmatch(pattern, url, re.IGNORECASE | re.ASCII) is not None
