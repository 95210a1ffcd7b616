"""Do the schemas for writers' editors say what the loader says?"""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.content.schema import schemas

MESSAGES = Path(__file__).parents[2] / "messages"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_committed_schemas_are_current(name: str) -> None:
    committed = (MESSAGES / "schema" / name).read_text(encoding="utf-8")
    assert committed == schemas()[name], "run: python -m bot.content.schema"


def kind(path: Path) -> str:
    if path.parent.name == "directory":
        return "directory"
    return path.stem if path.stem in ("explaining", "glossary", "words", "topics") else "screen"


FILES = sorted([*MESSAGES.glob("en/**/*.yaml"), *MESSAGES.glob("directory/*.yaml")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(MESSAGES).as_posix())
def test_editors_accept_what_we_wrote(path: Path) -> None:
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    as_editors_see_it = json.loads(json.dumps(value, default=str))  # dates are text to them
    jsonschema.validate(as_editors_see_it, json.loads(schemas()[f"{kind(path)}.schema.json"]))


def test_editors_complain_of_an_unknown_key() -> None:
    schema = json.loads(schemas()["screen.schema.json"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"preview": "Hi.", "colour": "red"}, schema)
