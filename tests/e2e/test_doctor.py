"""Does `doctor` find what is missing on both platforms, and name the mend?"""

import asyncio
import sys
from pathlib import Path

from tests.beds.discord import DiscordBed, MessageContent
from tests.beds.telegram import TelegramBed
from tests.e2e.product import Product
from tests.started import ROOT


async def doctor(product: Product) -> tuple[int, str]:
    """Run it on the product's config; return its exit code and what it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "doctor",
        "--config",
        str(product.write_config()),
        cwd=ROOT,
        env=product.environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, out.decode()


async def test_all_is_well(tmp_path: Path) -> None:
    async with DiscordBed() as discord, TelegramBed(privacy=False) as telegram:
        code, out = await doctor(Product(tmp_path, discord, telegram))
    assert code == 0, out
    assert "MISS" not in out
    assert "emergency number and services of GB (defaults.country)" in out
    assert "discord: " in out
    assert "telegram: " in out


async def test_each_thing_missing_has_its_mend(tmp_path: Path) -> None:
    async with DiscordBed(message_content=MessageContent.OFF) as discord, TelegramBed(api="10.0") as telegram:
        code, out = await doctor(
            Product(tmp_path, discord, telegram, settings={"storage": {"url": "sqlite:///."}})
        )
    assert code == 1, out
    missing = [line for line in out.splitlines() if line.startswith("MISS")]
    assert out.count("mend: ") == len(missing) >= 4
    for word in ("database", "Message Content", "privacy", "ephemeral"):
        assert any(word.lower() in line.lower() for line in missing), (word, out)


async def test_a_wrong_token_and_no_network_are_findings(tmp_path: Path) -> None:
    async with DiscordBed() as discord, TelegramBed() as telegram:
        product = Product(tmp_path, discord, telegram)
        discord.token = "a-token-of-another-bot"
        await telegram.go_down()
        code, out = await doctor(product)
        discord.faults.clear()
    assert code == 1, out
    assert "Traceback" not in out
    assert discord.token not in out
    assert telegram.token not in out
