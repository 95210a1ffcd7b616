"""What does a moderator read after an evaluation?"""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.evaluation.tally import Count, Shown, Tally


def report(console: Console, tally: Tally, *, show: bool) -> None:
    """Print the tables; the texts themselves only when asked for."""
    console.print(_overview(tally))
    if tally.rules:
        console.print(_rules(tally))
    for name, values in tally.facets.items():
        if values:
            console.print(_facet(name.replace("_", " "), values))
    if show:
        _print_texts(console, "Missed", tally.misses)
        _print_texts(console, "Fired without a positive label", tally.false_fires)
    elif tally.misses or tally.false_fires:
        console.print("Add --show to read the messages that were missed or fired without a positive label.")


def _overview(tally: Tally) -> Table:
    table = Table(title="Evaluation", show_header=False)
    total, strict = tally.total, tally.strict
    table.add_row("messages", f"{total.messages:,}")
    table.add_row("help would be offered", f"{total.fired:,}  ({_per_100_000(total)} per 100,000)")
    if total.positives:
        table.add_row(
            "positives caught", f"{total.caught:,} of {total.positives:,}  ({_percent(total.recall)})"
        )
    if strict.positives:
        table.add_row(
            "of these, strict", f"{strict.caught:,} of {strict.positives:,}  ({_percent(strict.recall)})"
        )
    if total.negatives:
        table.add_row(
            "false fires", f"{total.false_fires:,} of {total.negatives:,}  ({_percent(total.false_rate)})"
        )
    if tally.bad_lines:
        table.add_row("lines that could not be read", f"{tally.bad_lines:,}")
    return table


def _rules(tally: Tally) -> Table:
    table = Table("rule", "fired")
    for rule, fired in tally.rules.most_common():
        table.add_row(rule, f"{fired:,}")
    return table


def _facet(name: str, values: dict[str, Count]) -> Table:
    table = Table(name, "messages", "fired", "recall", "false fires")
    for value, count in sorted(values.items()):
        recall = f"{_percent(count.recall)} ({count.caught}/{count.positives})" if count.positives else ""
        false = (
            f"{_percent(count.false_rate)} ({count.false_fires}/{count.negatives})" if count.negatives else ""
        )
        table.add_row(Text(printable(value)), f"{count.messages:,}", f"{count.fired:,}", recall, false)
    return table


def _print_texts(console: Console, title: str, shown: list[Shown]) -> None:
    if shown:
        console.print(Text(f"\n{title}:", style="bold"))
    for one in shown:
        console.print(Text(printable(f"{one.place}  {one.text}")))
        console.print(Text(printable(f"    {one.explanation}"), style="dim"))


def printable(text: str) -> str:
    """Return the text without lone surrogates and control characters, which a terminal must not get."""
    kept = text.encode("utf-8", "replace").decode()
    return "".join(character if character.isprintable() else " " for character in kept)


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.1%}"


def _per_100_000(count: Count) -> str:
    return f"{count.fired * 100_000 / max(count.messages, 1):.2f}"
