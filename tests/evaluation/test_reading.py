"""Is every message of every form of file found, and every fault named?"""

import gzip
import json
from pathlib import Path

import pytest

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
        ({"label": "positive", "speaker": "email_scam"}, True, False),
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


def test_an_empty_file_has_no_message(tmp_path: Path) -> None:
    assert list(read(_file(tmp_path, b""))) == []


DISCORD = {
    "guild": {"id": "1", "name": "g"},
    "messages": [
        {"id": "1", "type": "Default", "content": "one", "author": {"id": "5", "isBot": False}},
        {"id": "2", "type": "Default", "content": "a bot", "author": {"id": "6", "isBot": True}},
        {"id": "3", "type": "GuildMemberJoin", "content": "", "author": {"id": "7", "isBot": False}},
    ],
}
TELEGRAM = {
    "name": "group",
    "type": "private_supergroup",
    "messages": [
        {"id": 1, "type": "service", "action": "join"},
        {"id": 2, "type": "message", "text": "two"},
        {
            "id": 3,
            "type": "message",
            "text": [
                "he ",
                {"type": "bold", "text": "has"},
                " it",
                {"type": "blockquote", "text": "a quote"},
            ],
        },
    ],
}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_discord_export(tmp_path: Path, indent: int | None) -> None:
    path = _file(tmp_path, json.dumps(DISCORD, indent=indent).encode(), "export.json")
    assert _texts(path) == [(1, "one"), (2, ""), (3, "")]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_telegram_export(tmp_path: Path, indent: int | None) -> None:
    path = _file(tmp_path, json.dumps(TELEGRAM, indent=indent).encode(), "result.json")
    assert _texts(path) == [(1, ""), (2, "two"), (3, "he has it ")]


CRY = "he has my pictures"


@pytest.mark.parametrize(
    "message",
    [
        {"type": "Default", "author": {"isBot": True}, "content": CRY},
        {"type": "GuildMemberJoin", "author": {}, "content": CRY},
        {"type": "Default", "author": {}, "content": f"> {CRY}"},
        {"type": "Reply", "author": {}, "content": f"```\n{CRY}\n```"},
        {"type": "message", "from_id": "channel99", "text": CRY},
        {"type": "message", "from_id": "user1", "forwarded_from": "somebody", "text": CRY},
        {"type": "message", "from_id": "user1", "via_bot": "@gif", "text": CRY},
        {"type": "message", "from_id": "user1", "text": [{"type": "code", "text": CRY}]},
    ],
)
def test_what_the_bot_would_not_judge_is_empty_in_an_export(
    tmp_path: Path, message: dict[str, object]
) -> None:
    ((_, text),) = _texts(_file(tmp_path, json.dumps({"messages": [message]}).encode(), "export.json"))
    assert text.strip() == ""


def test_a_telegram_export_of_a_whole_account(tmp_path: Path) -> None:
    whole = {"about": "", "chats": {"about": "", "list": [TELEGRAM, TELEGRAM]}}
    assert len(_texts(_file(tmp_path, json.dumps(whole, indent=1).encode()))) == 6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(LINES * 1000, mtime=0)[:-20], "damaged or cut off"),
        (b'{\n "messages": [', "neither JSON lines nor an export"),
        (b'{\n "a": 1}', "neither JSON lines nor an export"),
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
