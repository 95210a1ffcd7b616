"""`check --links`: which links of the directory and of the sources lead nowhere?"""

import asyncio

from rich import box
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from rich.table import Table
from rich.text import Text

from bot.content import Content
from bot.content.addresses import addresses
from bot.ops.linkcheck import Result, Tried, try_links

LIMIT_SECONDS = 20.0


def link_faults(content: Content, out: Console) -> list[str]:
    """Try every link, print those that need a look as a table, and return one line for each dead one."""
    places = addresses(content)
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Trying links", total=len(places))
        tried = asyncio.run(try_links(places, LIMIT_SECONDS, lambda: progress.advance(task)))
    notable = [one for one in tried if one.result is not Result.ANSWERS]
    out.print(f"{len(tried)} links tried, {len(tried) - len(notable)} answer", markup=False)
    if notable:
        table = Table("Link", "Stands in", "Result", "Leads to", box=box.SIMPLE)
        for one in sorted(notable, key=lambda one: [*Result].index(one.result), reverse=True):
            final = "" if one.final == one.url else one.final
            cells = (one.url, "\n".join(places[one.url]), f"{one.result}: {one.said}", final)
            # Addresses hold brackets, which must not be taken for markup.
            table.add_row(*(Text(cell, overflow="fold") for cell in cells))
        out.print(table)
    return [_line(one, places[one.url][0]) for one in tried if one.result is Result.DEAD]


def _line(one: Tried, place: str) -> str:
    return f"{place}: {one.url}: {one.said}; find its new address, or take it out"
