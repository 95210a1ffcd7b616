"""Does the schema that writers' editors use fit the packs?"""

import json

import jsonschema
import yaml

from bot.detection.schema import schema
from tests.detection.packs import MESSAGES


def test_the_committed_schema_is_current() -> None:
    committed = (MESSAGES / "schema" / "triggers.schema.json").read_text(encoding="utf-8")
    assert committed == schema(), (
        "run: python -c 'from bot.detection.schema import schema; print(schema(), end=\"\")'"
    )


def test_every_shipped_pack_fits_it() -> None:
    for path in (MESSAGES / "triggers").glob("*.yaml"):
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), json.loads(schema()))
