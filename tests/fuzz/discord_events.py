"""Does any gateway event bring the Discord adapter down, or give it words that are not a member's own?"""

import asyncio
import re
import time
from types import MappingProxyType
from typing import Any

import discord
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from adapters.discord.client import Client
from adapters.discord.invalid import Invalid
from bot.model import Command, Message, Press
from bot.ports import CommandInfo
from tests.adapters.recorder import MENU, Event, Recorder
from tests.beds.discord import payloads
from tests.beds.discord.world import Channel, ChannelKind, Guild, User
from tests.fuzz.runner import Target, fuzzed
from tests.fuzz.trees import alike, changed, rubbish

_ME, _ALICE, _OTHER = User(1000, "quiet", bot=True), User(2000, "alice"), User(2001, "eve")
_GUILD = Guild(3000, "guild", _ALICE, 3001, "de", members={2000: _ALICE})
_TEXT = Channel(4000, ChannelKind.TEXT, "talk", _GUILD)
_GUILD.channels.append(_TEXT)
_PLACES = [_TEXT, Channel(4001, ChannelKind.DM, users=(_ALICE, _ME))]
_PLACES.append(Channel(4002, ChannelKind.GROUP, "us", users=(_ALICE, _OTHER)))
_MENU = [
    *MENU,
    CommandInfo("privacy", None, {"en": "What is kept"}),
    CommandInfo("stop", None, {"en": "No more"}),
]
_MENU[0] = CommandInfo("help", "sextortion", {"en": "Help"}, {"en": "Where you are"})
_AT = "2026-11-24T10:00:00+00:00"
_LINES = [
    "he has my pictures",
    "<@1000> help",
    "<@!1000>",
    "> ZQUOTED",
    ">>> ZQUOTED\nZQUOTED",
    "```py\nZQUOTED\n```",
]
_LINES += ["pay `ZQUOTED` me", "@everyone", "<@777>", "🧩", " "]
_INSIDE = {"id": "9", "type": 0, "content": "ZQUOTED", "timestamp": _AT, "edited_timestamp": None, "flags": 0}
_INSIDE |= {"mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "components": []}
_FILE = {
    "id": "7",
    "filename": "a.png",
    "size": 1,
    "url": "https://x.invalid/a",
    "proxy_url": "https://x.invalid/a",
}
_THREAD: dict[str, Any] = {
    "name": "t",
    "message_count": 0,
    "member_count": 0,
    "thread_metadata": {"archived": False, "locked": False},
}
_THREAD["thread_metadata"] |= {"auto_archive_duration": 60, "archive_timestamp": _AT}
_MORE: dict[str, Any] = {
    "webhook_id": "9",
    "message_reference": {"type": 1, "channel_id": "4000", "message_id": "9", "guild_id": "3000"},
    "message_snapshots": [{"message": {**_INSIDE, "attachments": [_FILE]}}],
    "attachments": [_FILE],
    "sticker_items": [{"id": "5", "name": "s", "format_type": 1}],
    "poll": {"question": {"text": "ZQUOTED"}, "answers": [], "expiry": _AT, "layout_type": 1},
    "thread": {"id": "9", "parent_id": "4000", "guild_id": "3000", "type": 11, "owner_id": "1", **_THREAD},
    "call": {"participants": ["1"], "ended_timestamp": None},
    "application_id": "5",
    "embeds": [{"type": "rich", "title": "ZQUOTED", "description": "ZQUOTED"}],
    "mentions": [payloads.user(_ME)],
    "nonce": "1",
    "components": [{"type": 1, "id": 1, "components": [{"type": 2, "style": 1, "id": 2, "custom_id": "x"}]}],
    "something_new": {"id": [1]},
}
# What Discord always sends, and what decides who wrote it where.
_SURE = frozenset(
    {"id", "type", "bot", "guild_id", "channel_id", "context", "application_id", "token", "locale"}
)
_SURE |= {"timestamp", "edited_timestamp", "joined_at", "expiry", "archive_timestamp", "discriminator"}
_SURE |= {"authorizing_integration_owners", "component_type"}
_OPTIONS = [{"type": 3, "name": "country", "value": "nor"}]
_TOPIC = [{"type": 1, "name": "sextortion", "options": _OPTIONS}]
_TYPED = [{"type": 1, "name": "sextortion", "options": [{**_OPTIONS[0], "focused": True}]}]
_DATA: list[tuple[int, dict[str, Any]]] = [
    (2, {"id": "6", "name": "help", "type": 1, "options": _TOPIC}),
    (2, {"id": "6", "name": "privacy", "type": 1}),
    (2, {"id": "6", "name": "of an older menu", "type": 1, "options": []}),
    (2, {"id": "6", "name": "on a message", "type": 3, "target_id": "9", "resolved": {}}),
    (4, {"id": "6", "name": "help", "type": 1, "options": _TYPED}),
    (3, {"component_type": 2, "custom_id": "q1:go:sextortion"}),
    (3, {"component_type": 3, "custom_id": "menu", "values": ["q1:go:sextortion/report/gb"]}),
    (5, {"custom_id": "x", "components": []}),
]


@st.composite
def _messages(draw: st.DrawFn) -> dict[str, Any]:
    place = draw(st.sampled_from(_PLACES))
    writer = draw(st.sampled_from([_ALICE, _ALICE, _OTHER, User(2002, "b", bot=True), _ME]))
    raw: dict[str, Any] = {
        **_INSIDE,
        "id": "123",
        "channel_id": str(place.id),
        "author": payloads.user(writer),
    }
    raw |= {
        "pinned": False,
        "tts": False,
        "mention_everyone": False,
        "type": draw(_TYPES),
        "flags": draw(_FLAGS),
    }
    raw["content"] = "\n".join(draw(st.lists(st.sampled_from(_LINES), max_size=4)))
    raw["edited_timestamp"] = draw(st.sampled_from([None, _AT]))
    if place.guild is not None:
        raw["guild_id"] = draw(st.sampled_from(["3000", "3000", "3999"]))
    if draw(st.integers(0, 5)) == 0:
        raw["author"]["system"] = True  # and then no member, beside which discord.py would forget it
    elif place.guild is not None:
        raw["member"] = payloads.member(writer, place.guild)
    for name in draw(st.lists(st.sampled_from(sorted(_MORE)), max_size=2)):
        raw[name] = _MORE[name]
    return raw


_TYPES = st.sampled_from([0, 0, 0, 19, 7, 20, 21, 23, 24, 46, 99])
_FLAGS = st.sampled_from([0, 0, 0, 2, 1 << 14, 1 << 15])


@st.composite
def _interactions(draw: st.DrawFn) -> dict[str, Any]:
    place = draw(st.sampled_from(_PLACES))
    kind, data = draw(st.sampled_from(_DATA))
    raw: dict[str, Any] = {
        "id": "123", "application_id": "5", "type": kind, "token": "t", "version": 1, "data": data,
        "locale": draw(st.sampled_from(["en-US", "de", "xx"])), "channel": payloads.channel(place, _ME),
        "channel_id": str(place.id), "app_permissions": "0", "entitlements": [], "attachment_size_limit": 1,
        "context": draw(st.sampled_from([0, 1, 2])),
        "authorizing_integration_owners": draw(st.sampled_from([{}, {"0": "3000"}, {"1": "2000"}])),
    }  # fmt: skip
    if kind == 3:
        raw["message"] = draw(_messages())
    if place.guild is None:
        return raw | {"user": payloads.user(_ALICE)}
    member = payloads.member(_ALICE, place.guild, place) | {"user": payloads.user(_ALICE)}
    number = draw(st.sampled_from(["3000", "3999"]))
    guild = {"id": number, "locale": "de", "features": []}
    return raw | {"guild_id": number, "guild": guild, "guild_locale": "de", "member": member}


_EVENTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "MESSAGE_CREATE": _messages(),
    "MESSAGE_UPDATE": _messages(),
    "INTERACTION_CREATE": _interactions(),
}


