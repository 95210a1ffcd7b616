"""What do members and moderators of a Discord server see?  On simcord's simulated Discord."""

import discord
import pytest
import simcord
from simcord.enums import MessageType

from adapters.discord.adapter import Discord
from adapters.discord.client import Client
from adapters.discord.config import Section
from bot.model import Message, Origin, Outcome, Person, Place, Receipt, Road
from tests.adapters.discord_screens import HELP, NOTE, OFFER, answering
from tests.adapters.discord_stage import Stage, bodies_sent, last_dm, seen_by, words
from tests.adapters.recorder import Recorder

SECTION = Section.model_validate({"token": "simcord.fake.token"})


pytestmark = pytest.mark.simcord(shard_count=1)


@pytest.fixture
def core() -> Recorder:
    return Recorder(answering)


@pytest.fixture
def adapter(core: Recorder) -> Discord:
    core.adapter = adapter = Discord(SECTION)
    return adapter


@pytest.fixture
def simcord_bot(adapter: Discord, core: Recorder) -> Client:
    return adapter.attach(core)


@pytest.fixture
async def stage(simcord_env: simcord.Env, simcord_bot: Client, adapter: Discord, core: Recorder) -> Stage:
    await simcord_bot.tree.register()
    return Stage(simcord_env, adapter, core)


async def test_help_is_for_the_person_who_asked_alone(stage: Stage) -> None:
    result = await stage.alice.slash(stage.channel, "help sextortion")

    assert result.ephemeral
    assert result.response is not None
    assert words(result.response.message).startswith("You are not in trouble.")
    assert seen_by(stage.channel, stage.bob) == []
    (command,) = stage.core.commands
    assert (command.name, command.argument) == ("help", "sextortion")
    assert command.origin.person == Person("discord", str(stage.alice.id), "en-US")
    assert command.origin.place == stage.place()


async def test_the_menu_is_the_cores(stage: Stage) -> None:
    assert set(stage.alice.available_commands(stage.channel)) == {"help sextortion", "help friend"}


async def test_a_button_changes_the_private_answer_in_place(stage: Stage) -> None:
    first = await stage.alice.slash(stage.channel, "help sextortion")
    assert first.response is not None

    pressed = await stage.alice.click(first.response, label="I have paid")

    assert pressed.acknowledged
    assert [press.button for press in stage.core.presses] == ["q1:paid"]
    assert seen_by(stage.channel, stage.alice) == ["Stop paying now.\nYou can still stop."]
    assert seen_by(stage.channel, stage.bob) == []


async def test_a_button_of_a_message_that_all_can_see_is_answered_privately(stage: Stage) -> None:
    posted = await stage.adapter.send_note(stage.place(), NOTE)
    (note,) = stage.channel.history()
    assert posted == Receipt(Outcome.DELIVERED, note=str(note.id))

    pressed = await stage.alice.click(note, label="Open")

    assert pressed.ephemeral
    assert seen_by(stage.channel, stage.bob) == ["Private help is here for anyone."]


async def test_a_note_makes_no_sound_replies_to_nothing_and_can_be_taken_down(stage: Stage) -> None:
    await stage.alice.send(stage.channel, "hello")
    receipt = await stage.adapter.send_note(stage.place(), NOTE)

    note = stage.channel.last_message
    assert note is not None
    assert note.flags.suppress_notifications
    assert note.reference is None
    assert not note.mentions
    assert receipt.note is not None
    await stage.adapter.remove(stage.place(), receipt.note)
    await stage.adapter.remove(stage.place(), receipt.note)
    assert [message.content for message in stage.channel.history()] == ["hello"]


async def test_buttons_outlive_a_restart(stage: Stage) -> None:
    first = await stage.alice.slash(stage.channel, "help sextortion")
    await stage.adapter.send_note(stage.place(), NOTE)
    (note,) = stage.channel.history(viewer=stage.bob)

    await stage.env.restart_bot(stage.adapter.attach(stage.core))

    assert first.response is not None
    assert (await stage.alice.click(first.response, label="I have paid")).acknowledged
    assert (await stage.bob.click(note, label="Open")).ephemeral


