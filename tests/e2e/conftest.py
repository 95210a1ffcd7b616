"""What must not outlive the tests of the whole product?"""

import contextlib
import os
import signal
from collections.abc import Iterator

import pytest

from tests.e2e.product import Product


@pytest.fixture(autouse=True, scope="session")
def no_orphans() -> Iterator[None]:
    """End the bots that failed tests left running."""
    yield
    for process in Product.launched:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
