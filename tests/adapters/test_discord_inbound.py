"""Are Discord's events understood, down to what a member did not write?"""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import discord
import pytest
from pydantic import ValidationError
from structlog.testing import capture_logs

from adapters.discord import Section, build, inbound
from adapters.discord.client import Client
from adapters.discord.invalid import Invalid
from bot.model import Message
from tests.adapters.recorder import Recorder

if TYPE_CHECKING:
    from discord.types.message import Message as Payload

ME, ALICE, GUILD = 1000, 2000, 3000


def user(number: int, **changes: object) -> dict[str, object]:
    return {"id": str(number), "username": "a", "discriminator": "0", "avatar": None, **changes}


def received(content: str, *, guild: int | None = GUILD, **changes: object) -> discord.Message:
    """A message as discord.py makes it of the gateway's event, the server not being in its cache."""
    state = discord.Client(intents=discord.Intents.none())._connection
    data: dict[str, object] = {
        "id": "123",
        "channel_id": "5",
        "type": 0,
        "content": content,
        "author": user(ALICE),
        "timestamp": "2026-11-24T10:00:00+00:00",
        "edited_timestamp": None,
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "tts": False,
        "flags": 0,
        **({} if guild is None else {"guild_id": str(guild)}),
        **changes,
    }
    payload = cast("Payload", data)
    channel, _ = state._get_guild_channel(payload)
    return discord.Message(state=state, channel=cast(discord.TextChannel, channel), data=payload)


def heard(content: str, **changes: object) -> Message | None:
    return inbound.message(received(content, **changes), ME)  # type: ignore[arg-type]  # mixed keywords


@pytest.mark.parametrize(
    ("content", "own"),
    [
        ("he wants money", "he wants money"),
        ("look `he said pay` here", "look here"),
        ("``a ` b`` after", "after"),
        ("before ```py\npay me\n``` after", "before after"),
        ("an ` alone stays", "an ` alone stays"),
        ("> pay me or else\nhelp", "help"),
        ("help\n> pay me\nplease", "help please"),
        ("help\n>>> pay me\nor else", "help"),
        (">no quote without a space", ">no quote without a space"),
        ("a > b", "a > b"),
    ],
)
def test_only_the_writers_own_words_remain(content: str, own: str) -> None:
    message = heard(content)

    assert message is not None
    assert message.text.split() == own.split()


@pytest.mark.parametrize(
    "changes",
    [
        {"author": user(ALICE, bot=True)},
        {"author": user(ALICE, system=True)},
        {"webhook_id": "9"},
        {"flags": 2},
        {"type": 4},
        {"type": 7},
        {"type": 18},
        {"type": 20},
        {"type": 24},
    ],
    ids=str,
)
def test_what_no_member_wrote_is_dropped(changes: dict[str, object]) -> None:
    assert heard("he wants money", **changes) is None
    assert heard("he wants money", guild=None, **changes) is None


def test_a_forward_is_not_the_members_own_words_but_to_us_alone_it_is_a_question() -> None:
    forward = {"message_reference": {"type": 1, "channel_id": "5", "message_id": "8"}}
    assert heard("", **forward) is None
    asked = heard("", guild=None, **forward)
    assert asked is not None
    assert asked.addressed


@pytest.mark.parametrize(
    ("content", "changes", "addressed", "text"),
    [
        (f"<@{ME}> help", {}, True, "help"),
        (f"<@!{ME}> help", {}, True, "help"),
        (f"<@{ME}>", {}, True, ""),
        ("@everyone help", {"mention_everyone": True}, False, "@everyone help"),
        ("<@777> help", {}, False, "<@777> help"),
        ("help", {"type": 19, "mentions": [user(ME)]}, True, "help"),
        ("help", {"guild": None}, True, "help"),
        ("", {"guild": None}, True, ""),
    ],
)
def test_what_is_said_to_the_bot(
    content: str, changes: dict[str, object], addressed: bool, text: str
) -> None:
    message = heard(content, **changes)

    assert message is not None
    assert (message.addressed, message.text) == (addressed, text)