async def test_nothing_is_kept_of_a_sent_button(stage: Stage) -> None:
    await stage.alice.slash(stage.channel, "help sextortion")

    assert list(stage.env.bot.persistent_views) == []


async def test_in_the_bots_own_chat_the_answer_stays(stage: Stage) -> None:
    user = stage.env.create_user("carol")

    result = await user.slash("help sextortion")

    assert result.acknowledged
    assert not result.ephemeral
    assert stage.core.commands[0].origin.place.private
    assert stage.core.commands[0].origin.place.community is None


async def test_a_direct_message_is_answered_there(stage: Stage) -> None:
    await stage.alice.send_dm("im being blackmailed")

    (message,) = stage.core.messages
    assert message.addressed
    assert message.origin.place.private
    assert message.text == "im being blackmailed"
    assert stage.core.results == [Receipt(Outcome.DELIVERED)]
    assert "You are not in trouble." in words(last_dm(stage))


async def test_a_direct_message_asked_twice_is_answered_twice(stage: Stage) -> None:
    await stage.alice.send_dm("help")
    await stage.alice.send_dm("help")

    assert stage.core.results == [Receipt(Outcome.DELIVERED)] * 2
    assert len({body["nonce"] for body in bodies_sent(stage)}) == 2


async def test_a_mention_is_addressed_and_never_answered_in_the_channel(stage: Stage) -> None:
    await stage.alice.send(stage.channel, f"{stage.me.mention} someone has my nudes")

    (message,) = stage.core.messages
    assert message.addressed
    assert message.text == "someone has my nudes"
    assert message.origin.place == stage.place()
    assert stage.core.results == [Receipt(Outcome.UNREACHABLE)]
    assert seen_by(stage.channel, stage.alice) == []


async def test_a_message_to_the_group_is_brought_in_with_its_place_and_time(stage: Stage) -> None:
    sent = await stage.alice.send(stage.channel, "they want money")

    sent_id = str(sent.id)
    expected = Message(stage.unasked(), sent_id, "they want money", sent.created_at, posted=sent_id)
    assert stage.core.messages == [expected]


async def test_an_edit_comes_under_the_same_key(stage: Stage) -> None:
    sent = await stage.alice.send(stage.channel, "hello")
    await stage.alice.edit(sent, "they want money")

    first, second = stage.core.messages
    assert first.key == second.key
    assert second.text == "they want money"


@pytest.mark.parametrize(
    "text", ["`they want money`", "```they\nwant money```", "> they want money", ">>> a\nb"]
)
async def test_what_is_not_the_writers_own_words_is_skipped(stage: Stage, text: str) -> None:
    await stage.alice.send(stage.channel, text)

    assert stage.core.messages == []


async def test_bots_webhooks_forwards_and_system_messages_are_skipped(stage: Stage) -> None:
    robot = stage.guild.add_member(stage.env.create_user("robot", bot=True))
    await robot.send(stage.channel, "they want money")
    await stage.guild.create_webhook(stage.channel).send("they want money")
    stage.guild.create_system_message(stage.channel, MessageType.NEW_MEMBER, author=stage.bob)
    original = await stage.alice.send(stage.channel, "original")
    await stage.bob.forward(original, stage.channel)
    await stage.env.settle()

    assert [message.text for message in stage.core.messages] == ["original"]


async def test_an_unasked_direct_message_shows_its_first_line_and_buttons_only(stage: Stage) -> None:
    receipt = await stage.adapter.send_private(stage.unasked(), OFFER, Road.DIRECT)

    assert receipt == Receipt(Outcome.DELIVERED)
    assert words(last_dm(stage)) == "A note for you"
    assert seen_by(stage.channel, stage.alice) == []


