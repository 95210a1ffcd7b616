"""In which environment do tests start the bot?"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment and more.

    Coverage does not look into what is started: under its eyes loading the engine, which a run of the tests
    does a hundred times, takes thrice as long.
    """
    found = os.environ | {"PYTHONPATH": str(ROOT)} | more
    found.pop("COVERAGE_PROCESS_CONFIG", None)
    return found
