"""Who may import whom, and how long may a file be?"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import adapters

ROOT = Path(__file__).resolve().parents[1]
SDKS = {"discord", "telegram"}
PLATFORMS = set(adapters.available())
SEAM = {"bot.model", "bot.ports", "bot.errors"}
# What each part of the core may use of the core, itself aside. What is not listed may use all.
CORE_USES = {
    "model": set(),
    "errors": set(),
    "memory": set(),
    "ports": {"model"},
    "policy": {"model"},
    "yamlfile": {"errors"},
    "content": {"model", "errors", "ports", "yamlfile"},
    "guide": {"model", "errors", "ports", "content"},
    "detection": {"errors", "yamlfile"},
    "evaluation": {"errors", "detection"},
    "config": {"errors", "policy", "ports", "yamlfile"},
    "privacy": {"errors"},
    "guard": {"model", "policy", "privacy", "config", "ops"},
    "storage": {"errors"},
    "phrases": {"model", "errors", "detection", "privacy", "storage"},
    "ops": {"errors"},
}
# Parts whose answers depend on their arguments alone.
PURE = {"model", "policy", "memory", "guard", "guide", "detection"}
IMPURE_MODULES = {"asyncio", "random", "secrets", "socket", "subprocess", "time", "aiohttp", "sqlalchemy"}


def _files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _imports(path: Path) -> Iterator[str]:
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{package} imports relatively"
            yield node.module or ""
            # `from bot import config` names a module, too.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _part(path: Path) -> str:
    return path.relative_to(ROOT / "bot").parts[0].removesuffix(".py")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


CORE = [path for path in _files("bot") if path.name != "__main__.py"]


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_the_core_knows_no_platform(path: Path) -> None:
    roots = {name.split(".")[0] for name in _imports(path)}
    assert not roots & (SDKS | {"adapters"})


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_no_platform_is_named_in_the_core(path: Path) -> None:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    constants = [node.value for node in tree if isinstance(node, ast.Constant)]
    assert not [value for value in constants if value in PLATFORMS]


@pytest.mark.parametrize("path", CORE, ids=_name)
def test_each_part_of_the_core_uses_only_what_it_may(path: Path) -> None:
    part = _part(path)
    used = {name.split(".")[1] for name in _imports(path) if name.startswith("bot.")}
    parts = {_part(each) for each in CORE} | {"__init__"}
    assert used & parts <= CORE_USES.get(part, parts) | {part}


@pytest.mark.parametrize("path", [path for path in CORE if _part(path) in PURE], ids=_name)
def test_pure_parts_do_no_io(path: Path) -> None:
    assert not {name.split(".")[0] for name in _imports(path)} & IMPURE_MODULES


@pytest.mark.parametrize("path", [path for path in CORE if _part(path) != "storage"], ids=_name)
def test_only_the_storage_holds_sql(path: Path) -> None:
    assert not {name.split(".")[0] for name in _imports(path)} & {"sqlalchemy", "alembic"}


@pytest.mark.parametrize("path", _files("adapters"), ids=_name)
def test_an_adapter_uses_the_seam_and_itself(path: Path) -> None:
    folder = path.relative_to(ROOT / "adapters").parts[0]
    for name in _imports(path):
        if name == "bot" or name.startswith("bot."):
            assert any(name == module or name.startswith(f"{module}.") for module in SEAM), name
        if name.startswith("adapters."):
            assert name.split(".")[1] == folder
        if name.split(".")[0] in SDKS:
            assert name.split(".")[0] == folder


@pytest.mark.parametrize("platform", sorted(PLATFORMS))
def test_the_same_job_has_the_same_file_name(platform: str) -> None:
    there = {path.name for path in (ROOT / "adapters" / platform).glob("*.py")}
    assert {"__init__.py", "config.py", "adapter.py", "inbound.py", "outbound.py"} <= there


@pytest.mark.parametrize("path", _files("bot", "adapters", "tests", "benchmarks"), ids=_name)
def test_a_file_answers_one_question_and_stays_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    if text and path.parts[-2] != "versions":
        assert ast.get_docstring(ast.parse(text)), "say in a docstring which question the file answers"
