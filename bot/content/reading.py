"""Which files are there under messages/, and what does each hold?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot import yamlfile
from bot.content import faults, limits, texts
from bot.content.content import COUNTRY_PAGE, FALLBACK
from bot.content.directory_file import INTERNATIONAL, DirectoryFile
from bot.content.explaining_file import EXPLAINING, ExplainingFile
from bot.content.screen_file import ScreenFile
from bot.content.translation_file import GlossaryFile, Translation
from bot.content.words_file import ServicesFile, ServiceWords, TopicsFile, WordsFile
from bot.errors import ContentError

WORDS, TOPICS = "words", "topics"
GLOSSARY, SERVICES = "glossary", "directory"

# Folders that hold something else than a language.
_OTHERS = frozenset({"directory", "schema", "triggers"})
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

_Model = TypeVar("_Model", bound=BaseModel)
_Translated = TypeVar("_Translated", ScreenFile, WordsFile, TopicsFile, ServicesFile, ExplainingFile)


@dataclass(slots=True)
class LocaleFiles:
    """The files of one language that hold.

    `present` names every file, faulty or not, and `ids` the screens among them. `translations` has what
    each says of its own state.
    """

    words: WordsFile | None = None
    topics: dict[str, tuple[str, ...]] | None = None
    country_page: ScreenFile | None = None
    services: dict[str, ServiceWords] = field(default_factory=dict)
    screens: dict[str, ScreenFile] = field(default_factory=dict)
    glossary: GlossaryFile | None = None
    explaining: ExplainingFile | None = None
    ids: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    translations: dict[str, Translation | None] = field(default_factory=dict)


@dataclass(slots=True)
class Files:
    """Everything read from one folder, English first, and what could not be. `shown` names the folder."""

    shown: str
    locales: dict[str, LocaleFiles] = field(default_factory=dict)
    directory: dict[str, DirectoryFile] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    directory_whole: bool = True

    def named(self, locale: str, name: str) -> str:
        """How a file of a language is named to its writer."""
        return f"{self.shown}/{locale}/{name}.yaml"


def read(root: Path) -> Files:
    """Read every file; a fault in one keeps no other from being read."""
    files = Files(root.resolve().name)
    if not (root / FALLBACK).is_dir():
        files.faults.append(
            f"{files.shown}/{FALLBACK}: no such folder; English is what every language rests on"
        )
    for folder in _folders(root):
        if folder.name == "directory":
            _read_directory(files, folder)
        elif _LOCALE.fullmatch(folder.name):
            _read_locale(files, folder)
        elif folder.name not in _OTHERS:
            files.faults.append(
                f'{files.shown}/{folder.name}: not a language tag like "de" or "pt-BR"; rename it'
            )
    return files


def _folders(root: Path) -> list[Path]:
    found = [entry for entry in root.glob("[!._]*") if entry.is_dir()]
    return sorted(found, key=lambda folder: (folder.name != FALLBACK, folder.name))


def _yaml_files(files: Files, folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield path, name without ending, and how to show it, for every file a writer made."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        shown = f"{files.shown}/{folder.name}/{path.relative_to(folder).as_posix()}"
        if path.suffix == ".yaml" and path.is_file():
            yield path, name, shown
        elif path.suffix == ".yml":
            files.faults.append(f"{shown}: is not read; rename it to end in .yaml")


def _parse(files: Files, path: Path, shown: str, model: type[_Model]) -> _Model | None:
    try:
        return model.model_validate(yamlfile.read(path, shown, ContentError))
    except ContentError as fault:
        files.faults.append(str(fault))
    except ValidationError as fault:
        files.faults.extend(faults.lines(fault, shown))
    return None


def _read_locale(files: Files, folder: Path) -> None:
    part = files.locales[folder.name] = LocaleFiles()
    for path, name, shown in _yaml_files(files, folder):
        part.present.add(name)
        if name == WORDS:
            part.words = _translated(part, name, _parse(files, path, shown, WordsFile))
        elif name == TOPICS:
            topics = _translated(part, name, _parse(files, path, shown, TopicsFile))
            part.topics = topics.phrases if topics else None
        elif name == GLOSSARY:
            part.glossary = _parse(files, path, shown, GlossaryFile)
        elif name == EXPLAINING:
            part.explaining = _translated(part, name, _parse(files, path, shown, ExplainingFile))
        elif name == SERVICES:
            services = _translated(part, name, _parse(files, path, shown, ServicesFile))
            part.services = services.services if services else {}
        elif name == COUNTRY_PAGE:
            part.country_page = _translated(part, name, _parse(files, path, shown, ScreenFile))
        elif not re.match(texts.SCREEN_ID, name) or len(name) > limits.SCREEN_ID:
            files.faults.append(
                f"{shown}: the path is the screen's id: only a-z, 0-9, - and / may stand in it, "
                f"and at most {limits.SCREEN_ID} characters; rename it"
            )
        else:
            part.ids.add(name)
            if screen := _translated(part, name, _parse(files, path, shown, ScreenFile)):
                part.screens[name] = screen
    for name in (WORDS, TOPICS, COUNTRY_PAGE):
        if folder.name == FALLBACK and not (folder / f"{name}.yaml").exists():
            files.faults.append(f"{files.named(FALLBACK, name)}: no such file; write it")


def _translated(part: LocaleFiles, name: str, file: _Translated | None) -> _Translated | None:
    if file is not None:
        part.translations[name] = file.translation
    return file


def _read_directory(files: Files, folder: Path) -> None:
    for path, name, shown in _yaml_files(files, folder):
        country = _parse(files, path, shown, DirectoryFile)
        files.directory_whole &= country is not None
        if country is None:
            continue
        if country.country.lower() != name:
            files.faults.append(f"{shown}: country: must be the file's name; write the file {name} for it")
        files.directory[country.country] = country
    # Whoever looks for their country should not have to pass this one.
    if fallback := files.directory.pop(INTERNATIONAL, None):
        files.directory[INTERNATIONAL] = fallback
