"""What does an editor need to know to help a writer with the words of a language?"""

import json

from pydantic import BaseModel

from bot.detection.pack import Rules, Words

# Committed under messages/schema/ by these names.
SCHEMAS: dict[str, type[BaseModel]] = {"triggers.schema.json": Words, "rules.schema.json": Rules}


def schema(name: str) -> str:
    """Return the JSON Schema of this name."""
    return json.dumps(SCHEMAS[name].model_json_schema(), indent=2, ensure_ascii=False) + "\n"
