"""Does the bot end when it is told to, and at once when it is told twice?"""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.ops.stop import wait_for_stop

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="signals cannot be sent to a child on Windows"
)

WAIT = """
import asyncio, signal
from bot.ops.stop import wait_for_stop
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what runs in its background
async def main():
    asyncio.get_running_loop().call_soon(lambda: print("running", flush=True))
    await wait_for_stop()
    print("stopping", flush=True)
    if {hangs}:
        await asyncio.sleep(60)
asyncio.run(main())
"""


def started(*, hangs: bool) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", WAIT.format(hangs=hangs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=root,
        env={"PYTHONPATH": root},
    )
    assert read(process) == b"running"
    return process


def read(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_lets_the_bot_end_in_order(number: signal.Signals) -> None:
    with started(hangs=False) as process:
        process.send_signal(number)
        assert read(process) == b"stopping"
        assert process.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_breaks_off_a_stop_that_hangs(number: signal.Signals) -> None:
    with started(hangs=True) as process:
        process.send_signal(number)
        assert read(process) == b"stopping"
        process.send_signal(number)
        assert process.wait() != 0


async def test_signal_handlers_are_put_back_when_the_wait_is_cancelled() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    waiting = asyncio.create_task(wait_for_stop())
    await asyncio.sleep(0)
    assert signal.getsignal(signal.SIGTERM) is not before[1]
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
