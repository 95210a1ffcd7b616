"""What is JSON here, and how is a field read from it?"""

from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Object: TypeAlias = dict[str, "Json"]


class Malformed(ValueError):
    """A field has the wrong type, or is missing; the text names it."""


def as_object(value: Json, what: str = "body") -> Object:
    """Return the value if it is a JSON object."""
    if isinstance(value, dict):
        return value
    raise Malformed(f"{what} must be an object")


def as_list(value: Json, what: str) -> list[Json]:
    """Return the value if it is a list; null and a missing field are an empty one."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise Malformed(f"{what} must be a list")


def as_objects(value: Json, what: str) -> list[Object]:
    """Return the value if it is a list of objects."""
    return [as_object(item, what) for item in as_list(value, what)]


def as_text(value: Json, what: str) -> str:
    """Return the value if it is a string; null and a missing field are an empty one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    raise Malformed(f"{what} must be a string")


def as_int(value: Json, what: str) -> int:
    """Return the value if it is an integer; null and a missing field are 0."""
    if value is None:
        return 0
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Malformed(f"{what} must be an integer")


def as_snowflake(value: Json, what: str) -> int:
    """Return an id, which Discord takes as a string or (from discord.py) as an integer."""
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise Malformed(f"{what} must be a snowflake")
