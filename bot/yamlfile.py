"""How is a YAML file of ours read, and what is said when it cannot be?"""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from bot.errors import QuietlineError

if TYPE_CHECKING:
    from yaml import SafeLoader as Loader
else:
    # Where PyYAML was built with libyaml, that is several times faster.
    Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# The parser repeats tags, aliases and keys, and one may be a token in the wrong place.
_LIKE_A_TOKEN = re.compile(r"[\w-]{24,}", re.ASCII)


class UniqueKeys(Loader):
    """YAML in which a key written twice is an error, not a silent overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Build a mapping; raises ConstructorError at the second of two equal keys."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                continue  # refused below
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f'the key "{key}" stands twice', key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read(path: Path, shown: str, error: type[QuietlineError]) -> dict[str, object]:
    """Return the mapping in the file; `shown` is how messages name it.

    Raises `error` with one line when the file is missing, unreadable, not UTF-8, not YAML, or holds
    anything but a mapping.
    """
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeys)  # noqa: S506 - a SafeLoader
    except (OSError, UnicodeDecodeError) as fault:
        why = getattr(fault, "strerror", None) or "it is not UTF-8 text"
        raise error(f"{shown}: cannot be read: {why}") from None
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        line = f" line {mark.line + 1}" if mark else ""
        why = _LIKE_A_TOKEN.sub("(a long word)", str(fault.problem or fault.context))
        raise error(f"{shown}:{line} is not valid YAML: {why}") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise error(f"{shown}: holds what YAML does not allow; check it with a YAML linter") from None
    if not isinstance(raw, dict):
        raise error(f"{shown}: is empty or not a list of `key: value` lines")
    return {str(key): value for key, value in raw.items()}
