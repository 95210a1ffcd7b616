"""How does a screen look in a terminal, and as JSON?"""

import json
import re

from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.model import Block, Button, Card, Link, Paragraph, Quote, Road, Screen, Steps

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def as_json(screen: Screen, road: Road) -> str:
    """One line of JSON; its keys are the contract of `python -m bot try --json`."""
    sent = {
        "seen_by": "everyone" if road is Road.NOTE else "you",
        "road": road.value,
        "screen": screen.id,
        "preview": screen.preview,
        "text": as_text(screen),
        "actions": [_action(action) for action in screen.buttons],
    }
    return json.dumps(sent, ensure_ascii=False)


def as_text(screen: Screen) -> str:
    """The screen without markup or buttons."""
    return "\n\n".join([screen.preview, *(plain(_words(block)) for block in screen.blocks)])


def as_panel(screen: Screen, road: Road, seen_by: str) -> RenderableType:
    """The screen in a frame that says who sees it."""
    body: list[RenderableType] = [Text(screen.preview, style="italic" if screen.veiled else "bold")]
    if screen.veiled:
        body.append(Text("(a lock screen shows only the line above)", style="dim"))
    body += [_rendered(block) for block in screen.blocks]
    if screen.actions:
        body.append(Padding(_buttons(screen.buttons), (1, 0, 0, 0)))
    public = road is Road.NOTE
    return Panel(
        Group(*body),
        title=f"{seen_by} · {road}",
        title_align="left",
        border_style="yellow" if public else "green",
        width=78,
    )


def plain(text: str) -> str:
    """The text without **bold** marks."""
    return _BOLD.sub(r"\1", text)


def _action(action: Button | Link) -> dict[str, str]:
    match action:
        case Button(label, button):
            return {"label": label, "id": button}
        case Link(label, url):
            return {"label": label, "url": url}


def _words(block: Block) -> str:
    match block:
        case Paragraph(text) | Quote(text):
            return text
        case Steps(items):
            return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
        case Card():
            contacts = [f"{label}: {value}" for label, value in block.contacts]
            lines = [f"**{block.name}**", block.summary, *contacts, block.url or "", block.note]
            return "\n".join(line for line in lines if line)


def _rendered(block: Block) -> RenderableType:
    text = Text()
    for index, part in enumerate(_BOLD.split(_words(block))):
        text.append(part, style="bold" if index % 2 else "")
    indent = 2 if isinstance(block, Quote | Card) else 0
    if isinstance(block, Quote):
        text.stylize("cyan")
    return Padding(text, (1, 0, 0, indent))


def _buttons(actions: tuple[Button | Link, ...]) -> Columns:
    labels = [
        Text(f"[{action.label}]", style="blue" if isinstance(action, Link) else "cyan") for action in actions
    ]
    return Columns(labels, padding=(0, 1))
