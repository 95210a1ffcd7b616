"""Does the search for traces find one in every encoding?"""

import json
import sqlite3
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.e2e.scanner import Markers

DISCORD, TELEGRAM, GROUP = 708512345678901234, 5_000_000_123, -1_001_000_001_234
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "JSON": lambda text: json.dumps({"text": text}).encode(),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text)).encode(),
    "repr": lambda text: repr(text.encode()).encode(),
    "percent": lambda text: quote(text).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "base64": lambda text: b64encode(text.encode()),
    "base64 after one": lambda text: b64encode(b"x" + text.encode()),
    "base64 after two": lambda text: b64encode(b"xx" + text.encode()),
    "base64 for URLs": lambda text: urlsafe_b64encode(text.encode()),
}


def planted() -> tuple[Markers, str]:
    markers = Markers()
    text = markers.text()
    markers.number(DISCORD, TELEGRAM, GROUP)
    return markers, text


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("half", [0, 1])
def test_a_text(encoding: str, half: int) -> None:
    markers, text = planted()
    # Between others, because base64 mixes neighbours.
    left = ENCODINGS[encoding](f"so: {text.split()[half]}, they said")
    assert markers.found_in({"a file": b"\0\1" + left + b"\0"})
    assert not markers.found_in({"a file": ENCODINGS[encoding]("so: somebody else, they said")})


@pytest.mark.parametrize("number", [DISCORD, TELEGRAM, GROUP])
@pytest.mark.parametrize("column", ["INTEGER", "TEXT", "BLOB"])
def test_a_number_in_a_database(number: int, column: str, tmp_path: Path) -> None:
    markers, _ = planted()
    with closing(sqlite3.connect(tmp_path / "any.db")) as database:
        database.execute(f"CREATE TABLE t (a {column})")
        database.execute("INSERT INTO t VALUES (?)", (4711,))
        database.commit()
        assert not markers.found_in({"any.db": (tmp_path / "any.db").read_bytes()})
        value = number.to_bytes(8, "little", signed=True) if column == "BLOB" else number
        database.execute("INSERT INTO t VALUES (?)", (value,))
        database.commit()
    assert markers.found_in({"any.db": (tmp_path / "any.db").read_bytes()})


def test_a_number_in_a_line() -> None:
    markers, _ = planted()
    for line in (f"user={DISCORD}", f"0x{DISCORD:x}", f"chat -100{TELEGRAM}", f"{{'id': {GROUP}}}"):
        assert markers.found_in({"a line": line.encode()}), line
