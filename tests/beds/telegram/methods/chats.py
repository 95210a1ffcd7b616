"""What may the bot know about a chat?"""

from tests.beds.telegram import spelling
from tests.beds.telegram.params import Params
from tests.beds.telegram.refusals import bad_request
from tests.beds.telegram.values import Group, Member, User
from tests.beds.telegram.world import World


async def get_chat(world: World, params: Params) -> object:
    """Answer getChat."""
    return spelling.full_chat(world.readable(params.integer("chat_id")))


async def get_chat_member(world: World, params: Params) -> object:
    """Answer getChatMember; somebody who is no member is `left`."""
    group, person = _group(world, params), world.users.get(params.integer("user_id") or 0)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return spelling.member(world, group, person, world.member(group, person))


async def get_chat_administrators(world: World, params: Params) -> object:
    """Answer getChatAdministrators: owner and administrators, other bots left out."""
    group = _group(world, params)
    everybody = ((world.users[id_], role) for id_, role in world.members[group.id].items())
    return [
        spelling.member(world, group, person, role)
        for person, role in everybody
        if role.administers and (not person.is_bot or person == world.me)
    ]


async def leave_chat(world: World, params: Params) -> object:
    """Answer leaveChat."""
    group = _group(world, params)
    world.members[group.id][world.me.id] = Member("left")
    return True


def _group(world: World, params: Params) -> Group:
    place = world.readable(params.integer("chat_id"))
    if isinstance(place, User):
        raise bad_request("there are no administrators in the private chat")
    return place
