"""Is a file of any size and form read in the same memory?"""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")

_FILLER = "so what did you play yesterday " * 30
_MEASURED = """
import re, sys
from pathlib import Path
from bot.detection import Verdict
from bot.evaluation import Record, Tally, read
tally = Tally(lambda text: Verdict(False, None, None, None, 0, 0, (), text))
fired = Verdict(True, "topic", "rule", "en", 1, 1, (), "")
for one in read(Path(sys.argv[1])):
    if isinstance(one, Record):
        tally.add("place", one, fired)
print(tally.total.messages, re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""
_MORE = 24 * 1024  # KiB; what is read is over 40 MB, and over 100 MB as objects


def _discord(count: int) -> Iterator[str]:
    yield '{\n  "guild": {},\n  "messages": [\n'
    message = {"type": "Default", "author": {"id": "1", "roles": [{"id": "2"}] * 3}, "content": _FILLER}
    yield ",\n".join([json.dumps(message, indent=2)] * count)
    yield "\n]}"


def _telegram(count: int) -> Iterator[str]:
    yield '{"about": "", "chats": {"list": ['
    message = {"from_id": "user1", "text": [{"type": "bold", "text": _FILLER}], "text_entities": []}
    yield '{"messages": [' + ",".join([json.dumps(message)] * count) + "]}"
    yield "]}}"


def _lines(count: int) -> Iterator[str]:
    for number in range(count):
        yield json.dumps({"text": _FILLER, "source": f"source {number}", "label": "positive"}) + "\n"


def _peak(path: Path, count: int) -> int:
    """In KiB."""
    measured = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True
    )
    messages, peak = measured.stdout.split()
    assert int(messages) == count
    return int(peak)


@pytest.mark.parametrize("pack", [bytes, lambda content: gzip.compress(content, 1)], ids=["plain", "gzip"])
@pytest.mark.parametrize("make", [_discord, _telegram, _lines])
def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, make: Callable[[int], Iterator[str]], pack: Callable[[bytes], bytes]
) -> None:
    peaks = []
    for count in (1_000, 40_000):
        path = tmp_path / f"{count}.json"
        path.write_bytes(pack("".join(make(count)).encode()))
        peaks.append(_peak(path, count))
    assert peaks[1] - peaks[0] < _MORE
