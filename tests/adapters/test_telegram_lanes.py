"""Does one person's crowd of updates leave room for everybody else's?"""

import asyncio

from adapters.telegram.lanes import Lanes

ROOM, EACH = 10, 3


async def test_a_lane_takes_so_many_and_drops_the_rest_while_others_get_in() -> None:
    lanes, gate, done = Lanes(ROOM, EACH), asyncio.Event(), list[str]()

    async def submit(lane: str) -> bool:
        async def job() -> None:
            await gate.wait()
            done.append(lane)

        async with asyncio.timeout(1):
            return await lanes.submit(lane, job) is not None

    assert [await submit("mallory") for _ in range(50)] == [True] * EACH + [False] * (50 - EACH)
    assert await submit("kim")
    gate.set()
    await lanes.drain(1)
    assert sorted(done) == ["kim"] + ["mallory"] * EACH
    assert [await submit("mallory") for _ in range(EACH + 1)] == [True] * EACH + [False]
    await lanes.drain(1)


async def test_jobs_of_one_lane_run_in_order() -> None:
    lanes, done = Lanes(ROOM, EACH), list[int]()

    async def job(number: int) -> None:
        await asyncio.sleep(0.01 * (EACH - number))
        done.append(number)

    for number in range(EACH):
        await lanes.submit("kim", lambda number=number: job(number))  # type: ignore[misc]
    await lanes.drain(1)
    assert done == list(range(EACH))
