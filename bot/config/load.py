"""How do config.yaml, the environment and token files become typed settings?"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot import yamlfile
from bot.config.schema import CoreSections, Defaults, Ops
from bot.errors import ConfigError
from bot.ports import PlatformSection


@dataclass(frozen=True, slots=True)
class Settings:
    """The operator's choices. `platforms` holds the sections that are there, by name."""

    folder: Path  # relative paths in the file start here
    platforms: Mapping[str, PlatformSection]
    storage_url: str
    secret_file: Path
    defaults: Defaults
    ops: Ops


def load(
    path: Path, sections: Mapping[str, Callable[[], type[PlatformSection]]], environ: Mapping[str, str]
) -> Settings:
    """Read the config file; `sections` gives the model of each platform there is; it is
    asked for only when the file has that section, so that no other platform's library is loaded.

    Raises ConfigError with one line that names the file, the key and the mend.
    """
    if not path.exists():
        raise ConfigError(f"{path}: no such file; copy config.example.yaml to {path} and fill it in")
    raw = yamlfile.read(path, str(path), ConfigError)
    expanded = {key: _expand(value, key, path, environ) for key, value in raw.items()}
    known = [*CoreSections.model_fields, *sections]
    for key in expanded:
        if key not in known:
            raise ConfigError(f"{path}: {_unknown(key, known)}")
    core = _validated(
        CoreSections, {k: _or_empty(v) for k, v in expanded.items() if k not in sections}, path, ""
    )
    platforms = {
        name: _validated(model(), _with_token(_or_empty(expanded[name]), name, path), path, f"{name}.")
        for name, model in sections.items()
        if name in expanded
    }
    if not platforms:
        raise ConfigError(f"{path}: no platform is configured; add a section: {' or '.join(sections)}")
    folder = path.resolve().parent
    return Settings(folder, platforms, core.storage.url, folder / core.secret_file, core.defaults, core.ops)


_VARIABLE = re.compile(r"\$\{(\w+)\}")


# Somebody may write the token itself where its file should be named.
_LIKE_A_TOKEN = re.compile(r"[\w-]{24,}", re.ASCII)


def _expand(value: object, key: str, path: Path, environ: Mapping[str, str]) -> object:
    """Replace every ${NAME} by the environment's value."""
    if isinstance(value, dict):
        return {str(k): _expand(v, f"{key}.{k}", path, environ) for k, v in value.items()}
    if not isinstance(value, str):
        return value
    for name in _VARIABLE.findall(value):
        if not environ.get(name):
            raise ConfigError(
                f"{path}: {key}: the environment variable {name} is not set; set it, or use token_file"
            )
    return _VARIABLE.sub(lambda match: environ[match[1]], value)


def _or_empty(section: object) -> object:
    return {} if section is None else section  # all its keys are commented out


def _with_token(section: object, name: str, path: Path) -> object:
    """Put the content of `token_file` in place of it."""
    if not isinstance(section, dict):
        return section
    if "token_file" not in section:
        return section if section.get("token") != "" else {k: v for k, v in section.items() if k != "token"}
    if "token" in section:
        raise ConfigError(f"{path}: {name}: has both token and token_file; keep one")
    named = str(section["token_file"])
    file = path.resolve().parent / named
    shown = "what stands there" if _LIKE_A_TOKEN.search(named) else file
    try:
        token = file.read_text(encoding="utf-8-sig").strip().strip("\"'")
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or no path at all
        why = getattr(error, "strerror", None) or "it is not text"
        raise ConfigError(f"{path}: {name}.token_file: {shown} cannot be read: {why}") from None
    if not token:
        raise ConfigError(f"{path}: {name}.token_file: {shown} is empty; put the token into it")
    rest = {key: value for key, value in section.items() if key != "token_file"}
    return {**rest, "token": token}


# pydantic's own words for these speak of patterns and tuples.
RAW = frozenset(
    {"string_pattern_mismatch", "tuple_type", "too_long", "too_short", "list_type", "string_type"}
)

M = TypeVar("M", bound=BaseModel)


def _validated(model: type[M], raw: object, path: Path, prefix: str) -> M:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(f"{path}: {_first_fault(error, model, prefix)}") from None


def _first_fault(error: ValidationError, model: type[BaseModel], prefix: str) -> str:
    """One line about the first fault. What was written is not repeated: it may be a token."""
    faults = error.errors(include_input=False, include_url=False)
    # A misspelt key comes with a missing one; the misspelling is what to mend.
    fault = next((each for each in faults if each["type"] == "extra_forbidden"), faults[0])
    where = [str(part) for part in fault["loc"]]
    key = prefix + ".".join(where)
    if fault["type"] == "extra_forbidden":
        return _unknown(key, [prefix + ".".join([*where[:-1], name]) for name in _fields(model, where[:-1])])
    if where[-1:] == ["token"] and fault["type"] == "missing":
        return f"{key}: is missing; write `token_file: path` or `token: ${{VARIABLE}}`"
    if fault["type"] == "missing":
        return f"{key}: is missing; config.example.yaml shows it"
    said = fault["msg"].removeprefix("Value error, ")
    if fault["type"] in RAW:
        said = _example(model, where) or said
    return f"{key or 'settings'}: {said}; config.example.yaml shows it"


def _example(model: type[BaseModel], where: list[str]) -> str | None:
    """What the field's description says may stand there."""
    for name in where:
        if name not in model.model_fields:
            return None
        field = model.model_fields[name]
        if field.description or not (
            isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        ):
            return field.description
        model = field.annotation
    return None


def _fields(model: type[BaseModel], inside: list[str]) -> list[str]:
    for name in inside:
        annotation = model.model_fields[name].annotation
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return []
        model = annotation
    return list(model.model_fields)


def _unknown(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    mend = f"did you mean {close[0]}?" if close else f"known are: {', '.join(known)}"
    return f"{key}: is not a known key; {mend}"
