"""`phrases`: which phrases of its own does a community add to the triggers?"""

import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypeVar

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.context import CONFIG, MESSAGES, ConfigOption, account, settings
from bot.cli.explain import show
from bot.cli.phrase_lists import SAVED, pasted_text, told
from bot.detection import load
from bot.errors import QuietlineError
from bot.evaluation.report import printable
from bot.privacy import Pseudonyms
from bot.secretfile import load_secrets

if TYPE_CHECKING:  # else `--help` would wait for the database to be loaded
    from bot.phrases import Community, Editor, Vetted
    from bot.storage import Store

T = TypeVar("T")
Work: TypeAlias = "Callable[[Editor, Community], Awaitable[T]]"

CHECK_FAILED = 1

CommunityOption = Annotated[
    str,
    typer.Option(
        "--community", metavar="PLATFORM:ID", help="The server or group, as its platform counts it."
    ),
]
ConceptOption = Annotated[
    str, typer.Option("--concept", metavar="NAME", help="What the phrase stands for; see `phrases concepts`.")
]

phrases = typer.Typer(
    help="List, add, remove, import and test a community's own phrases.",
    no_args_is_help=True,
)


@phrases.command()
def concepts() -> None:
    """List the concepts for which a community can add phrases, with what each means."""
    from bot.detection.shipped import shipped

    table = Table("concept", "what it means", box=box.SIMPLE, pad_edge=False)
    for name, concept in shipped(MESSAGES).concepts.items():
        table.add_row(Text(name), Text(concept.means))
    Console().print(table)


@phrases.command("list")
def list_(context: typer.Context, community: CommunityOption, path: ConfigOption = CONFIG) -> None:
    """List a community's phrases."""

    async def work(editor: "Editor", whose: "Community") -> None:
        means, found = editor.concepts(), await editor.listed(whose)
        if not found:
            typer.echo("no phrases yet; `python -m bot phrases add` adds one")
            return
        for concept in sorted({one.concept for one in found}):
            typer.echo(f"{concept}: {means.get(concept, 'no concept of this version any more; remove it')}")
            for one in found:
                if one.concept == concept:
                    typer.echo(f"    {one.added}  {printable(one.phrase)}")

    _run(context, path, community, work)


@phrases.command()
def add(
    context: typer.Context,
    phrase: Annotated[
        str, typer.Argument(help="`cat`, `cat*`, `*cat`, `*cat*`, several words, or /a regex/.")
    ],
    concept: ConceptOption,
    community: CommunityOption,
    path: ConfigOption = CONFIG,
) -> None:
    """Add a phrase, unless it would make the triggers worse."""
    _add(context, path, community, concept, [(1, phrase)], "")


@phrases.command("import")
def import_(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(help="One phrase a line, or AutoMod's list with commas; - is stdin.")
    ],
    concept: ConceptOption,
    community: CommunityOption,
    path: ConfigOption = CONFIG,
) -> None:
    """Add all phrases of a file; with one that cannot be added, none is."""
    from bot.phrases.pasting import phrases as pasted

    found = list(pasted(pasted_text(file)))
    if not found:
        raise QuietlineError(f"{printable(file)}: holds no phrase; write one a line, or several with commas")
    _add(context, path, community, concept, found, "stdin" if file == "-" else file)


@phrases.command()
def remove(
    context: typer.Context,
    community: CommunityOption,
    phrase: Annotated[str | None, typer.Argument(help="The phrase, as `phrases list` shows it.")] = None,
    concept: Annotated[
        str | None, typer.Option("--concept", metavar="NAME", help="Only what stands for this.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Remove every phrase.")] = False,
    path: ConfigOption = CONFIG,
) -> None:
    """Remove a phrase, or all of them."""
    if (phrase is None) is not everything:
        raise QuietlineError("name the phrase to remove, or write --all")

    async def work(editor: "Editor", whose: "Community") -> None:
        gone = await editor.remove(whose, phrase, _spelled(concept) if concept else None)
        for one in gone:
            typer.echo(f"removed from {one.concept}: {printable(one.phrase)}")
        if not gone:
            typer.echo("no such phrase; `python -m bot phrases list` shows them", err=True)
            raise typer.Exit(CHECK_FAILED)
        typer.echo(SAVED)

    _run(context, path, community, work)


@phrases.command("test")
def try_out(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What somebody might write.")],
    community: CommunityOption,
    path: ConfigOption = CONFIG,
) -> None:
    """Say what the triggers, with the community's phrases, make of a text."""

    async def work(editor: "Editor", whose: "Community") -> None:
        show(Console(), await editor.test(whose, text))

    _run(context, path, community, work)


def _run(context: typer.Context, path: Path, community: str, work: "Work[T]") -> T:
    """Do something with the phrases in the configured database."""
    from bot.cli.database import with_store
    from bot.phrases import Editor, Phrases

    whose = _community(context, community)
    chosen = settings(context, path, os.environ)
    detector, pseudonyms = load(MESSAGES), Pseudonyms(*load_secrets(chosen.secret_file))

    async def edit(store: "Store") -> T:
        held = Phrases(detector, store, pseudonyms)
        editor = Editor(detector, store, held, MESSAGES, lambda: datetime.now(UTC).date())
        return await work(editor, whose)

    return with_store(chosen, edit)


def _community(context: typer.Context, written: str) -> "Community":
    from bot.phrases import Community

    return Community(*account(context, written, "--community"))


def _add(
    context: typer.Context,
    path: Path,
    community: str,
    concept: str,
    found: Sequence[tuple[int, str]],
    source: str,
) -> None:
    from bot.phrases import Proposal

    name = _spelled(concept)
    proposals = [Proposal(name, phrase, line) for line, phrase in found]

    async def work(editor: "Editor", whose: "Community") -> "Vetted":
        if fault := editor.concept_fault(name):
            raise QuietlineError(f"--concept: {fault}")
        return await editor.add(whose, proposals)

    told(_run(context, path, community, work), source)


def _spelled(concept: str) -> str:
    """`my media`, as explanations have it, is `my_media` in rules.yaml."""
    return concept.strip().replace(" ", "_")
