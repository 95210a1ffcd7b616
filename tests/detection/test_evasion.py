"""Is what somebody writes in disguise still noticed, and what is harmless still left alone?"""

from collections.abc import Sequence

import pytest

from bot.detection import Detector
from bot.detection.shipped import shipped as read_packs
from tests.detection.disguises import DISGUISES, disguised
from tests.detection.packs import MESSAGES

# Of the texts that are left alone as they are, this share is left alone in any disguise.
SILENT = 0.985


@pytest.fixture(scope="module")
def noticed(shipped: Detector) -> Sequence[str]:
    return [text for text in _examples(positive=True) if shipped.judge(text).fired]


def _examples(*, positive: bool) -> Sequence[str]:
    # A third of them, and of every language: all take minutes. benchmarks/evasion.py takes all.
    return [one.text for one in read_packs(MESSAGES).examples() if (one.topic is not None) == positive][::3]


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_hides_little(shipped: Detector, noticed: Sequence[str], name: str) -> None:
    texts = list(disguised(noticed, DISGUISES[name], draws=1))
    lost = [text for text in texts if not shipped.judge(text).fired]
    assert len(texts) >= len(noticed) / 2
    assert len(lost) <= (1 - DISGUISES[name].kept) * len(texts), lost


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_gives_no_meaning(shipped: Detector, name: str) -> None:
    harmless = [text for text in _examples(positive=False) if not shipped.judge(text).fired]
    texts = list(disguised(harmless, DISGUISES[name], draws=1))
    fired = [text for text in texts if shipped.judge(text).fired]
    assert len(fired) <= (1 - SILENT) * len(texts), fired
