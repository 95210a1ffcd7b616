"""Is every message of every form of file found, and every fault named?"""

import gzip
import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import QuietlineError
from bot.evaluation import BadLine, Record, read


def _file(tmp_path: Path, content: bytes, name: str = "messages.jsonl") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def _texts(path: Path) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in read(path) if isinstance(one, Record)]


LINES = b'{"text": "one", "label": "positive", "lang": "en"}\n\n{"text": "three"}\n{"text": "four"}'


@pytest.mark.parametrize(
    "content", [LINES, gzip.compress(LINES, mtime=0), b"\xef\xbb\xbf" + LINES, LINES.replace(b"\n", b"\r\n")]
)
def test_json_lines_keep_their_numbers(tmp_path: Path, content: bytes) -> None:
    assert _texts(_file(tmp_path, content)) == [(1, "one"), (3, "three"), (4, "four")]


def test_labels_and_more_are_kept(tmp_path: Path) -> None:
    (first, *_) = read(
        _file(tmp_path, b'{"text": "x", "label": "positive", "speaker": "victim", "other": 1}\n')
    )
    assert isinstance(first, Record)
    assert first.facets == {"label": "positive", "speaker": "victim"}
    assert first.positive is True
    assert first.strict


@pytest.mark.parametrize(
    ("extra", "positive", "strict"),
    [
        ({"label": "positive"}, True, True),
        ({"label": 1}, True, True),
        ({"label": "positive", "needs_context": True}, True, False),
        ({"label": "positive", "needs_context": False}, True, True),
        ({"label": "positive", "speaker": "quoting_threat"}, True, True),
        ({"label": "positive", "speaker": "email_scam"}, True, False),
        ({"label": "positive", "kind": "email_scam", "speaker": "victim"}, True, False),
        ({"label": "positive", "speaker": "somebody else"}, True, False),
        ({"label": "positive", "speaker": "blackmailer"}, False, False),
        ({"speaker": "blackmailer"}, False, False),
        ({"label": "negative"}, False, False),
        ({"label": 0}, False, False),
        ({"label": "spam"}, None, False),
        ({}, None, False),
    ],
)
def test_what_a_label_means(
    tmp_path: Path, extra: dict[str, object], positive: bool | None, strict: bool
) -> None:
    (record,) = read(_file(tmp_path, json.dumps({"text": "x", **extra}).encode()))
    assert isinstance(record, Record)
    assert (record.positive, record.strict) == (positive, strict)


@pytest.mark.parametrize(
    "line", [b"not json", b"[1]", b'{"text": 1}', b'{"no": "text"}', b"\xff\xfe", b"[" * 100_000]
)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, line: bytes) -> None:
    found = list(read(_file(tmp_path, b'{"text": "one"}\n' + line + b'\n{"text": "three"}\n')))
    assert [type(one) for one in found] == [Record, BadLine, Record]
    assert found[1].line == 2


def test_a_bad_first_line_is_only_a_bad_line(tmp_path: Path) -> None:
    found = list(read(_file(tmp_path, b'{"text": \n{"text": "two"}\n')))
    assert [type(one) for one in found] == [BadLine, Record]


def test_lone_surrogates_are_text(tmp_path: Path) -> None:
    assert _texts(_file(tmp_path, b'{"text": "a\\ud800b"}\n')) == [(1, "a\ud800b")]


@pytest.mark.parametrize(
    "line",
    [
        b'{"text": "x", "messages": []}',
        b'{"lang": "en", "chats": 1, "text": "x"}',
        b'{"label": "positive", "source": {"text": 1}, "text": "x"}',
        b'\n\n{"other": 1}',
        b"[1]",
        b'"x"',
    ],
)
def test_lines_are_no_export_whatever_comes_first(tmp_path: Path, line: bytes) -> None:
    assert _texts(_file(tmp_path, line + b'\n{"text": "last"}\n'))[-1][1] == "last"


def test_values_that_nobody_can_count_are_left_out(tmp_path: Path) -> None:
    (record,) = read(_file(tmp_path, b'{"text": "x", "lang": ["en"], "kind": {"a": 1}, "source": ""}'))
    assert isinstance(record, Record)
    assert record.facets == {}


def test_a_long_message_is_read_and_a_line_without_end_is_not(tmp_path: Path) -> None:
    long, endless = b'{"text": "' + b"x" * 2**20 + b'"}\n', b'{"text": "' + b"x" * 2**24 + b'"}\n'
    found = list(read(_file(tmp_path, long + endless + b'{"text": "three"}')))
    assert [(type(one), one.line) for one in found] == [(Record, 1), (BadLine, 2), (Record, 3)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_can_be_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        written = pool.submit(pipe.write_bytes, LINES)
        assert len(_texts(pipe)) == 3
    assert written.result() == len(LINES)


def test_progress_grows_to_the_end(tmp_path: Path) -> None:
    path, told = _file(tmp_path, (b'{"text": "' + b"x" * 2000 + b'"}\n') * 3000), list[int]()
    assert len(list(read(path, told.append))) == 3000
    assert told == sorted(told)
    assert told[-1] > path.stat().st_size / 2


@given(st.binary(max_size=300))
@example(b'{"text": "\\ud800"}')
@example(b"\x1f\x8b" + b"x" * 50)
def test_no_bytes_are_too_odd(content: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(QuietlineError):
        for one in read(_file(Path(folder), content)):
            assert one.line >= 1


def test_an_empty_file_has_no_message(tmp_path: Path) -> None:
    assert list(read(_file(tmp_path, b""))) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(LINES * 1000, mtime=0)[:-20], "damaged or cut off"),
        (b'{\n "a": 1}', "neither JSON lines nor an export"),
        (b'{\n "a": {"messages": []}}', "neither JSON lines nor an export"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(QuietlineError, match=said) as raised:
        list(read(_file(tmp_path, content)))
    assert "\n" not in str(raised.value)


def test_a_missing_file_and_a_folder_say_so(tmp_path: Path) -> None:
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(QuietlineError, match="cannot be read"):
            list(read(path))
