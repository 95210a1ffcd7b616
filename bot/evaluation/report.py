"""What does a moderator read after an evaluation?"""

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.evaluation.counts import Count
from bot.evaluation.tally import MOST_SHOWN, OTHERS, Shown, Tally

# A longer list of values hides the others; the summary as JSON has more of them, and in full.
_MOST_ROWS = 20
_LONGEST_NAME = 25


def report(console: Console, tally: Tally, *, show: bool) -> None:
    """Print the tables; the texts themselves only when asked for."""
    tables = [_overview(tally)]
    if tally.rules:
        tables.append(_rules(tally))
    if any(tally.facets.values()):
        tables.append(_facets(tally))
    console.print(*(Padding(table, (0, 0, 1, 0), expand=False) for table in tables))
    total = tally.total
    if show:
        _print_texts(console, "Missed", tally.misses, total.positives - total.caught)
        _print_texts(console, "Fired, and should not have", tally.false_fires, total.false_fires)
        unlabelled = total.fired - total.caught - total.false_fires
        _print_texts(console, "Would have brought an offer of help", tally.unlabelled_fires, unlabelled)
    elif total.fired or total.positives:
        console.print("Add --show to read the messages that fired, or were missed, and why.", highlight=False)


def _overview(tally: Tally) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    total, apart = tally.total, tally.apart
    table.add_row("messages", f"{total.messages:,}")
    if tally.without_text:
        table.add_row("  without words of a member", f"{tally.without_text:,}")
    table.add_row("help would be offered", f"{total.fired:,}{_frequency(total)}")
    if total.positives:
        table.add_row("positives caught", _of(total.caught, total.positives))
    if apart["strict"].messages:
        table.add_row("  of these, strict", _of(total.strict_caught, total.strict))
    if apart["needs_context"].messages:
        table.add_row("  of these, need the lines before", _fired(apart["needs_context"]))
    if apart["email_scam"].messages:
        table.add_row("asked about scam e-mails", _fired(apart["email_scam"]))
    if total.negatives:
        table.add_row("false fires", _of(total.false_fires, total.negatives))
    if apart["blackmailer"].messages:
        table.add_row("in the blackmailer's voice", f"offered help {_fired(apart['blackmailer'])}")
    if tally.bad_lines:
        table.add_row("lines that could not be read", f"{tally.bad_lines:,}")
    return table


def _rules(tally: Tally) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 2, 0, 0))
    table.add_column("rule", overflow="fold")
    table.add_column("fired", justify="right", no_wrap=True)
    for rule, fired in tally.rules.most_common():
        table.add_row(Text(rule), f"{fired:,}")
    return table


def _facets(tally: Tally) -> Table:
    """One table for all, so that its columns line up; without columns that would stay empty."""
    total = tally.total
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", overflow="fold")
    shown = [True, total.unlabelled > 0, total.positives > 0, total.strict > 0, total.negatives > 0]
    for name, wanted in zip(("messages", "fired", "recall", "strict", "false fires"), shown, strict=True):
        if wanted:
            table.add_column(name, justify="right", no_wrap=True)
    for facet, values in tally.facets.items():
        if values:
            table.add_row(Text(facet.replace("_", " "), style="bold"))
        for value, count in _longest(values):
            cells = [cell for cell, wanted in zip(_cells(count), shown, strict=True) if wanted]
            table.add_row(Text("  " + _short(printable(value))), *cells)
    return table


def _longest(values: dict[str, Count]) -> list[tuple[str, Count]]:
    """The values with most messages, in alphabetical order, and all others in one."""
    if len(values) <= _MOST_ROWS:
        return sorted(values.items())
    by_size = sorted(values, key=lambda value: (value == OTHERS, -values[value].messages))
    kept, others = by_size[: _MOST_ROWS - 1], by_size[_MOST_ROWS - 1 :]
    rest = (f"({len(others):,} others)", Count.sum(values[value] for value in others))
    return [*sorted((value, values[value]) for value in kept), rest]


def _short(name: str) -> str:
    """The name without its middle: many begin alike, and many end alike."""
    half = _LONGEST_NAME // 2
    return name if len(name) <= _LONGEST_NAME else f"{name[:half]}…{name[-half:]}"


def _cells(count: Count) -> list[str]:
    return [
        f"{count.messages:,}",
        f"{count.fired:,}",
        _share(count.recall, count.positives),
        _share(count.strict_recall, count.strict),
        f"{count.false_fires:,} of {count.negatives:,}" if count.negatives else "",
    ]


def _print_texts(console: Console, title: str, shown: list[Shown], total: int) -> None:
    if not shown:
        return
    first = f", the first {MOST_SHOWN}" if total > len(shown) else ""
    console.print(Text(f"{title} ({total:,}{first}):", style="bold"))
    for one in shown:
        console.print()
        console.print(Text(printable(one.place), style="bold"), Text(printable(one.about)))
        console.print(Padding(Text(printable(one.text)), (0, 0, 0, 2)))
        console.print(Padding(Text(printable(one.explanation), style="dim"), (0, 0, 0, 4)))
    console.print()


def printable(text: str) -> str:
    """Return the text without lone surrogates and control characters, which a terminal must not get."""
    kept = text.encode("utf-8", "replace").decode()
    return "".join(character if character.isprintable() else " " for character in kept)


def _of(some: int, count: int) -> str:
    return f"{some:,} of {count:,}" + (f"  ({some / count:.1%})" if count else "")


def _fired(count: Count) -> str:
    return _of(count.fired, count.messages)


def _share(rate: float | None, count: int) -> str:
    return "" if rate is None else f"{rate:.1%} of {count:,}"


def _frequency(count: Count) -> str:
    """How rare it is, where the file is a history and no collection of examples."""
    if count.positives or not count.fired:
        return ""
    return f"  ({count.fired * 100_000 / count.messages:.2f} per 100,000)"
