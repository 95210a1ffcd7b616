"""Who comes, goes and rules?  What a test sets up, and what changes in groups while the bot runs."""

import itertools
from collections.abc import Iterable
from typing import Literal, TypeAlias

from tests.beds.telegram import spelling
from tests.beds.telegram.archive import Record
from tests.beds.telegram.clock import Clock
from tests.beds.telegram.dialects import DIALECTS, Api
from tests.beds.telegram.values import Group, GroupKind, Member, Place, Status, Text, User
from tests.beds.telegram.world import Topic, World

BotStatus: TypeAlias = Literal["administrator", "member", "left", "kicked"]

_FIRST_USER = 5_000_000_001  # above 32 bits, as ids of newer accounts are


class People:
    """Makes accounts and groups, and changes who belongs where."""

    def __init__(self, *, api: Api, privacy: bool, username: str, bot_id: int, longest_edit: int) -> None:
        self.clock = Clock()
        self.me = User(bot_id, "Quietline", username, is_bot=True)
        self._world = World(self.me, DIALECTS[api], self.clock, privacy=privacy, longest_edit=longest_edit)
        self._user_ids = itertools.count(_FIRST_USER)
        self._group_ids = itertools.count(1_000_001)
        self._query_ids = itertools.count(4_382_000_000_000_001)

    def user(
        self,
        name: str,
        *,
        started: bool = False,
        language: str | None = "en",
        is_bot: bool = False,
        modern: bool = True,
    ) -> User:
        """Make an account. `started` means they have pressed Start; `modern` that their app is new."""
        user_id = next(self._user_ids)
        user = User(user_id, name, f"user{user_id}", language, is_bot, modern)
        self._world.users[user.id] = user
        if started:
            self._world.started.add(user.id)
        return user

    def group(
        self,
        title: str,
        members: Iterable[User] = (),
        *,
        owner: User | None = None,
        kind: GroupKind = "supergroup",
        bot: BotStatus = "member",
        rights: Iterable[str] = (),
        forum: bool = False,
        privacy: bool | None = None,
    ) -> Group:
        """Make a group in which the bot already is; nothing is reported to it.

        `rights` are the bot's when it is administrator. `privacy` is the privacy mode as it was when
        the bot was added (Telegram keeps it until the bot is added anew); default: today's.
        """
        number = next(self._group_ids)
        group_id = -number if kind == "group" else -1_000_000_000_000 - number
        group = Group(group_id, title, kind, forum, self._world.privacy if privacy is None else privacy)
        self._world.groups[group.id] = group
        self._world.members[group.id] = {member.id: Member() for member in members}
        if owner is not None:
            self._world.members[group.id][owner.id] = Member("creator")
        self._world.members[group.id][self.me.id] = _role(bot, rights)
        return group

    def topic(self, group: Group, name: str, *, closed: bool = False) -> int:
        """Open a topic in a forum; returns its thread id."""
        thread_id = self._world.archive.message_id(group)
        self._world.topics.setdefault(group.id, {})[thread_id] = Topic(name, closed)
        return thread_id

    async def promote(self, group: Group, who: User, rights: Iterable[str] = ()) -> None:
        """Make somebody, or the bot, an administrator; tells the bot as Telegram does."""
        self._change(group, who, _role("administrator", rights))

    async def demote(self, group: Group, who: User) -> None:
        """Make somebody, or the bot, an ordinary member."""
        self._change(group, who, Member())

    async def remove(self, group: Group, who: User) -> None:
        """Throw somebody, or the bot, out."""
        self._change(group, who, Member("kicked"))

    async def join(self, group: Group, who: User) -> None:
        """Let somebody, or the bot, come in; people then see what was written before."""
        self._change(group, who, Member())
        for record in list(self._world.archive.public(group.id)):
            self._world.archive.expose(record, frozenset((who.id,)))
        self._serve(group, who, "new_chat_members", [spelling.user(who)])

    async def leave(self, group: Group, who: User) -> None:
        """Let somebody go by themselves."""
        self._change(group, who, Member("left"))
        self._serve(group, who, "left_chat_member", spelling.user(who))

    async def block(self, user: User) -> None:
        """Let somebody block the bot."""
        self._world.blocked.add(user.id)
        self._report(user, user, "my_chat_member", self.me, Member(), Member("kicked"))

    def deactivate(self, user: User) -> None:
        """Delete an account; the bot is not told."""
        self._world.deactivated.add(user.id)

    async def migrate(self, group: Group) -> Group:
        """Turn a basic group into a supergroup; both chats say so, and the old one refuses sends."""
        if group.kind != "group":
            raise ValueError("only a basic group can become a supergroup")
        successor = self.group(group.title, privacy=group.privacy)
        self._world.members[successor.id] = dict(self._world.members[group.id])
        self._serve(group, None, "migrate_to_chat_id", successor.id)
        self._world.migrated[group.id] = successor.id
        self._serve(successor, None, "migrate_from_chat_id", group.id)
        return successor

    def _change(self, group: Group, who: User, role: Member) -> None:
        before = self._world.member(group, who)
        self._world.members[group.id][who.id] = role
        actor = next(
            (self._world.users[i] for i, m in self._world.members[group.id].items() if m.status == "creator"),
            who,
        )
        if who == self.me:
            self._report(group, actor, "my_chat_member", who, before, role)
        elif self._world.member(group, self.me).administers:
            self._report(group, actor, "chat_member", who, before, role)

    def _report(self, place: Place, actor: User, kind: str, who: User, before: Member, after: Member) -> None:
        change = {
            "chat": spelling.chat(place),
            "from": spelling.user(actor),
            "date": int(self.clock.now()),
            "old_chat_member": spelling.member(self._world, place, who, before),
            "new_chat_member": spelling.member(self._world, place, who, after),
        }
        self._world.updates.push(kind, change)

    def _serve(self, group: Group, sender: User | None, field: str, value: object) -> None:
        """Post a service message; the bot sees those in every privacy mode."""
        record = Record(
            place=group,
            message_id=self._world.archive.message_id(group),
            sender=sender,
            date=int(self.clock.now()),
            body=Text(),
            service=field,
            extras={field: value},
        )
        self._world.archive.add(record, self._world.audience(group))
        if self._world.member(group, self.me).present:
            self._world.updates.push("message", spelling.message(record))


def _role(status: Status, rights: Iterable[str]) -> Member:
    unknown = frozenset(rights) - spelling.KNOWN_RIGHTS
    if unknown:
        raise ValueError(f"no such administrator rights: {', '.join(sorted(unknown))}")
    return Member(status, frozenset(rights) if status == "administrator" else frozenset())
