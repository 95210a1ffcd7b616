"""What stands in `messages/<locale>/explaining.yaml`?"""

import string
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints, ValidationError, ValidationInfo, field_validator

from bot import yamlfile
from bot.content import faults
from bot.content.part import Part
from bot.content.translation_file import Translation
from bot.errors import ContentError

EXPLAINING = "explaining"
Piece = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=110)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[^{}]+$")]

_HOLDS = {
    "fired": {"rule", "score", "threshold"},
    "nearest": {"rule"},
    "said": {"name", "quote"},
    "together": {"first", "second"},
    "rest": {"points"},
    "there": {"found"},
    "missing": {"names"},
    "silenced": {"found"},
    "not_near": {"words"},
    "not_in_order": {"words"},
    "too_few": {"score", "threshold"},
}


class ExplainingFile(Part):
    """How a moderator is told why a trigger fired; `bot.detection.wording` says what is filled in."""

    translation: Translation | None = None
    offered: Piece
    silent: Piece
    fired: Piece
    nearest: Piece
    nothing: Piece
    said: Piece
    together: Piece
    rest: Piece
    there: Piece
    missing: Piece
    either: Piece
    both: Piece
    silenced: Piece
    not_near: Piece
    not_in_order: Piece
    too_few: Piece
    before: Piece
    concept: Piece
    written: Piece
    term: Piece
    names: Mapping[Name, Name]

    @field_validator("*")
    @classmethod
    def _holds_what_is_filled_in(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        try:
            held = {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
        except ValueError:
            raise ValueError("has a brace without its other; mend it") from None
        wanted = _HOLDS.get(info.field_name or "", set())
        if held != wanted:
            named = ", ".join(f"{{{one}}}" for one in sorted(wanted))
            raise ValueError(f"must hold {named or 'nothing'}, and nothing else in braces")
        return value

    @field_validator("names")
    @classmethod
    def _names_differ(cls, names: Mapping[str, str]) -> Mapping[str, str]:
        seen: dict[str, str] = {}
        for key, name in names.items():
            if (first := seen.setdefault(name.casefold(), key)) != key:
                raise ValueError(f'"{first}" and "{key}" go by the same name; tell them apart')
        return names


def load_explaining(root: Path, locale: str) -> ExplainingFile:
    """Return the file of a language, or of its first part (`de` for `de-AT`), or else the English one.

    Raises ContentError with the first fault.
    """
    tags = (locale, locale.partition("-")[0])
    known = {path.parent.name.lower(): path for path in root.glob(f"*/{EXPLAINING}.yaml")}
    path = next((known[tag.lower()] for tag in tags if tag.lower() in known), root / f"en/{EXPLAINING}.yaml")
    shown = f"{root.name}/{path.parent.name}/{path.name}"
    try:
        return ExplainingFile.model_validate(yamlfile.read(path, shown, ContentError))
    except ValidationError as error:
        raise ContentError(faults.lines(error, shown)[0]) from None