async def test_closed_direct_messages_make_a_person_unreachable(stage: Stage) -> None:
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)

    receipt = await stage.adapter.send_private(stage.unasked(), OFFER, Road.DIRECT)

    assert receipt == Receipt(Outcome.UNREACHABLE)
    assert stage.channel.history() == []


async def test_a_note_that_may_not_be_posted_is_not_delivered(stage: Stage) -> None:
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)

    assert await stage.adapter.send_note(stage.place(), NOTE) == Receipt(Outcome.UNREACHABLE)


async def test_repeating_an_unasked_message_repeats_its_nonce(stage: Stage) -> None:
    await stage.adapter.send_private(stage.unasked(), OFFER, Road.DIRECT)
    await stage.adapter.send_private(stage.unasked(), OFFER, Road.DIRECT)

    first, second = bodies_sent(stage)
    assert first["nonce"] == second["nonce"]
    assert first["enforce_nonce"] is second["enforce_nonce"] is True
    assert 0 < len(str(first["nonce"])) <= 25


@pytest.mark.parametrize("road", [Road.EPHEMERAL, Road.NOTE, Road.ANSWER])
async def test_roads_that_discord_does_not_have_unasked_lead_nowhere(stage: Stage, road: Road) -> None:
    before = len(stage.env.http_requests)

    assert await stage.adapter.send_private(stage.unasked(), HELP, road) == Receipt(Outcome.UNREACHABLE)
    assert len(stage.env.http_requests) == before


async def test_answering_twice_is_delivered_once(stage: Stage) -> None:
    result = await stage.alice.slash(stage.channel, "help sextortion")
    origin = stage.core.commands[0].origin

    assert await stage.adapter.send_private(origin, HELP, Road.ANSWER) == Receipt(Outcome.DELIVERED)
    assert result.followups == []


async def test_an_interaction_that_is_too_old_leaves_it_to_another_road(stage: Stage) -> None:
    stage.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)

    await stage.alice.slash(stage.channel, "help sextortion")

    assert stage.core.results == [Receipt(Outcome.UNREACHABLE)]


async def test_a_command_of_an_older_menu_is_still_answered(stage: Stage, simcord_bot: Client) -> None:
    simcord_bot.tree.remove_command("help")

    result = await stage.alice.slash(stage.channel, "help friend")

    assert [type(error) for error in stage.env.errors] == [discord.app_commands.CommandNotFound]
    assert result.ephemeral
    assert stage.core.commands[0].argument == "friend"


async def test_a_command_that_needs_another_word_now_is_still_answered(
    stage: Stage, simcord_bot: Client
) -> None:
    simcord_bot.tree.remove_command("help")
    group = discord.app_commands.Group(name="help", description="Help")
    discord.app_commands.Group(name="friend", description="Help", parent=group)
    simcord_bot.tree.add_command(group)

    result = await stage.alice.slash(stage.channel, "help friend")

    assert [type(error) for error in stage.env.errors] == [discord.app_commands.CommandSignatureMismatch]
    assert result.ephemeral
    assert stage.core.commands[0].argument == "friend"


async def test_a_failing_core_leaves_no_words_in_the_log(
    stage: Stage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(adapter: object, event: object) -> object:
        raise ValueError("they want money")

    stage.core.react = broken
    await stage.alice.send(stage.channel, "they want money")

    assert [type(error) for error in stage.env.errors] == [ValueError]
    logged = caplog.text + capsys.readouterr().out
    assert "discord_event_failed" in logged
    assert "ValueError" in logged
    assert "money" not in logged


async def test_nothing_is_sent_before_the_adapter_runs() -> None:
    adapter = Discord(SECTION)
    origin = Origin(Person("discord", "1"), Place("discord", "2", private=False))

    assert await adapter.send_private(origin, HELP, Road.DIRECT) == Receipt(Outcome.FAILED)
    assert await adapter.send_note(origin.place, NOTE) == Receipt(Outcome.FAILED)
