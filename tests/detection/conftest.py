"""Which detector do the tests of the shipped packs share?"""

import pytest

from bot.detection import Detector, load
from tests.detection.packs import MESSAGES


@pytest.fixture(scope="session")
def shipped() -> Detector:
    return load(MESSAGES)
