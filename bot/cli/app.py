"""Which commands are there, and what is said when one fails on purpose?"""

import sys
from collections.abc import Callable

import typer

from bot.cli.breaker import breaker
from bot.cli.check import check
from bot.cli.community import forget_community
from bot.cli.context import Platforms
from bot.cli.doctor import doctor
from bot.cli.evaluate import evaluate
from bot.cli.explain import explain
from bot.cli.person import export, forget
from bot.cli.phrases import phrases
from bot.cli.rotation import rotate_key
from bot.cli.run import run
from bot.cli.stats import stats
from bot.cli.try_ import try_
from bot.errors import QuietlineError

WRONG_USE = 2
COMMANDS: dict[str, Callable[..., None]] = {
    "try": try_,
    "run": run,
    "check": check,
    "doctor": doctor,
    "explain": explain,
    "evaluate": evaluate,
    "phrases": phrases,
    "export": export,
    "forget": forget,
    "forget-community": forget_community,
    "rotate-key": rotate_key,
    "breaker": breaker,
    "stats": stats,
}


def main(platforms: Platforms) -> None:
    """Run the command on the command line and exit with its code: 0, 1 a check failed, 2 wrong use."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # Windows consoles default to a code page that cannot show every text.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        _app()(obj=platforms)
    except QuietlineError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(WRONG_USE)


def _app() -> typer.Typer:
    app = typer.Typer(
        name="python -m bot",
        help="Quietline: private help for people who are blackmailed over pictures.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name, command in COMMANDS.items():
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name)(command)
    return app
