"""How do numbers and Latin names keep their order in a text that runs from right to left?

In a line of Arabic, "116 123" is shown as "123 116": each run of digits is placed by itself. Marks that
nobody sees keep a stretch together (isolates of the Unicode Bidirectional Algorithm, UAX #9).
"""

import re
from dataclasses import replace

from bot.model import Block, Card, Paragraph, Steps

_ISOLATE, _END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
# Hebrew, Arabic and the scripts between them, and their presentation forms.
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_LETTER = re.compile(f"[{_RIGHT_TO_LEFT}]")
# The asterisks of **bold** stay outside, where adapters find them; a colon parts a name from its number.
_OTHERS = re.compile(rf"(?:(?!: )[^{_RIGHT_TO_LEFT}*\n])+")
_AROUND = " \t.,:;!?()[]\"'…-"


def keep_order(block: Block) -> Block:
    """Return the block with what runs from left to right kept together; as it is in every other language.

    What is meant to be copied stays bare, and so do addresses: an app would take a mark into the link.
    """
    match block:
        case Paragraph(text):
            return Paragraph(_within(text))
        case Steps(items):
            return Steps(tuple(map(_within, items)))
        case Card(contacts=contacts):
            shown = tuple((label, _beside(label, value)) for label, value in contacts)
            return replace(block, summary=_within(block.summary), contacts=shown, note=_within(block.note))
        case _:
            return block


def _within(text: str) -> str:
    return _OTHERS.sub(lambda found: _isolated(found[0]), text) if _LETTER.search(text) else text


def _beside(label: str, value: str) -> str:
    """A value stands in the line of its label, and so runs as that does."""
    return _isolated(value) if _LETTER.search(label) and not _LETTER.search(value) else _within(value)


def _isolated(run: str) -> str:
    core = run.strip(_AROUND)
    if not core or "://" in core:
        return run
    before, _, after = run.partition(core)
    # "Samaritans (UK)" and "(020) 79" keep their bracket.
    if core.count("(") > core.count(")") and after.startswith(")"):
        core, after = f"{core})", after[1:]
    elif core.count("(") < core.count(")") and before.endswith("("):
        core, before = f"({core}", before[:-1]
    return f"{before}{_ISOLATE}{core}{_END}{after}"
