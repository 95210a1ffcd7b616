"""How are gateway payloads compressed?

Discord's `events/gateway`, transport compression: one stream a connection, flushed after each payload.
"""

import json
import zlib
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from tests.beds.discord.wire import Object


class Codec(Protocol):
    """Writes payloads for one connection: text is a text frame, bytes are a binary one."""

    def encode(self, payload: Object) -> str | bytes:
        """Return the frame's content."""


class Plain:
    """No compression."""

    def encode(self, payload: Object) -> str | bytes:
        """Return JSON."""
        return json.dumps(payload)


class Zlib:
    """`zlib-stream`."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def encode(self, payload: Object) -> str | bytes:
        """Return JSON, ending with the four bytes by which a client knows that a payload is complete."""
        return self._stream.compress(json.dumps(payload).encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class Zstd:
    """`zstd-stream`; discord.py asks for it where `zstandard` or Python 3.14 is installed."""

    def __init__(self) -> None:
        module = import_module("zstandard" if find_spec("zstandard") else "compression.zstd")
        self._stream = module.ZstdCompressor()
        self._block = getattr(self._stream, "FLUSH_BLOCK", None)
        if self._block is None:
            self._stream, self._block = self._stream.compressobj(), module.COMPRESSOBJ_FLUSH_BLOCK

    def encode(self, payload: Object) -> str | bytes:
        """Return JSON as a complete block."""
        head: bytes = self._stream.compress(json.dumps(payload).encode())
        tail: bytes = self._stream.flush(self._block)
        return head + tail


def codec(name: str) -> Codec:
    """Return a new stream for the query parameter `compress`; raises KeyError for one Discord lacks."""
    kinds: dict[str, type[Codec]] = {"": Plain, "zlib-stream": Zlib, "zstd-stream": Zstd}
    return kinds[name]()
