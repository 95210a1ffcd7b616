"""Can the packs that are not loaded yet be read, and do they do what their own examples say?"""

import shutil
from pathlib import Path

import pytest

from bot.detection import check

TRIGGERS = Path(__file__).parents[2] / "messages" / "triggers"


@pytest.mark.parametrize("draft", sorted((TRIGGERS / "drafts").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_draft_is_a_pack(tmp_path: Path, draft: Path) -> None:
    (tmp_path / "triggers").mkdir()
    shutil.copy(draft, tmp_path / "triggers")
    assert check(tmp_path) == []
