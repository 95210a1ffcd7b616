"""What does judging a message cost beside looking for the same words with `any(k in text)`?

Run as `python -m benchmarks.bench_detection [messages.jsonl.gz]`; without a file it takes the
sentences of the English pack, most of which are suspicious and so cost more than chat does.
"""

import sys
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import yaml

from bot.detection import load
from bot.detection.pack import Pack
from bot.detection.terms import forms
from bot.evaluation import Record, read

MESSAGES = Path(__file__).resolve().parents[1] / "messages"
ROUNDS = 5
MOST_MESSAGES = 5_000
PHRASES = (100, 1_000)


def main() -> None:
    """Print microseconds per message, and each as a ratio to our own."""
    pack = Pack.model_validate(
        yaml.safe_load((MESSAGES / "triggers" / "en.yaml").read_text(encoding="utf-8"))
    )
    texts = _texts(pack)
    detector = load(MESSAGES)
    words = pack.words()
    concepts = [concept for concept in pack.concepts.values() if not concept.common]
    phrases = [
        " ".join(form).replace("*", "")
        for concept in concepts
        for term in concept.terms()
        for form in forms(term, words)
    ]
    contenders: dict[str, Callable[[str], object]] = {"ours, whole pack": detector.judge}
    for count in PHRASES:
        contenders[f"any(k in text.lower()), {count:,} phrases"] = _substrings(
            phrases[:: len(phrases) // count][:count]
        )
    costs = {name: min(_round(judge, texts) for _ in range(ROUNDS)) for name, judge in contenders.items()}
    length = sum(map(len, texts)) / len(texts)
    print(
        f"{len(texts):,} messages of {length:.0f} characters on average; {len(phrases):,} phrases in our pack"
    )
    ours = costs["ours, whole pack"]
    for name, cost in costs.items():
        print(f"{name:<40} {cost:8.1f} us per message  {cost / ours:6.2f} x ours")


def _texts(pack: Pack) -> list[str]:
    if len(sys.argv) < 2:
        return [*pack.examples.match, *pack.examples.no_match] * 10
    records: Iterable[Record] = (one for one in read(Path(sys.argv[1])) if isinstance(one, Record))
    return [record.text for record in islice(records, MOST_MESSAGES)]


def _substrings(phrases: list[str]) -> Callable[[str], object]:
    return lambda text: any(phrase in text.lower() for phrase in phrases)


def _round(judge: Callable[[str], object], texts: list[str]) -> float:
    """Microseconds of processor time per message."""
    start = time.process_time()
    for text in texts:
        judge(text)
    return (time.process_time() - start) / len(texts) * 1e6


if __name__ == "__main__":
    main()
