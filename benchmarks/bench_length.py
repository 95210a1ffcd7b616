"""What does judging a long message cost beside folding it?"""

from collections.abc import Iterable, Iterator

from benchmarks.figures import Figure
from benchmarks.timing import compare, each
from bot.detection import Detector
from bot.detection.fold import fold

LENGTH = 2_000
GOAL = 2.5
# A line that makes a message one in more than ASCII.
_BEYOND = "caf\u00e9 \u2013 \u0434\u0430 "


def measure(detector: Detector, batches: Iterable[list[str]], length: int = LENGTH) -> Iterator[Figure]:
    """Yield the cost of judging messages of 2,000 characters, in plain ASCII and beyond, beside folding."""
    texts = [list(_joined(batch, length)) for batch in batches]
    beyond = [[_BEYOND + text[len(_BEYOND) :] for text in batch] for batch in texts]
    for what, long in (("ASCII", texts), ("not", beyond)):
        costs = compare({"judge": each(detector.judge), "fold": each(fold)}, long)
        ratio = costs.ratio("judge", "fold")
        shown = f"fold alone, {length:,} characters, {what}"
        yield Figure.growth(shown, costs.of("judge"), costs.of("fold"), ratio, GOAL)


def _joined(batch: Iterable[str], length: int) -> Iterator[str]:
    """Long messages made of short ones in plain ASCII; a rest is left out."""
    so_far = ""
    for text in filter(str.isascii, batch):
        so_far += f"{text} "
        if len(so_far) >= length:
            yield so_far[:length]
            so_far = ""
