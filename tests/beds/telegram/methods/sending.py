"""What happens when the bot sends a message?"""

from tests.beds.telegram import spelling
from tests.beds.telegram.archive import Record
from tests.beds.telegram.methods.ephemeral import Addressed, addressed
from tests.beds.telegram.methods.wording import read_wording
from tests.beds.telegram.params import Params
from tests.beds.telegram.refusals import bad_request
from tests.beds.telegram.values import Group, Place
from tests.beds.telegram.world import World

_GENERAL_TOPIC = 1


async def send_message(world: World, params: Params) -> object:
    """Answer sendMessage: to everybody in the chat, or to one member when the server knows how."""
    wording = read_wording(params)
    place = world.writable(params.integer("chat_id"))
    thread = _thread(world, place, params)
    to = addressed(world, place, params)
    reply = to.reply_to if to else _reply(world, place, params)
    record = Record(
        place=place,
        message_id=0 if to else world.archive.message_id(place),
        sender=world.me,
        date=int(world.clock.now()),
        body=wording.body,
        rows=wording.rows,
        markup=wording.markup,
        link_preview=wording.link_preview,
        ephemeral_id=world.archive.ephemeral_id() if to else None,
        receiver=to.receiver if to else None,
        replaces=to.replaces if to else None,
        thread_id=thread,
        topic=thread is not None,
        reply_to=reply,
        silent=params.flag("disable_notification"),
        extras={"has_protected_content": True} if params.flag("protect_content") else {},
    )
    return spelling.message(world.archive.add(record, _audience(world, place, to)))


async def send_chat_action(world: World, params: Params) -> object:
    """Answer sendChatAction."""
    if not params.text("action"):
        raise bad_request("wrong parameter action in request")
    world.writable(params.integer("chat_id"))
    return True


def _audience(world: World, place: Place, to: Addressed | None) -> frozenset[int]:
    return world.audience(place) if to is None else frozenset((to.receiver.id,))


def _thread(world: World, place: Place, params: Params) -> int | None:
    """Return the topic; where there are no topics the server ignores the parameter."""
    thread = params.integer("message_thread_id")
    if not thread or not isinstance(place, Group) or not place.forum:
        return None
    topic = world.topics.get(place.id, {}).get(thread)
    if topic is None or thread == _GENERAL_TOPIC:
        raise bad_request("message thread not found")
    if topic.closed and not world.member(place, world.me).administers:
        raise bad_request("TOPIC_CLOSED")
    return thread


def _reply(world: World, place: Place, params: Params) -> Record | None:
    """Return the message that a public message replies to."""
    asked = Params(params.record("reply_parameters"))
    if "ephemeral_message_id" in asked and "message_id" not in asked:
        _check_unaddressed_reply(world)
        return None
    wanted = asked.integer("message_id") or params.integer("reply_to_message_id")
    if not wanted:
        return None
    found = world.archive.find(place.id, wanted)
    if found is None and not (
        asked.flag("allow_sending_without_reply") or params.flag("allow_sending_without_reply")
    ):
        raise bad_request("message to be replied not found")
    return found


def _check_unaddressed_reply(world: World) -> None:
    """Refuse a public reply to an ephemeral message, where the server can; else just the reply is lost."""
    if world.dialect.nested:
        raise bad_request("message to be replied not found")
    if not world.dialect.methods:
        raise bad_request('can\'t find field "message_id"')
