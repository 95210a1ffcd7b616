"""What happens when the bot changes or removes a message that everybody sees?"""

from tests.beds.telegram import spelling
from tests.beds.telegram.archive import Record
from tests.beds.telegram.keyboards import read_keyboard
from tests.beds.telegram.methods.wording import read_wording
from tests.beds.telegram.params import Params
from tests.beds.telegram.refusals import Refusal, bad_request, unmodified
from tests.beds.telegram.values import Group
from tests.beds.telegram.world import World

_DELETABLE_SECONDS = 48 * 3600


async def edit_message_text(world: World, params: Params) -> object:
    """Answer editMessageText."""
    wording = read_wording(params)
    record = _own(world, params)
    if (record.body, record.rows, record.link_preview) == (wording.body, wording.rows, wording.link_preview):
        raise unmodified()
    record.body, record.rows, record.markup = wording.body, wording.rows, wording.markup
    record.link_preview = wording.link_preview
    return _shown_again(world, record)


async def edit_message_reply_markup(world: World, params: Params) -> object:
    """Answer editMessageReplyMarkup."""
    rows = read_keyboard(params)
    record = _own(world, params)
    if record.rows == rows:
        raise unmodified()
    record.rows, record.markup = rows, params.record("reply_markup")
    return _shown_again(world, record)


async def delete_message(world: World, params: Params) -> object:
    """Answer deleteMessage."""
    record = _find(world, params.integer("chat_id"), params.integer("message_id"), "delete")
    _check_deletable(world, record)
    record.deleted = True
    return True


async def delete_messages(world: World, params: Params) -> object:
    """Answer deleteMessages: what cannot be deleted is skipped."""
    ids = params.decoded("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= 100:
        raise bad_request("message identifiers are not specified")
    for message_id in ids:
        try:
            await delete_message(world, Params({**params, "message_id": message_id}))
        except Refusal:
            continue
    return True


def _find(world: World, chat_id: int | None, message_id: int | None, purpose: str) -> Record:
    place = world.touchable(chat_id)
    record = world.archive.find(place.id, message_id or 0) if message_id else None
    if record is None:
        raise bad_request(f"message to {purpose} not found")
    return record


def _own(world: World, params: Params) -> Record:
    record = _find(world, params.integer("chat_id"), params.integer("message_id"), "edit")
    if record.sender != world.me or record.service:
        raise bad_request("message can't be edited")
    return record


def _shown_again(world: World, record: Record) -> object:
    record.edit_date = int(world.clock.now())
    world.archive.expose(record, world.audience(record.place))
    return spelling.message(record)


def _check_deletable(world: World, record: Record) -> None:
    if world.clock.now() - record.date > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    if record.sender == world.me or not isinstance(record.place, Group):
        return
    role = world.member(record.place, world.me)
    basic_admin = record.place.kind == "group" and role.administers
    if not basic_admin and "can_delete_messages" not in role.rights:
        raise bad_request("message can't be deleted")
