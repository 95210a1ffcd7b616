"""Is every message of every form of export found, also where the export breaks off?"""

import json
from pathlib import Path

import pytest

from bot.errors import QuietlineError
from bot.evaluation import BadLine, Record, read

DISCORD: dict[str, object] = {
    "guild": {"id": "1", "name": "g", "iconUrl": "https://example.org/i.png"},
    "channel": {"id": "2", "type": "GuildTextChat", "name": "messages", "topic": None},
    "dateRange": {"after": None, "before": None},
    "exportedAt": "2026-11-01T00:00:00+00:00",
    "messages": [
        {
            "id": "1",
            "type": "Default",
            "content": "one 😀",
            "author": {"id": "5", "isBot": False, "roles": [{"id": "9", "position": 1}]},
            "reactions": [{"emoji": {"name": "x"}, "count": 1, "users": []}],
            "embeds": [{"title": "", "messages": [{"content": "inside an embed"}]}],
        },
        {"id": "2", "type": "Default", "content": "a bot", "author": {"id": "6", "isBot": True}},
        {"id": "3", "type": "GuildMemberJoin", "content": "Joined", "author": {"id": "7", "isBot": False}},
    ],
    "messageCount": 3,
}
TELEGRAM: dict[str, object] = {
    "name": "group",
    "type": "private_supergroup",
    "id": 9,
    "messages": [
        {"id": 1, "type": "service", "actor": "Ann", "action": "join_group_by_link", "text": ""},
        {"id": 2, "type": "message", "from_id": "user1", "text": "two", "text_entities": [{"text": "two"}]},
        {
            "id": 3,
            "type": "message",
            "from_id": 123456,
            "text": ["he ", {"type": "bold", "text": "has"}, " it", {"type": "blockquote", "text": "quoted"}],
        },
    ],
}
ACCOUNT: dict[str, object] = {
    "about": "Here is the data you requested.",
    "personal_information": {"user_id": 1, "bio": "x"},
    "contacts": {"about": "", "list": [{"first_name": "A"}] * 50_000},
    "chats": {"about": "", "list": [TELEGRAM, TELEGRAM]},
    "left_chats": {"about": "", "list": [TELEGRAM]},
}
CRY = "he has my pictures"


def _file(tmp_path: Path, content: object, indent: int | None = 2) -> Path:
    path = tmp_path / "export.json"
    written = content if isinstance(content, bytes) else json.dumps(content, indent=indent).encode()
    path.write_bytes(written)
    return path


def _texts(path: Path) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in read(path) if isinstance(one, Record)]


def _until_the_fault(path: Path) -> tuple[list[str], str]:
    texts: list[str] = []
    try:
        for one in read(path):
            assert isinstance(one, Record)
            texts.append(one.text)
    except QuietlineError as fault:
        return texts, str(fault)
    return texts, ""


@pytest.mark.parametrize("indent", [None, 2])
def test_a_discord_export(tmp_path: Path, indent: int | None) -> None:
    assert _texts(_file(tmp_path, DISCORD, indent)) == [(1, "one 😀"), (2, ""), (3, "")]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_telegram_export(tmp_path: Path, indent: int | None) -> None:
    assert _texts(_file(tmp_path, TELEGRAM, indent)) == [(1, ""), (2, "two"), (3, "he has it ")]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_telegram_export_of_a_whole_account(tmp_path: Path, indent: int | None) -> None:
    texts = _texts(_file(tmp_path, ACCOUNT, indent))
    assert texts == list(enumerate(["", "two", "he has it "] * 3, 1))


def test_an_export_without_a_message_is_fine(tmp_path: Path) -> None:
    assert _texts(_file(tmp_path, {"guild": {}, "messages": []})) == []


def test_an_export_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert len(_texts(_file(tmp_path, b"\xef\xbb\xbf" + json.dumps(DISCORD, indent=2).encode()))) == 3


