"""What came of a run?"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of the people of one platform who cried for help; `faults` went wrong on the way.

    `unheard` wrote while the bot was away or was killed before anything was written down; nobody promised
    them anything. `unclear` are those twice cases in which nobody could know that the first one arrived.
    """

    platform: str
    cried: int
    unheard: int
    lost: int
    once: int
    twice: int
    unclear: int
    more: int
    late: int
    leaks: int
    slowest: float
    faults: int


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run: on which database, how often the bot was killed, how it stopped, in how many seconds."""

    database: str
    kills: int
    seconds: float
    exit_code: int
    left: int
    tallies: tuple[Tally, ...]
    failures: tuple[str, ...] = field(default=())

    def lines(self) -> list[str]:
        """Return the figures, a line a platform."""
        return [
            f"{self.database:10} {tally.platform:8} offers {tally.cried - tally.unheard:5}  "
            f"kills {self.kills:2}  "
            f"faults {tally.faults:4}  lost {tally.lost}  once {tally.once}  twice {tally.twice} "
            f"(unclear {tally.unclear})  more {tally.more}  late {tally.late}  leaks {tally.leaks}  "
            f"unheard {tally.unheard}  slowest {tally.slowest:.0f} s"
            for tally in self.tallies
        ]
