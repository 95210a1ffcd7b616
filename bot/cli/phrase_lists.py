"""How are lists of phrases read from files, and what is said of them?"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.errors import QuietlineError
from bot.evaluation.report import printable

if TYPE_CHECKING:  # else `--help` would wait for the database to be loaded
    from bot.phrases import Proposal, Remark, Vetted

SAVED = "A bot that is running has it within a minute."
CHECK_FAILED = 1
_LARGEST_FILE = 1_000_000
_MOST_NAMED = 20


def told(vetted: "Vetted", source: str) -> None:
    """Say what was saved, and what to know about it."""
    for remark in vetted.refused[:_MOST_NAMED]:
        typer.echo(_line(remark, source), err=True)
    if vetted.refused:
        more = len(vetted.refused) - _MOST_NAMED
        typer.echo((f"and {more} more; " if more > 0 else "") + "nothing was saved", err=True)
        raise typer.Exit(CHECK_FAILED)
    for remark in vetted.doubled:
        typer.echo(_line(remark, source))
    for one in vetted.added:
        typer.echo(f"added to {one.concept}: {printable(one.phrase)}")
    for remark in vetted.warned:
        typer.echo(f"warning: {_line(remark, source)}")
    typer.echo(SAVED if vetted.added else "nothing to save")


def _line(remark: "Remark", source: str) -> str:
    where = f"{source}:{remark.proposal.line}: " if source else ""
    return printable(f'{where}"{_short(remark.proposal)}": {remark.text}')


def _short(proposal: "Proposal") -> str:
    return proposal.phrase if len(proposal.phrase) <= 60 else f"{proposal.phrase[:57]}..."


def pasted_text(file: str) -> str:
    """Return what stands in a file, or on standard input for `-`; raises QuietlineError."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_LARGEST_FILE + 1)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(_LARGEST_FILE + 1)
        if len(raw) > _LARGEST_FILE:
            raise QuietlineError(f"{printable(file)}: is larger than a list of phrases can be; cut it")
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        why = getattr(fault, "strerror", None) or "it is not UTF-8 text"
        raise QuietlineError(f"{printable(file)}: cannot be read: {why}") from None
