"""Which messages are in a file, whatever its form?"""

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.errors import QuietlineError
from bot.evaluation import exports
from bot.evaluation.records import BadLine, Record, from_mapping

_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
# What is looked at to tell an export from JSON lines. A whole account has contacts before its chats.
_HEAD = 2**20
_LONGEST_LINE = 16 * 2**20
_TELL_EVERY = 500


def read(path: Path, progress: Callable[[int], None] = lambda _: None) -> Iterator[Record | BadLine]:
    """Yield every message of JSON lines, a DiscordChatExporter file or a Telegram export, also gzipped.

    Streams: at most one line or message is in memory. `progress` is told the bytes read so far. Raises
    QuietlineError where the file cannot be read any further, after everything before was yielded.
    """
    try:
        with path.open("rb") as raw, _unpacked(raw) as file:
            told = progress if raw.seekable() else lambda _: None
            for number, one in enumerate(_records(file)):
                if number % _TELL_EVERY == 0:
                    told(raw.tell() if raw.seekable() else 0)
                yield one
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise QuietlineError(f"{path}: the gzip file is damaged or cut off; pack it again") from None
    except OSError as fault:
        raise QuietlineError(f"{path}: cannot be read: {fault.strerror or fault}") from None
    except exports.BrokenExportError as fault:
        raise QuietlineError(f"{path}: {fault}") from None


def _unpacked(raw: io.BufferedReader) -> io.BufferedReader:
    packed = raw.peek(len(_GZIP)).startswith(_GZIP)
    return io.BufferedReader(gzip.GzipFile(fileobj=raw) if packed else raw, _HEAD)


def _records(file: io.BufferedReader) -> Iterator[Record | BadLine]:
    if file.peek(len(_BOM)).startswith(_BOM):
        file.read(len(_BOM))
    if exports.is_export(file.peek(_HEAD).lstrip()):
        yield from exports.records(file)
    else:
        yield from _lines(file)


def _lines(file: BinaryIO) -> Iterator[Record | BadLine]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            yield BadLine(number, "is longer than 16 MiB; put every message on a line of its own")
            _skip_line(file)
        elif line.strip():
            raw = _parse(line)
            yield (
                from_mapping(number, raw)
                if isinstance(raw, dict)
                else BadLine(number, 'is no JSON object; write {"text": "..."} on every line')
            )


def _skip_line(file: BinaryIO) -> None:
    while (rest := file.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _parse(line: bytes) -> object:
    """The JSON value; None when it is none. Not orjson, which refuses the lone surrogates that chats hold."""
    try:
        value: object = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value
