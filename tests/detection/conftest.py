"""Which detector do the tests of the shipped packs share?"""

import pytest

from bot.detection import Detector
from tests.engine import engine


@pytest.fixture(scope="session")
def shipped() -> Detector:
    return engine()
