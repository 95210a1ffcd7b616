"""Does `rotate-key` say what it does, and lose nothing without being told to?"""

import asyncio
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.doctor import _secret
from bot.privacy import OPTOUT, Pseudonyms
from bot.secretfile import load_secrets
from bot.storage import Store
from tests.cli.bot import Ended, bot_inside

PERSON = "discord:123456"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "discord: {token: 'aaaa.bbbb.cccc'}\nstorage: {url: 'sqlite:///here.db'}\nsecret_file: secret\n"
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    load_secrets(tmp_path / "secret")
    return tmp_path


def run(folder: Path, *arguments: str) -> Ended:
    ended = bot_inside(*arguments, cwd=folder)
    assert "Traceback" not in ended.err + ended.out
    assert not re.search("[0-9a-f]{16}", ended.out + ended.err), "a secret is never shown"
    return ended


async def opt_out(folder: Path) -> None:
    store, pseudonyms = Store("sqlite:///here.db", folder), Pseudonyms(*load_secrets(folder / "secret"))
    optout = pseudonyms.keys(OPTOUT, "discord", "123456")[:1]
    await store.opt_out(optout=optout, outbox=(), now=datetime.now(UTC))
    await store.close()


def wants_no_offers(folder: Path) -> bool:
    return bool(json.loads(run(folder, "export", PERSON).out)["wants_no_offers_since"])


def test_it_makes_a_new_secret_and_says_to_restart(folder: Path) -> None:
    before = load_secrets(folder / "secret")
    ended = run(folder, "rotate-key")
    assert ended.code == 0
    assert "2 secrets now" in ended.out
    assert "restart the bot now" in ended.out
    assert load_secrets(folder / "secret")[1:] == before


def test_export_and_forget_find_what_was_written_under_every_secret(folder: Path) -> None:
    for _ in range(3):
        asyncio.run(opt_out(folder))
        assert run(folder, "rotate-key").code == 0
    assert wants_no_offers(folder)
    assert run(folder, "forget", PERSON).code == 0
    assert not wants_no_offers(folder)


def test_dropping_the_oldest_says_what_is_lost_and_needs_a_yes(folder: Path) -> None:
    asyncio.run(opt_out(folder))
    run(folder, "rotate-key")
    held = load_secrets(folder / "secret")
    asked = run(folder, "rotate-key", "--drop-oldest")
    assert asked.code == 1
    assert f"used until {datetime.now(UTC).date()}" in asked.out
    assert '"never write to me again"' in asked.out
    assert "nothing was changed" in asked.out
    assert load_secrets(folder / "secret") == held
    assert wants_no_offers(folder)
    done = run(folder, "rotate-key", "--drop-oldest", "--yes")
    assert (done.code, "1 left" in done.out) == (0, True)
    assert load_secrets(folder / "secret") == held[:1]
    assert not wants_no_offers(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_the_doctor_says_when_others_can_read_the_secrets(folder: Path) -> None:
    path = folder / "secret"
    assert _secret(path).ok
    path.chmod(0o640)
    found = _secret(path)
    assert (found.ok, found.mend) == (False, f"others can read or change it: chmod 600 {path}")


def test_what_cannot_be_done_gets_one_line(folder: Path) -> None:
    ended = run(folder, "rotate-key", "--drop-oldest")
    assert (ended.code, ended.err.count("\n"), "holds one secret" in ended.err) == (2, 1, True)
    ended = run(folder, "rotate-key", "--yes")
    assert (ended.code, ended.err) == (2, "--yes: goes with --drop-oldest alone\n")
    (folder / "secret").write_text("nonsense\n", "ascii")
    ended = run(folder, "rotate-key")
    assert (ended.code, "is not written in hex digits" in ended.err) == (2, True)
    (folder / "secret").unlink()
    ended = run(folder, "rotate-key")
    assert (ended.code, "is not there; the bot makes it when it first starts" in ended.err) == (2, True)
    assert not (folder / "secret").exists()
