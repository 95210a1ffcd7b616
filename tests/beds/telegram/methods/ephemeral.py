"""Who may be sent an ephemeral message, and how does the bot change it?"""

from dataclasses import dataclass

from tests.beds.telegram.archive import Record
from tests.beds.telegram.keyboards import read_keyboard
from tests.beds.telegram.methods.wording import read_wording
from tests.beds.telegram.params import Params
from tests.beds.telegram.refusals import bad_request, stale_query, unmodified
from tests.beds.telegram.values import Group, Place, User, utf16_length
from tests.beds.telegram.world import Query, World

FRESH_SECONDS = 15  # "within 15 seconds of the incoming eligible action"


@dataclass(frozen=True, slots=True)
class Addressed:
    """A send that one member alone will see."""

    receiver: User
    reply_to: Record | None = None
    replaces: Record | None = None


def addressed(world: World, place: Place, params: Params) -> Addressed | None:
    """Return whom a send is for; None when the server takes it for a public one.

    The refusals' words are those seen in the wild where any were; the others are not documented.
    """
    asked = _asked(world, params)
    if not asked:
        return None
    receiver_id = asked.integer("receiver_user_id")
    if receiver_id is None:
        raise bad_request('can\'t find field "receiver_user_id"')
    if not isinstance(place, Group) or place.kind == "channel":
        raise bad_request("BOT_NOT_ADMIN")
    receiver = _receiver(world, place, receiver_id)
    if asked.text("callback_query_id"):
        query = _fresh_query(world, place, receiver, asked.text("callback_query_id"))
        return Addressed(receiver, replaces=_replaced(asked, query))
    reply_id = Params(params.record("reply_parameters")).integer("ephemeral_message_id")
    if reply_id is not None:
        return Addressed(receiver, reply_to=_fresh_command(world, place, receiver, reply_id))
    if not world.member(place, world.me).administers:
        raise bad_request("BOT_NOT_ADMIN")
    return Addressed(receiver)


def _asked(world: World, params: Params) -> Params:
    """Return the parameters that this server does not drop."""
    nested = params.record("ephemeral_message_parameters") if world.dialect.nested else {}
    if nested or not world.dialect.bare:
        return Params(nested)
    return Params(
        {name: params[name] for name in ("receiver_user_id", "callback_query_id") if name in params}
    )


def _receiver(world: World, group: Group, user_id: int) -> User:
    receiver = world.users.get(user_id)
    if receiver is None or not world.member(group, receiver).present:
        raise bad_request("USER_NOT_PARTICIPANT")
    if receiver.is_bot:
        raise bad_request("USER_IS_BOT")
    return receiver


def _fresh_query(world: World, group: Group, receiver: User, query_id: str) -> Query:
    query = world.queries.get(query_id)
    if (
        query is None
        or query.answer is not None
        or query.user != receiver
        or query.record.place != group
        or world.clock.now() - query.at > FRESH_SECONDS
    ):
        raise stale_query()
    return query


def _replaced(asked: Params, query: Query) -> Record | None:
    if not asked.flag("replace_callback_query_message"):
        return None
    if query.record.ephemeral_id is not None:
        raise bad_request("replace_callback_query_message can't be used for ephemeral messages")
    return query.record


def _fresh_command(world: World, group: Group, receiver: User, ephemeral_id: int) -> Record:
    command = world.archive.find(group.id, 0, ephemeral_id)
    if (
        command is None
        or command.receiver != world.me
        or command.sender != receiver
        or world.clock.now() - command.date > FRESH_SECONDS
    ):
        raise bad_request("message to be replied not found")
    return command


async def edit_ephemeral_message_text(world: World, params: Params) -> object:
    """Answer editEphemeralMessageText."""
    wording = read_wording(params)
    record = _own(world, params, "edit")
    if utf16_length(wording.body.text) > world.longest_ephemeral_edit:
        raise bad_request("MEDIA_CAPTION_TOO_LONG")
    if record.body == wording.body and record.rows == wording.rows:
        raise unmodified()
    record.body, record.rows, record.markup = wording.body, wording.rows, wording.markup
    return _shown_again(world, record)


async def edit_ephemeral_message_reply_markup(world: World, params: Params) -> object:
    """Answer editEphemeralMessageReplyMarkup."""
    rows = read_keyboard(params)
    record = _own(world, params, "edit")
    if record.rows == rows:
        raise unmodified()
    record.rows, record.markup = rows, params.record("reply_markup")
    return _shown_again(world, record)


async def delete_ephemeral_message(world: World, params: Params) -> object:
    """Answer deleteEphemeralMessage."""
    _own(world, params, "delete").deleted = True
    return True


def _shown_again(world: World, record: Record) -> bool:
    assert record.receiver is not None
    record.edit_date = int(world.clock.now())
    world.archive.expose(record, frozenset((record.receiver.id,)))
    return True


def _own(world: World, params: Params, purpose: str) -> Record:
    """Return the bot's ephemeral message that a request names by chat, receiver and id."""
    place = world.touchable(params.integer("chat_id"))
    receiver_id, ephemeral_id = params.integer("receiver_user_id"), params.integer("ephemeral_message_id")
    if receiver_id is None or ephemeral_id is None:
        raise bad_request(f"message to {purpose} not found")
    record = world.archive.find(place.id, 0, ephemeral_id)
    if (
        record is None
        or record.receiver is None
        or record.receiver.id != receiver_id
        or record.sender != world.me
    ):
        raise bad_request(f"message to {purpose} not found")
    return record
