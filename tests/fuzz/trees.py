"""What becomes of a tree of JSON or YAML when something goes wrong with it?"""

from collections.abc import Collection, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.texts import anything

_SIZES = [0, -1, 1, 2, 2**31, -(2**31), 2**53, -(2**53), 2**63, 10**30, -(10**30)]
_TEXTS = ["", " ", "0", "-1", "\ud800", "\udc00x", "\0", "true", "9" * 30, "x" * 5000, "🧩" * 300]
# Anything that JSON can carry, of the wrong kind for most fields.
rubbish = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.sampled_from([*_SIZES, *_TEXTS, 0.5, 1e308, [], {}, [[]], [None], {"": None}, [{"id": []}]]),
    anything,
)


@st.composite
def changed(
    draw: st.DrawFn, tree: dict[str, Any], values: st.SearchStrategy[Any], names: Sequence[str]
) -> dict[str, Any]:
    """The same tree with a few of its parts replaced, taken out or under another name."""
    tree = deepcopy(tree)
    for _ in range(draw(st.integers(0, 3))):
        part, key = _place(draw, tree)
        if key is not None:
            _change(draw, part, key, values, names)
    return tree


@st.composite
def alike(draw: st.DrawFn, tree: dict[str, Any], keep: Collection[str]) -> dict[str, Any]:
    """The same tree with a few of its leaves replaced by others of their type, or lists made longer or empty.

    What stands under one of the names in `keep` stays.
    """
    tree = deepcopy(tree)
    for _ in range(draw(st.integers(0, 4))):
        part, key = _place(draw, tree)
        if key is None or key in keep:
            continue
        value = part[key]
        if isinstance(value, list):
            part[key] = value * draw(st.sampled_from([0, 2, 3]))
        elif not isinstance(value, dict):
            part[key] = draw(_like(value))
    return tree


def _like(value: object) -> st.SearchStrategy[Any]:
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, int):
        return st.one_of(st.integers(-8, 60), st.sampled_from(_SIZES[:8]))
    if isinstance(value, str) and value.isdecimal():
        return st.integers(0, 2**63).map(str)  # Discord writes its ids so
    return st.one_of(st.sampled_from(_TEXTS), anything) if isinstance(value, str) else st.just(value)


def _place(draw: st.DrawFn, tree: dict[str, Any]) -> tuple[Any, Any]:
    """Choose a part of the tree, as what holds it and its key there; the key is None in an empty tree."""
    part: Any = tree
    while isinstance(part, dict | list) and part:
        key = draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        inner = part[key]
        if not isinstance(inner, dict | list) or not inner or draw(st.integers(0, 3)) == 0:
            return part, key
        part = inner
    return part, None


def _change(
    draw: st.DrawFn, part: Any, key: Any, values: st.SearchStrategy[Any], names: Sequence[str]
) -> None:
    how = draw(st.sampled_from(["replaced", "taken out", "renamed"]))
    if isinstance(part, list):
        part[key : key + 1] = [] if how == "taken out" else [draw(values)]
        return
    value = part.pop(key)
    if how != "taken out":
        name = key if how == "replaced" else draw(st.sampled_from(names))
        part[name] = draw(values) if how == "replaced" else value
