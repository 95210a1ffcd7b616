"""How does the bot look at work?  Makes docs/picture.svg from a real conversation: python -m docs.picture"""

import asyncio
import re
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console as Terminal

from adapters.console.adapter import Console
from adapters.console.config import Section
from bot.app import serve
from bot.cli.build import core
from bot.config import Defaults

PICTURE = Path(__file__).with_name("picture.svg")
SCRIPT = (
    ("sam", "hey, anyone up for a match tonight?"),
    ("alex", "someone is threatening to leak my nudes if i dont pay"),
    ("alex", "!press Read more"),
)
# Rich links a font from the web; a picture must not.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


async def conversation(out: Terminal) -> AsyncIterator[str]:
    """Type the script, and show what is typed as a chat would."""
    for member, line in SCRIPT:
        yield f"!as {member}"
        if line.startswith("!press "):
            out.print(f"[dim]{member} presses[/] [cyan]\\[{line.removeprefix('!press ')}][/]")
        else:
            out.print(f"[bold]{member}[/]  {line}  [dim](seen by all)[/]")
        yield line


def main() -> None:
    """Run the conversation through the whole bot and save what was shown."""
    out = Terminal(record=True, width=80, highlight=False, force_terminal=True)
    with tempfile.TemporaryDirectory() as folder:
        parts = core(Defaults(), "sqlite:///picture.db", Path(folder), Path(folder) / "picture.key")
        asyncio.run(serve(parts, [Console(Section(), conversation(out), out)]))
    out.save_svg(str(PICTURE), title="Quietline", code_format=FORMAT)


if __name__ == "__main__":
    main()
