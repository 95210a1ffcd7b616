"""Are bodies checked against Discord's own schema?"""

from discord.http import Route

from tests.beds.discord_client import CRY, Town, running
from tests.beds.openapi import schema_or_skip


async def test_what_discord_py_sends_fits_discords_schema(town: Town) -> None:
    schema = schema_or_skip()
    async with running(town.bed) as bot:
        await town.bed.answered(await town.bed.slash(town.sam, town.channel, "help slowly"))
        shown = await town.bed.answered(await town.bed.slash(town.sam, town.channel, "help sextortion"))
        await town.bed.answered(await town.bed.press(town.sam, shown, "go:deadline"))
        await town.bed.say(town.sam, town.channel, CRY)
        await town.bed.wait_for(lambda: town.bed.inbox(town.sam))
        assert bot.refused == []

    bodies = [call for call in town.bed.calls if call.body is not None]
    assert {call.method for call in bodies} == {"PUT", "POST", "PATCH"}
    assert [each for call in bodies for each in schema.deviations(call.method, call.route, call.body)] == []


def test_a_body_outside_discords_schema_is_named() -> None:
    schema = schema_or_skip()
    route = "/channels/{channel_id}/messages"

    assert schema.deviations("POST", route, {"content": "hello"}) == []
    assert "content" in schema.deviations("POST", route, {"content": 5})[0]
    assert schema.deviations("POST", "/users/@me/channels", {"recipient_id": 5}) == []
    assert schema.deviations("POST", "/users/@me/channels", {"recipient_id": "x"})


async def test_the_beds_own_answers_fit_discords_schema(town: Town) -> None:
    schema = schema_or_skip()
    async with running(town.bed) as bot:
        asked = await town.bed.slash(town.sam, town.channel, "help sextortion")
        await town.bed.answered(asked)
        said = await town.bed.say(town.sam, town.channel, "hello", attachments=["photo.png"])
        for method, path, route in [
            ("GET", "/users/@me", "/users/@me"),
            ("GET", "/applications/@me", "/applications/@me"),
            ("GET", "/gateway/bot", "/gateway/bot"),
            ("GET", f"/users/{town.sam.id}", "/users/{user_id}"),
            ("GET", f"/channels/{town.channel.id}", "/channels/{channel_id}"),
            ("GET", f"/channels/{town.channel.id}/messages", "/channels/{channel_id}/messages"),
            (
                "GET",
                f"/webhooks/{bot.application_id}/{asked.token}/messages/@original",
                "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            ),
        ]:
            answer = await bot.http.request(Route(method, path))
            assert schema.answer_deviations(method, route, 200, answer) == []
        assert said.now.attachments[0].filename == "photo.png"
