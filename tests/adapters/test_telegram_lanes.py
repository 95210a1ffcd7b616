"""Do the jobs of one lane run in order, and is it known how many wait?"""

import asyncio

from adapters.telegram.lanes import Lanes


async def test_jobs_of_one_lane_run_in_order_and_are_counted_until_they_end() -> None:
    lanes, done = Lanes(10), list[int]()

    async def job(number: int) -> None:
        await asyncio.sleep(0.01 * (3 - number))
        done.append(number)

    for number in range(3):
        await lanes.submit("kim", lambda number=number: job(number))  # type: ignore[misc]
    assert (lanes.waiting("kim"), lanes.waiting("lee")) == (3, 0)
    await lanes.drain(1)
    assert done == [0, 1, 2]
    assert lanes.waiting("kim") == 0
