"""Who is where, and may the bot write there?"""

from dataclasses import dataclass

from tests.beds.telegram.archive import Archive, Record
from tests.beds.telegram.clock import Clock
from tests.beds.telegram.commands import Commands
from tests.beds.telegram.dialects import Dialect
from tests.beds.telegram.refusals import bad_request, forbidden
from tests.beds.telegram.updates import Updates
from tests.beds.telegram.values import Group, Member, Place, User

_ABSENT = Member("left")


@dataclass(frozen=True, slots=True)
class Answer:
    """How the bot answered a pressed button; `text` is empty when it only stopped the spinner."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(slots=True, eq=False)
class Query:
    """A pressed button that waits for its answer."""

    id: str
    user: User
    record: Record
    at: float
    answer: Answer | None = None


@dataclass(slots=True)
class Topic:
    """A forum topic."""

    name: str
    closed: bool = False


class World:
    """The whole state of the local Telegram, as the server sees it."""

    def __init__(self, me: User, dialect: Dialect, clock: Clock, *, privacy: bool, longest_edit: int) -> None:
        self.me = me
        self.dialect = dialect
        self.clock = clock
        self.privacy = privacy
        self.longest_ephemeral_edit = longest_edit
        self.updates = Updates(clock)
        self.archive = Archive(me)
        self.commands = Commands(keeps_ephemeral=dialect.commands)
        self.users: dict[int, User] = {me.id: me}
        self.groups: dict[int, Group] = {}
        self.members: dict[int, dict[int, Member]] = {}
        self.topics: dict[int, dict[int, Topic]] = {}
        self.queries: dict[str, Query] = {}
        self.migrated: dict[int, int] = {}
        self.started: set[int] = set()
        self.blocked: set[int] = set()
        self.deactivated: set[int] = set()

    def member(self, group: Group, user: User) -> Member:
        """Return what somebody is in a group."""
        return self.members[group.id].get(user.id, _ABSENT)

    def audience(self, place: Place) -> frozenset[int]:
        """Return the ids of the people who read what is posted there, without the bot."""
        if isinstance(place, User):
            return frozenset((place.id,))
        present = (id_ for id_, member in self.members[place.id].items() if member.present)
        return frozenset(present) - {self.me.id}

    def place(self, chat_id: int | None) -> Place:
        """Return a chat the bot may name; raises Refusal when there is none."""
        if chat_id is None:
            raise bad_request("chat_id is empty")
        place = self.groups.get(chat_id) or self.users.get(chat_id)
        if place is None or place == self.me:
            raise bad_request("chat not found")
        return place

    def readable(self, chat_id: int | None) -> Place:
        """Return a chat the bot may look at; raises Refusal otherwise."""
        place = self.place(chat_id)
        if isinstance(place, Group):
            self._check_membership(place)
        return place

    def writable(self, chat_id: int | None) -> Place:
        """Return a chat the bot may write to; raises Refusal in the words of the real server."""
        place = self.place(chat_id)
        if isinstance(place, User):
            self._check_person(place)
            return place
        self._check_migration(place)
        self._check_membership(place)
        return place

    def touchable(self, chat_id: int | None) -> Place:
        """Return a chat where the bot may change what stands there already, also a blocked private one."""
        place = self.readable(chat_id)
        if isinstance(place, Group):
            self._check_migration(place)
        elif place.id in self.deactivated:
            raise forbidden("user is deactivated")
        return place

    def _check_migration(self, group: Group) -> None:
        successor = self.migrated.get(group.id)
        if successor is not None:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=successor)

    def _check_person(self, person: User) -> None:
        if person.is_bot:
            raise forbidden("the bot can't send messages to the bot")
        if person.id in self.deactivated:
            raise forbidden("user is deactivated")
        if person.id in self.blocked:
            raise forbidden("bot was blocked by the user")
        if person.id not in self.started:
            raise forbidden("bot can't initiate conversation with a user")

    def _check_membership(self, group: Group) -> None:
        status = self.member(group, self.me).status
        if status == "kicked":
            raise forbidden(f"bot was kicked from the {group.kind} chat")
        if status == "left":
            raise forbidden(f"bot is not a member of the {group.kind} chat")
