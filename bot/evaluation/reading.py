"""Which messages are in a file, whatever its form?"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

from bot.errors import QuietlineError
from bot.evaluation import exports
from bot.evaluation.records import BadLine, Record, from_mapping

_Bytes: TypeAlias = BinaryIO | gzip.GzipFile

_GZIP = b"\x1f\x8b"
_LONGEST_LINE = 64 * 2**20
_BOM = b"\xef\xbb\xbf"


def read(path: Path, progress: Callable[[int], None] = lambda _: None) -> Iterator[Record | BadLine]:
    """Yield every message of JSON lines (also gzipped), a DiscordChatExporter file or a Telegram export.

    JSON lines are streamed in bounded memory; an export is read whole. `progress` is told the bytes
    read so far. Raises QuietlineError when the file cannot be read at all.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
            raw.seek(0)
            file = gzip.GzipFile(fileobj=raw) if packed else raw
            yield from _records(file, lambda: progress(raw.tell()))
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise QuietlineError(f"{path}: the gzip file is damaged or cut off; pack it again") from None
    except OSError as fault:
        raise QuietlineError(f"{path}: cannot be read: {fault.strerror or fault}") from None
    except _NoExportError as fault:
        raise QuietlineError(f"{path}: {fault}") from None


class _NoExportError(Exception):
    pass


def _records(file: _Bytes, progress: Callable[[], None]) -> Iterator[Record | BadLine]:
    first = file.readline(_LONGEST_LINE)
    document = _parse(first)
    if first.removeprefix(_BOM).strip() == b"{":  # an export written over many lines
        yield from _export(_parse(first + file.read()))
    elif (messages := exports.messages_of(document)) is not None:
        yield from exports.records(messages)
    else:
        yield from _lines(first, file, progress)
    progress()


def _export(document: object) -> Iterator[Record | BadLine]:
    messages = exports.messages_of(document)
    if messages is None:
        raise _NoExportError(
            "is neither JSON lines nor an export with `messages`; export the chat as JSON again"
        )
    return exports.records(messages)


def _lines(line: bytes, file: _Bytes, progress: Callable[[], None]) -> Iterator[Record | BadLine]:
    number = 0
    while line:
        number += 1
        if number % 1000 == 0:
            progress()
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            yield BadLine(number, "is longer than 64 MiB; put every message on a line of its own")
            _skip_line(file)
        elif line.strip():
            raw = _parse(line)
            yield (
                from_mapping(number, raw)
                if isinstance(raw, dict)
                else BadLine(number, 'is no JSON object; write {"text": "..."} on every line')
            )
        line = file.readline(_LONGEST_LINE)


def _skip_line(file: _Bytes) -> None:
    while (rest := file.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _parse(line: bytes) -> object:
    """The JSON value; None when it is none. Not orjson, which refuses the lone surrogates that chats hold."""
    try:
        value: object = json.loads(line.removeprefix(_BOM))
    except (ValueError, RecursionError):
        return None
    return value
