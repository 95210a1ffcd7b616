"""What do writers' editors need to know about the files?

`python -m bot.content.schema` writes the schemas anew. In an editor that speaks yaml-language-server a file
names its schema in its first line: `# yaml-language-server: $schema=../schema/screen.schema.json`.
"""

import json
from pathlib import Path

from pydantic import BaseModel

from bot.content.directory_file import DirectoryFile
from bot.content.explaining_file import ExplainingFile
from bot.content.screen_file import ScreenFile
from bot.content.translation_file import GlossaryFile
from bot.content.words_file import ServicesFile, TopicsFile, WordsFile

_FOLDER = Path("messages/schema")
_MODELS: dict[str, type[BaseModel]] = {
    "directory": DirectoryFile,
    "explaining": ExplainingFile,
    "glossary": GlossaryFile,
    "screen": ScreenFile,
    "services": ServicesFile,
    "topics": TopicsFile,
    "words": WordsFile,
}


def schemas() -> dict[str, str]:
    """Return the text of each JSON Schema (draft 2020-12) by its file name."""
    return {
        f"{name}.schema.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}, indent=2
        )
        + "\n"
        for name, model in _MODELS.items()
    }


def write(folder: Path) -> None:
    """Write every schema into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(_FOLDER)
