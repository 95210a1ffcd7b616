"""Do the schemas that writers' editors use fit the files?"""

import json

import jsonschema
import pytest
import yaml

from bot.detection.schema import SCHEMAS, schema
from tests.detection.packs import MESSAGES


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_current(name: str) -> None:
    committed = (MESSAGES / "schema" / name).read_text(encoding="utf-8")
    assert committed == schema(name), (
        f'run: python -c \'from bot.detection.schema import schema; print(schema("{name}"), end="")\''
    )


def test_every_shipped_file_fits_it() -> None:
    for path in (MESSAGES / "triggers").glob("*.yaml"):
        name = "rules.schema.json" if path.name == "rules.yaml" else "triggers.schema.json"
        jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), json.loads(schema(name)))
