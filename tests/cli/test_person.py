"""Do `export` and `forget` find one person's rows, and nobody else's?"""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.privacy import Pseudonyms
from bot.secretfile import load_secrets
from bot.storage import Claim, Store
from tests.cli.bot import Ended, bot_inside
from tests.storage.promising import promise

NOW = datetime.now(UTC)
PERSON, OTHER = "discord:123456", "discord:654321"
NOTHING: dict[str, object] = {
    "wants_no_offers_since": None,
    "was_offered_help_until": [],
    "offers_on_their_way": 0,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "discord: {token: 'aaaa.bbbb.cccc'}\nstorage: {url: 'sqlite:///here.db'}\nsecret_file: secret\n"
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    secrets = load_secrets(tmp_path / "secret")
    asyncio.run(plant(tmp_path, Pseudonyms(*secrets)))
    return tmp_path


async def plant(folder: Path, pseudonyms: Pseudonyms) -> None:
    """Both were offered help in two communities, in one of them long ago, and want no more of it."""
    store = Store("sqlite:///here.db", folder)
    for id in ("123456", "654321"):
        optout, outbox = (pseudonyms.key(purpose, "discord", id) for purpose in ("optout", "outbox"))
        for community, now in (("one", NOW), ("two", NOW - timedelta(days=3))):
            cooldown = pseudonyms.key("cooldown", "discord", id, community)
            claim = await promise(
                store, optout=optout, cooldown=cooldown, now=now, person=outbox, platform="discord"
            )
            assert claim is Claim.GRANTED
        await store.opt_out(optout=(optout,), outbox=(), now=NOW)
    await store.close()


def run(folder: Path, *arguments: str) -> Ended:
    ended = bot_inside(*arguments, cwd=folder)
    assert "Traceback" not in ended.err + ended.out
    assert "123456" not in ended.out + ended.err
    return ended


def exported(folder: Path, person: str) -> object:
    return json.loads(run(folder, "export", person).out)


def test_export_tells_all_that_is_kept(folder: Path) -> None:
    assert exported(folder, PERSON) == {
        "wants_no_offers_since": NOW.date().isoformat(),
        "was_offered_help_until": [(NOW + timedelta(days=1)).isoformat()],
        "offers_on_their_way": 2,
    }
    assert exported(folder, "discord:7") == NOTHING
    assert exported(folder, "telegram:123456") == NOTHING


def test_forget_erases_one_person(folder: Path) -> None:
    before = exported(folder, OTHER)
    assert run(folder, "forget", PERSON).out == "erased\n"
    assert exported(folder, PERSON) == NOTHING
    assert exported(folder, OTHER) == before


def test_forget_can_leave_the_opt_out(folder: Path) -> None:
    assert "still kept" in run(folder, "forget", PERSON, "--keep-opt-out").out
    since = NOW.date().isoformat()
    assert exported(folder, PERSON) == {
        "wants_no_offers_since": since,
        "was_offered_help_until": [],
        "offers_on_their_way": 0,
    }


@pytest.mark.parametrize("command", ["export", "forget"])
@pytest.mark.parametrize(
    ("person", "mend"),
    [
        ("12", "account: write discord:ID or telegram:ID"),
        ("icq:12", "account: write discord:ID or telegram:ID"),
        ("discord:", "account: write discord:ID or telegram:ID"),
        ("discord:me", "account: the ID is a number"),
        ("discord:-1", "account: the ID is a number"),
    ],
)
def test_an_account_that_is_none_is_refused(folder: Path, command: str, person: str, mend: str) -> None:
    ended = run(folder, command, person)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"{mend}\n"


def test_without_the_secret_nothing_is_made_up(folder: Path) -> None:
    (folder / "secret").unlink()
    ended = run(folder, "forget", PERSON)
    assert (ended.code, "secret_file" in ended.err) == (2, True)
    assert not (folder / "secret").exists()
