"""Which platforms are there?  One folder each; the folder's name is its key in the config file."""

from importlib import import_module
from pathlib import Path
from types import ModuleType


def available() -> list[str]:
    """Return the names of all adapters, sorted; none of them is imported."""
    return sorted(entry.parent.name for entry in Path(__file__).parent.glob("*/__init__.py"))


def load(name: str) -> ModuleType:
    """Import one adapter by its name, and with it its platform's library.

    The module offers `Section` (a pydantic model of its config section), `build(section)` and
    `diagnose(section)`; see `bot.ports.Platform`.
    """
    return import_module(f"adapters.{name}")
