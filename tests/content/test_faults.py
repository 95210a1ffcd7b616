"""Is every fault in a file one line that names the key and the mend?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from bot.content.directory_file import DirectoryFile
from bot.content.faults import lines
from bot.content.screen_file import ScreenFile
from bot.content.words_file import TopicsFile, WordsFile

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=5)
KEYS = st.sampled_from(
    sorted({*ScreenFile.model_fields, *WordsFile.model_fields, *DirectoryFile.model_fields})
)
INNER_KEYS = st.sampled_from(
    ["say", "steps", "services", "what", "for", "most", "crisis", "go", "label", "stop"]
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(INNER_KEYS | SCALARS, inner, max_size=3),
)


@pytest.mark.parametrize("model", [ScreenFile, WordsFile, TopicsFile, DirectoryFile])
@given(value=st.dictionaries(KEYS, ANYTHING, min_size=1, max_size=4))
def test_whatever_a_file_holds_is_told_in_single_lines(model: type[BaseModel], value: object) -> None:
    try:
        model.model_validate(value)
    except ValidationError as fault:
        told = lines(fault, "messages/en/x.yaml")
        assert told
        for line in told:
            assert line.startswith("messages/en/x.yaml: ")
            assert "\n" not in line
            assert "pydantic" not in line