@pytest.mark.parametrize(
    "message",
    [
        {"type": "Default", "author": {"isBot": True}, "content": CRY},
        {"type": "GuildMemberJoin", "author": {}, "content": CRY},
        {"type": "Default", "author": {}, "content": f"> {CRY}"},
        {"type": "Reply", "author": {}, "content": f"```\n{CRY}\n```"},
        {"type": "Default", "author": {}, "content": "", "forwardedMessage": {"content": CRY}},
        {"type": "message", "from_id": "channel99", "text": CRY},
        {"type": "message", "from_id": "user1", "forwarded_from": "somebody", "text": CRY},
        {"type": "message", "from_id": "user1", "forwarded_from": None, "text": CRY},
        {"type": "message", "from_id": "user1", "via_bot": "@gif", "text": CRY},
        {"type": "message", "from_id": "user1", "text": [{"type": "code", "text": CRY}]},
    ],
)
def test_what_the_bot_would_not_judge_is_empty(tmp_path: Path, message: dict[str, object]) -> None:
    ((_, text),) = _texts(_file(tmp_path, {"messages": [message]}))
    assert text.strip() == ""


def test_what_is_no_message_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    found = list(read(_file(tmp_path, {"messages": [1, {"content": "two"}, [["three"]]]})))
    assert [type(one) for one in found] == [BadLine, Record, BadLine]


@pytest.mark.parametrize("document", [DISCORD, TELEGRAM])
def test_an_export_cut_anywhere_gives_what_came_before(tmp_path: Path, document: dict[str, object]) -> None:
    whole = json.dumps(document, indent=1, ensure_ascii=False).encode()
    expected, fault = _until_the_fault(_file(tmp_path, whole))
    assert fault == ""
    for size in range(2, len(whole)):
        texts, fault = _until_the_fault(_file(tmp_path, whole[:size]))
        assert texts == expected[: len(texts)]
        assert f"export.json: is cut off after message {len(texts)}; export the chat again" in fault
    assert len(texts) == len(expected)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (b'{"content": "my SECRET" oops', "is damaged after message 1"),
        (b'{"content": "my SECRET \xff"}]}', "is damaged after message 1"),
        (b'{"content": "my SECRET \x01"}]}', "is damaged after message 1"),
        (b'{"content": "two"}]} {"messages": [{"content": "my SECRET"}]}', "is damaged after message 2"),
        (b'{"content": 1e99999999999999999999}]}', "is damaged after message 1"),
        (b'{"content": ' + b"9" * 5000 + b"}]}", "is damaged after message 1"),
        (b'{"content": ' + b"[" * 100_000, "has a message without an end after message 1"),
        (b'{"content": "two"}], "SECRET": ' + b"[" * 100_000, "has brackets without an end after message 2"),
        (b'{"content": "' + b"SECRET" * 4_000_000, "has a text without an end after message 1"),
    ],
    ids=["syntax", "utf-8", "control", "two", "exponent", "digits", "brackets", "more", "text"],
)
def test_a_broken_export_says_where_and_quotes_nothing(tmp_path: Path, rest: bytes, said: str) -> None:
    path = _file(tmp_path, b'{\n "messages": [\n  {"content": "one"},\n  ' + rest)
    texts, fault = _until_the_fault(path)
    assert texts[0] == "one"
    assert fault == f"{path}: {said}; export the chat again"


@pytest.mark.parametrize(
    ("escape", "text"),
    [
        (rb"a\x0Bb", "a\x0bb"),
        (rb"a\\x0Bb", r"a\x0Bb"),
        (rb"\ud83d\ude00", "😀"),
        (rb"a\ud83db", "a\ufffdb"),
        (rb"a\ude00\"b", 'a\ufffd"b'),
        (rb"\ud83d\ud83d\ude00", "\ufffd😀"),
        (rb"\\ud83d", r"\ud83d"),
    ],
)
def test_escapes_that_exporters_write_are_read_wherever_a_chunk_ends(
    tmp_path: Path, escape: bytes, text: str
) -> None:
    """64 KiB are read at once; the escape moves over that border."""
    for pad in range(16):
        before = b'{"messages": [{"content": "'
        fill = b"-" * (2**16 - len(before) - pad)
        (found,) = _texts(_file(tmp_path, before + fill + escape + b'"}]}'))
        assert found[1] == fill.decode() + text