class _Network:
    """Stands where discord.py keeps its connections; each suggestion of countries is well received."""

    status, reason, headers = 200, "OK", MappingProxyType({"content-type": "application/json"})

    def request(self, *_: object, **__: object) -> "_Network":
        return self

    async def __aenter__(self) -> "_Network":
        return self

    async def __aexit__(self, *_: object) -> None:
        """Keep nothing open."""

    async def text(self, encoding: str) -> str:
        return '{"interaction": {"id": "123", "type": 4}}'


class _Stage:
    """Our client as it is once it is connected, without a connection."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self.core = Recorder(menu=_MENU)
        self.client = Client(self.core, Invalid(time.monotonic))
        state = self.client._connection
        state.application_id, state.shard_count = 5, 1
        state.http._HTTPClient__session = _Network()  # type: ignore[attr-defined]
        state.user = discord.ClientUser(state=state, data=payloads.user(_ME))  # type: ignore[arg-type]
        state._add_guild_from_data(payloads.guild_create(_GUILD, _ME))  # type: ignore[arg-type]

    async def receive(self, name: str, raw: dict[str, Any]) -> list[Event]:
        """Hand an event to discord.py as its gateway does; return what reached the core."""
        core, self.client.loop = self.core, asyncio.get_running_loop()
        self.client.loop.set_exception_handler(lambda _, context: self.lost.append(context["message"]))
        core.messages, core.presses, core.commands = [], [], []
        self.client._connection.parsers[name](raw)
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in others:
                await task
        return [*core.messages, *core.presses, *core.commands]


def events() -> Target:
    """Try events through discord.py and our client, up to the core."""
    stage = _Stage()

    @given(st.data())
    def one(data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(_EVENTS)))
        good = data.draw(_EVENTS[name])
        sound = data.draw(st.booleans())
        raw = data.draw(alike(good, _SURE) if sound else changed(good, rubbish, [*_MORE, "author", ""]))
        with capture_logs() as lines:
            came = asyncio.run(stage.receive(name, raw))
        assert not stage.lost, stage.lost
        assert all(set(line) <= {"event", "log_level", "error", "listener", "kind"} for line in lines)
        # What is typed is always in one option; without it discord.py refuses the event.
        assert not (sound and lines and raw.get("type") != 4), lines
        assert len(came) <= 1
        for event in came:
            _is_a_members(event, raw)

    return fuzzed(one)


def _is_a_members(event: Event, raw: dict[str, Any]) -> None:
    place = event.origin.place
    if not isinstance(event, Message):
        assert isinstance(event, Press if raw["type"] == 3 else Command)
        assert not place.private or (not raw.get("guild_id") and raw["context"] == 1)
        return
    author = raw["author"]
    assert not any((author.get("bot"), author.get("system"), raw.get("webhook_id")))
    assert raw["type"] in (0, 19)
    assert not raw.get("flags", 0) & 2
    assert not place.private or not raw.get("guild_id")
    assert not (place.community and raw.get("message_reference", {}).get("type") == 1)
    own = iter(raw["content"])
    assert all(letter in own for letter in "".join(event.text.split())), "a letter that is not theirs"
    assert "ZQUOTED" not in event.text or not _is_well_formed(raw["content"])


def _is_well_formed(content: str) -> bool:
    """Tell whether nothing but our own lines is in it, so that no code block begins elsewhere."""
    return re.sub("|".join(map(re.escape, sorted(_LINES, key=len, reverse=True))), "", content).strip() == ""
