"""How is a fault in a file told to its writer?"""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_MENDS = {
    "missing": "is missing; add it",
    "extra_forbidden": "unknown key; take it out, or mend its spelling",
    "string_type": "must be text; put it in quotes",
    "bool_type": "must be true or false",
    "tuple_type": 'must be a list: lines that begin with "- "',
    "dict_type": "must be `key: value` lines",
    "model_type": "must be `key: value` lines",
    "model_attributes_type": "must be `key: value` lines",
    "mapping_type": "must be `key: value` lines",
    "union_tag_not_found": "must be `key: value` lines",
}
# pydantic names the branch of a union as a step of the path; the writer never wrote that.
_BRANCHES = frozenset({"list", "choice", "[key]"})


def lines(fault: ValidationError, shown: str) -> list[str]:
    """Return one line for each error: the file as `shown`, the path of the key, the mend."""
    errors = fault.errors(include_url=False)
    return [f"{shown}: {_path(one['loc'])}: {_mend(one)}" for one in errors if not _follows(one, errors)]


def _follows(error: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """A list whose items are faulty is not too short as well."""
    path = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(path)] == path and len(other["loc"]) > len(path) for other in errors
    )


def _path(loc: tuple[int | str, ...]) -> str:
    steps: list[str] = []
    for at, step in enumerate(loc):
        after_number = at > 0 and isinstance(loc[at - 1], int)
        # The tag of an item: followed by the key it is named for, or by another key of that item.
        if step in _BRANCHES or (after_number and isinstance(step, str) and loc[0] in ("body", "actions")):
            continue
        steps.append(str(step + 1) if isinstance(step, int) else step)
    return ".".join(steps) or "the file"


def _mend(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case known if known in _MENDS:
            return _MENDS[known]
        case "string_too_long" | "too_long" if isinstance(error["input"], str):
            return f"is too long for a phone; at most {context['max_length']} characters"
        case "too_long":
            return f"has too many items; at most {context['max_length']}"
        case "too_short":
            return "is empty; write at least one item, or take the key out"
        case "string_pattern_mismatch":
            return f"must look like {context['pattern']}"
    return error["msg"].removeprefix("Value error, ").replace("\n", " ")
