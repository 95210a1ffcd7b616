"""What does an editor need to know to help a writer with a trigger pack?"""

import json

from bot.detection.pack import Pack


def schema() -> str:
    """Return the JSON Schema of a pack, as committed in messages/schema/triggers.schema.json."""
    return json.dumps(Pack.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
