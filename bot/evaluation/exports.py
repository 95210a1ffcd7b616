"""Where are the messages in the history a chat program exports?"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import BinaryIO, TypeAlias

import ijson  # type: ignore[import-untyped]

from bot.evaluation.escapes import mended
from bot.evaluation.records import BadLine, Record
from bot.evaluation.words import own_words

_Events: TypeAlias = Iterator[tuple[str, object]]

# The lists of messages, by the keys above them; "" is a place in a list. DiscordChatExporter and Telegram's
# export of one chat; Telegram's export of a whole account.
_LISTS = frozenset({("messages",), ("chats", "list", "", "messages"), ("left_chats", "list", "", "messages")})
_TELLING = frozenset({("messages", "start_array"), ("chats", "start_map"), ("left_chats", "start_map")})
_STEP = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}

_CHUNK = 64 * 2**10
# The parser keeps a text that has not ended and reads it again with every chunk.
_LONGEST_TEXT = 16 * 2**20
# Far beyond any export there is; a file made of brackets must not fill the memory.
_DEEPEST, _MOST_PARTS = 100, 1_000_000
# The second comes from what replaces the C parser where there is no wheel.
_FAULTS = (ijson.JSONError, ValueError)


class BrokenExportError(Exception):
    """The rest of an export cannot be read. Says after which message, and the mend."""


class _BreakError(Exception):
    pass


@contextmanager
def _parser(events: list[tuple[str, object]]) -> Iterator[Generator[None, bytes, None]]:
    """Start a parser that puts into `events` what it reads.

    ijson 3.6's C part crashes on numbers that Python does not take from text; as C numbers they are damage.
    """
    parser = ijson.basic_parse_coro(events, use_float=True)
    try:
        yield parser
    finally:
        with suppress(*_FAULTS):
            parser.close()


def is_export(head: bytes) -> bool:
    """Whether a file that starts with `head` holds one object over many lines, or with messages inside.

    Otherwise it is JSON lines, be they good or bad.
    """
    events = ijson.sendable_list()
    with _parser(events) as parser:
        fault = _feed(parser, head)
    depth, key = 0, ""
    for event, value in events:
        if depth == 1 and event == "map_key":
            key = str(value)
        if depth == 1 and (key == "text" or (key, event) in _TELLING):
            return key != "text"
        depth += _STEP.get(event, 0)
        if depth == 0:
            return event == "end_map" and not _is_json(head.partition(b"\n")[0])
    return fault is None and depth > 0


def _is_json(line: bytes) -> bool:
    with _parser(ijson.sendable_list()) as parser, suppress(*_FAULTS):
        parser.send(line)
        parser.close()
        return True
    return False


def records(file: BinaryIO) -> Iterator[Record | BadLine]:
    """Yield one record for every message, those without words of a member with an empty text.

    Holds one message at a time. Raises BrokenExportError where the file breaks off, after all whole messages.
    """
    number = 0
    try:
        for message in _messages(_events(file)):
            number += 1
            if isinstance(message, dict):
                yield Record(number, own_words(message))
            else:
                yield BadLine(number, "is no message object; export the chat again")
    except _BreakError as fault:
        raise BrokenExportError(f"{fault} after message {number:,}; export the chat again") from None


def _events(file: BinaryIO) -> _Events:
    events, unfinished = ijson.sendable_list(), 0
    with _parser(events) as parser:
        for chunk in mended(iter(partial(file.read, _CHUNK), b"")):
            fault = _feed(parser, chunk)
            unfinished = 0 if events else unfinished + len(chunk)
            yield from events
            events.clear()
            if fault is not None:
                raise fault
            if unfinished > _LONGEST_TEXT:
                raise _BreakError("has a text without an end")
        try:
            parser.close()
        except _FAULTS:
            raise _BreakError("is cut off") from None


def _feed(parser: Generator[None, bytes, None], chunk: bytes) -> _BreakError | None:
    """Return the fault for later: what was read before it counts."""
    try:
        parser.send(chunk)
    except _FAULTS:
        return _BreakError("is damaged")
    return None


def _messages(events: _Events) -> Iterator[object]:
    path: list[str] = []
    found = False
    for event, value in events:
        if event == "map_key":
            path[-1] = str(value)
        elif event == "start_array" and len(path) in (1, 4) and tuple(path) in _LISTS:
            found = True
            yield from _values(events)
        elif len(path) > _DEEPEST:
            raise _BreakError("has brackets without an end")
        elif _STEP.get(event) == 1:
            path.append("")
        elif _STEP.get(event) == -1:
            path.pop()
    if not found:
        raise BrokenExportError(
            "is neither JSON lines nor an export with `messages`; export the chat as JSON again"
        )


def _values(events: _Events) -> Iterator[object]:
    """The values of a list that has begun, to its end."""
    for event, value in events:
        if event == "end_array":
            return
        yield _value(event, value, events)


def _value(event: str, value: object, events: _Events) -> object:
    """The value that begins with this event."""
    builder, depth, parts = ijson.ObjectBuilder(), _STEP.get(event, 0), 0
    builder.event(event, value)
    while depth:
        event, value = next(events)
        builder.event(event, value)
        depth += _STEP.get(event, 0)
        parts += 1
        if depth > _DEEPEST or parts > _MOST_PARTS:
            raise _BreakError("has a message without an end")
    built: object = builder.value
    return built