@pytest.mark.parametrize(
    ("content", "changes"),
    [("", {}), ("  ", {}), ("", {"type": 19, "mentions": [user(ME)]}), (f"> <@{ME}> hi", {})],
)
def test_silence_is_no_message(content: str, changes: dict[str, object]) -> None:
    assert heard(content, **changes) is None


def test_the_place_is_known_without_a_cache() -> None:
    public, private = heard("hi"), heard("hi", guild=None)

    assert public is not None
    assert private is not None
    assert (public.origin.place.private, public.origin.place.community) == (False, str(GUILD))
    assert (private.origin.place.private, private.origin.place.community) == (True, None)


def edited(content: str, stamp: str | None) -> Message | None:
    after = received(content, edited_timestamp=stamp)
    data = {"id": "123", "channel_id": "5", "guild_id": str(GUILD), "content": content}
    event = discord.RawMessageUpdateEvent(data=cast("Payload", data), message=after)
    return inbound.edit(event, ME)


def test_an_edit_has_the_time_of_the_edit_and_the_key_of_the_message() -> None:
    message, first = edited("now in danger", "2026-11-24T11:00:00+00:00"), heard("hi")

    assert message is not None
    assert first is not None
    assert message.key == first.key
    assert message.sent_at == datetime(2026, 11, 24, 11, tzinfo=UTC)


def test_a_link_preview_appearing_is_no_edit() -> None:
    assert edited("https://example.org", None) is None
    assert edited("", "2026-11-24T11:00:00+00:00") is None


@pytest.mark.parametrize("token", ["", "  ", "Bot abc", "a\nb", "tökén"])
def test_a_token_that_cannot_be_one_is_refused_without_showing_it(token: str) -> None:
    with pytest.raises(ValidationError, match="nothing else") as caught:
        Section.model_validate({"token": token})

    assert all(error["loc"] == ("token",) for error in caught.value.errors())


@pytest.mark.parametrize(
    "changes", [{"api_base_url": "discord.com"}, {"gateway_url": "https://x.org"}, {"unknown": 1}]
)
def test_a_wrong_section_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Section.model_validate({"token": "abc", **changes})


def test_building_connects_to_nothing_and_hides_the_token() -> None:
    section = Section.model_validate({"token": "abc.def", "api_base_url": "http://127.0.0.1:1/"})
    adapter = build(section)

    assert adapter.name == "discord"
    assert section.api_base_url == "http://127.0.0.1:1"
    assert "abc.def" not in repr(section) + repr(adapter)


FILE = {"id": "9", "filename": "me.png", "size": 1, "url": "https://cdn.example/me.png", "proxy_url": ""}


def test_of_a_file_is_told_only_that_it_came() -> None:
    said = heard("look", attachments=[FILE])
    assert said is not None
    assert said.picture
    assert (said.text, "me.png" in repr(said)) == ("look", False)
    plain = heard("look")
    assert plain is not None
    assert not plain.picture


@pytest.mark.parametrize(("preferred", "locale"), [("de", "de"), ("pt-BR", "pt-BR"), ("en-US", None)])
def test_a_message_is_taken_to_be_in_the_servers_language_if_one_was_set(
    preferred: str, locale: str | None
) -> None:
    raw = received("he wants money")
    raw.guild = discord.Object(GUILD)  # type: ignore[assignment]  # a server of which only this is known
    raw.guild.preferred_locale = discord.Locale(preferred)  # type: ignore[union-attr]
    message = inbound.message(raw, ME)
    assert message is not None
    assert message.origin.person.locale == locale


# A poll without an end would be one: discord.py 2.7.1 reckons with its `expiry`.
POLL: dict[str, object] = {"question": {"text": "?"}, "answers": [], "expiry": None, "layout_type": 1}


def test_an_event_that_the_library_cannot_read_ends_nothing() -> None:
    with pytest.raises(TypeError):
        received("hello", poll=POLL)
    client = Client(Recorder(), Invalid(time.monotonic))
    with capture_logs() as logs:
        client._connection.parsers["MESSAGE_CREATE"]({"id": "1", "channel_id": "5", "poll": POLL})
    assert [(line["event"], line["kind"]) for line in logs] == [
        ("discord_event_unreadable", "MESSAGE_CREATE")
    ]
