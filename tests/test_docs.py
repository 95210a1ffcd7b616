"""Do README, docs and the example config say what is true?"""

import re
from functools import partial
from pathlib import Path

import pytest
import yaml

import adapters
from bot import config
from bot.cli.app import COMMANDS
from bot.config.schema import CoreSections, Defaults, Notice, Raid
from bot.ports import PlatformSection
from bot.storage.tables import metadata
from tests.cli.bot import bot

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")]
PLATFORMS = [name for name in adapters.available() if name != "console"]


def section(name: str) -> type[PlatformSection]:
    found = adapters.load(name).Section
    assert isinstance(found, type)
    assert issubclass(found, PlatformSection)
    return found


def commented(text: str) -> str:
    """The example with every commented-out key switched on, and the alternatives to them off."""
    lines = [line for line in text.splitlines() if not re.match(r"\s*(token_file|url: sqlite)", line)]
    return "\n".join(re.sub(r"^(\s*)# (\w+: \S)", r"\1\2", line) for line in lines)


def test_the_example_config_is_valid_as_it_stands(tmp_path: Path) -> None:
    example = ROOT / "config.example.yaml"
    (tmp_path / "config.yaml").write_text(example.read_text("utf-8"), "utf-8")
    for name in PLATFORMS:
        (tmp_path / f"{name}.token").write_text("123456:token", "utf-8")
    sections = {name: partial(section, name) for name in PLATFORMS}
    settings = config.load(tmp_path / "config.yaml", sections, {})
    assert set(settings.platforms) == set(PLATFORMS)
    assert settings.defaults == Defaults()


def test_the_example_names_every_key() -> None:
    text = (ROOT / "config.example.yaml").read_text("utf-8")
    keys = {
        *CoreSections.model_fields,
        *Defaults.model_fields,
        *Notice.model_fields,
        *Raid.model_fields,
        *(key for name in PLATFORMS for key in section(name).model_fields),
        "token_file",
        "listen",
        "url",
    }
    assert [key for key in sorted(keys) if not re.search(rf"^\s*(# )?{key}:", text, re.MULTILINE)] == []


def test_the_example_with_its_alternatives_is_valid_yaml() -> None:
    assert yaml.safe_load(commented((ROOT / "config.example.yaml").read_text("utf-8")))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_in_the_docs_exists(path: Path) -> None:
    text = path.read_text("utf-8")
    known = set(COMMANDS)
    assert set(re.findall(r"python -m bot ([\w-]+)", text)) <= known
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^ {4}|`)make (\w+)", text, re.MULTILINE)) <= targets


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
        assert "://" in target or (path.parent / target).exists(), target


def test_the_help_page_shows_every_command() -> None:
    page = bot("--help").out
    assert [name for name in COMMANDS if name not in page] == []


def test_the_data_sheet_names_every_table_and_column_and_none_besides() -> None:
    text = (ROOT / "docs" / "data-sheet.md").read_text("utf-8")
    named: set[tuple[str, str]] = set()
    table = ""
    for first, column in re.findall(r"^\| (?:`(\w+)` )?\| `(\w+)` \|", text, re.MULTILINE):
        table = first or table
        named.add((table, column))
    assert named == {(each.name, column.name) for each in metadata.sorted_tables for column in each.columns}
    told = set(re.findall(r"^\| `(\w+)` \| [^`|]+ \| [^|]+ \| [^|]+ \|$", text, re.MULTILINE))
    assert told == set(metadata.tables), "say of each why, how long and how it is erased"


def test_the_changelog_has_one_line_a_change() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    body = text[text.index("## Unreleased") :]
    assert all(re.match(r"(#|- .|$)", line) for line in body.splitlines())
