"""Is something tried again later each time, and never too late?"""

from datetime import datetime, timedelta

from bot.delivery import schedule
from tests.fakes import START


def test_pauses_grow_and_never_go_past_the_end() -> None:
    now, expires = START, START + schedule.LIFE
    ends: list[datetime | None] = [schedule.again(n, now, expires, 1.0) for n in range(1, 7)]
    assert ends[:5] == [now + pause for pause in schedule.PAUSES]
    assert ends[5] is None
    assert schedule.again(1, expires - timedelta(seconds=1), expires, 1.0) is None
    assert schedule.again(1, now, expires, 0.0) == now + schedule.SHORTEST
