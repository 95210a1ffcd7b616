"""How is a pack file read, and on which line does a key of it stand?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import cast

import yaml

from bot.errors import ContentError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # nine times faster, where libyaml is there

Where = tuple[str | int, ...]


class ContentFaults(ContentError):
    """Every fault of one file; `lines` holds one line each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines[0])
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file that can still say on which line a key stands."""

    shown: str
    text: bytes = field(repr=False)
    data: object = field(repr=False)

    def fault(self, where: Where, what: str) -> str:
        """Return one line that names the file, the line and the key, and says what is wrong there."""
        key = ".".join(map(str, where))
        return f"{self.shown}:{self._line(where)}: {key + ': ' if key else ''}{what}"

    def _line(self, where: Where) -> int:
        node = _composed(self.text)
        for step in where:
            inner = _step(node, step)
            if inner is None:
                break
            node = inner
        return node.start_mark.line + 1


@lru_cache(maxsize=1)  # a file's nodes take ten times its size, and are wanted only where it has faults
def _composed(text: bytes) -> yaml.Node:
    return cast(yaml.Node, _Loader(text).get_single_node())


def _step(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        inner: yaml.Node = node.value[step]
        return inner
    return None


def parse(path: Path, shown: str) -> Source:
    """Return the file, which messages name `shown`; raises ContentFaults when it holds no mapping."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        loader = _Loader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except (OSError, UnicodeDecodeError) as fault:
        why = getattr(fault, "strerror", None) or "it is not UTF-8 text"
        raise ContentFaults([f"{shown}: cannot be read: {why}"]) from None
    except yaml.MarkedYAMLError as fault:
        line = f":{fault.problem_mark.line + 1}" if fault.problem_mark else ""
        raise ContentFaults([f"{shown}{line}: is not valid YAML: {fault.problem or fault.context}"]) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ContentFaults(
            [f"{shown}: holds what YAML does not allow; check it with a YAML linter"]
        ) from None
    if node is None or not isinstance(data, dict):
        raise ContentFaults([f"{shown}: holds no keys; it must begin with `pack: ...`"])
    doubled = list(_double_keys(node))
    if doubled:
        raise ContentFaults(
            [f'{shown}:{line}: the key "{key}" stands twice; keep one' for line, key in doubled]
        )
    return Source(shown, text.encode(), data)  # a third of the text's memory


def _double_keys(node: yaml.Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, key.value
            seen.add(key.value)
            yield from _double_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for inner in node.value:
            yield from _double_keys(inner)
