"""`python -m tests.secretscan`: does a secret stand in a file that git keeps, or ever kept?

A find is told by its kind and place, never by what it says; then the exit code is 1. What a test needs of
such a shape has NOTASECRET in it, or is the example in Discord's own reference; nothing else may pass.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FAKE = b"NOTASECRET"
PRINTED = b"MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"
SHAPES = {
    "Discord token": rb"(?<![\w-])[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])",
    "Telegram token": rb"(?<![\w-])[0-9]{8,10}:[\w-]{35}(?![\w-])",
    "private key": rb"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----\s+[\w+/=]{16}",
    "secret of 64 hex digits": rb"(?<![0-9A-Za-z:_-])[0-9a-fA-F]{64}(?![0-9A-Za-z])",
}
_SHAPES = [(name, re.compile(shape)) for name, shape in SHAPES.items()]


def finds(content: bytes) -> Iterator[tuple[str, int]]:
    """Yield the kind and the line of everything that has the shape of a secret and is not marked as fake."""
    for name, shape in _SHAPES:
        for found in shape.finditer(content):
            if FAKE not in found[0] and found[0] != PRINTED:
                yield name, content.count(b"\n", 0, found.start()) + 1


def main(root: Path = ROOT) -> int:
    """Return the exit code."""
    count = 0
    try:
        for place, content in (*_tracked(root), *_history(root)):
            for name, line in finds(content):
                count += 1
                sys.stdout.write(f"{place}:{line}: {name}\n")
    except (OSError, subprocess.CalledProcessError):
        sys.stdout.write("Nothing searched: this needs git, and a clone with its history.\n")
        return 2
    sys.stdout.write(f"{count} secrets\n" if count else "No secrets in the files or in their history.\n")
    return 1 if count else 0


def _tracked(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each tracked file, as it is now."""
    for name in _git(root, "ls-files", "-z").decode().split("\0"):
        if name and (root / name).is_file():
            yield name, (root / name).read_bytes()


def _history(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield everything that any branch, tag or stash ever held: files, and what was said of each change."""
    listed = _git(root, "rev-list", "--all", "--objects", "--no-object-names")
    sent = _git(root, "cat-file", "--batch", "--buffer", input=listed)
    at = 0
    while at < len(sent):
        end = sent.index(b"\n", at)
        number, kind, size = sent[at:end].decode().split()
        at = end + 1 + int(size) + 1
        if kind != "tree":
            yield f"{kind} {number[:12]}", sent[end + 1 : at - 1]


def _git(root: Path, *arguments: str, input: bytes | None = None) -> bytes:
    return subprocess.run(["git", *arguments], cwd=root, input=input, capture_output=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
