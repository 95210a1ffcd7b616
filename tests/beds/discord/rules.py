"""Which message bodies does Discord take?

Limits: Discord's `resources/message` and `components/reference`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.beds.discord import refusals
from tests.beds.discord.refusals import invalid_form
from tests.beds.discord.wire import Object, as_int, as_objects, as_text
from tests.beds.discord.world import COMPONENTS_V2

ROW, BUTTON, SECTION, TEXT, CONTAINER = 1, 2, 9, 10, 17
STRING_SELECT = 3
SELECTS = {STRING_SELECT, 5, 6, 7, 8}
ONLY_V2 = {SECTION, TEXT, 11, 12, 13, 14, CONTAINER}
LINK = 5

# Where each kind of component may stand; anything else is refused.
TOP_LEVEL_V2 = {ROW, SECTION, TEXT, 12, 13, 14, CONTAINER}
CHILDREN = {
    ROW: {BUTTON} | SELECTS,
    SECTION: {TEXT},
    CONTAINER: {ROW, SECTION, TEXT, 12, 13, 14},
}
CHILD_COUNT = {ROW: 5, SECTION: 3, CONTAINER: 40}


@dataclass(frozen=True, slots=True)
class Node:
    """A component, where it stands in the body, and the type of the one around it (0 at the top)."""

    path: str
    component: Object
    parent: int

    @property
    def type(self) -> int:
        """Discord's number of this kind of component."""
        return as_int(self.component.get("type"), f"{self.path}.type")


def nodes(components: list[Object], path: str = "components", parent: int = 0) -> Iterator[Node]:
    """Return every component, outer ones first, in reading order; an accessory comes after its section."""
    for index, component in enumerate(components):
        node = Node(f"{path}.{index}", component, parent)
        yield node
        inner = as_objects(component.get("components"), f"{node.path}.components")
        yield from nodes(inner, f"{node.path}.components", node.type)
        if (accessory := component.get("accessory")) is not None:
            yield from nodes(as_objects([accessory], node.path), f"{node.path}.accessory", -SECTION)


def check(body: Object, *, has_files: bool = False) -> None:
    """Raise Refused if Discord would not take this body as a new message, or as the state after an edit."""
    found = list(nodes(as_objects(body.get("components"), "components")))
    if as_int(body.get("flags"), "flags") & COMPONENTS_V2:
        _check_v2(body, found)
    else:
        _check_classic(body, found, has_files=has_files)
    for node in found:
        _check_component(node)
    _check_custom_ids(found)


def _check_classic(body: Object, found: list[Node], *, has_files: bool) -> None:
    content = as_text(body.get("content"), "content")
    embeds = as_objects(body.get("embeds"), "embeds")
    if len(content) > 2000:
        raise invalid_form("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
    if len(embeds) > 10:
        raise invalid_form("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    if not (content.strip() or embeds or found or has_files):
        raise refusals.empty_message()
    for node in found:
        if node.type in ONLY_V2 or (node.parent == 0 and node.type != ROW):
            raise invalid_form(node.path, "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (1,).")
    if sum(node.parent == 0 for node in found) > 5:
        raise invalid_form("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")


def _check_v2(body: Object, found: list[Node]) -> None:
    for field in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(field):
            reason = f"The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            raise invalid_form(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", reason)
    if not found:
        raise refusals.empty_message()
    if len(found) > 40:
        raise invalid_form("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "At most 40 components.")
    length = sum(
        len(as_text(node.component.get("content"), node.path)) for node in found if node.type == TEXT
    )
    if length > 4000:
        raise invalid_form(
            "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "At most 4000 characters."
        )


def _check_component(node: Node) -> None:
    allowed = CHILDREN.get(node.parent, TOP_LEVEL_V2 if node.parent == 0 else {BUTTON, 11})
    if node.type not in allowed:
        raise invalid_form(
            node.path, "UNION_TYPE_CHOICES", f"Component type {node.type} is not allowed here."
        )
    if node.type in CHILD_COUNT:
        _check_children(node)
    if node.type == SECTION and "accessory" not in node.component:
        raise invalid_form(f"{node.path}.accessory", "BASE_TYPE_REQUIRED", "This field is required")
    if node.type == TEXT:
        _check_length(node, "content", 1, 4000)
    if node.type == BUTTON:
        _check_button(node)
    if node.type in SELECTS:
        _check_select(node)


def _check_children(node: Node) -> None:
    children = as_objects(node.component.get("components"), node.path)
    limit = CHILD_COUNT[node.type]
    if not 1 <= len(children) <= limit:
        raise invalid_form(node.path, "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {limit} in length.")
    if len(children) > 1 and any(child.get("type") in SELECTS for child in children):
        raise invalid_form(node.path, "BASE_TYPE_BAD_LENGTH", "A select fills its row.")


def _check_button(node: Node) -> None:
    button = node.component
    style = as_int(button.get("style"), f"{node.path}.style")
    if not 1 <= style <= LINK:
        raise invalid_form(f"{node.path}.style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5}.")
    if not (button.get("label") or button.get("emoji")):
        raise invalid_form(node.path, "BUTTON_COMPONENT_INVALID", "A button needs a label or an emoji.")
    _check_length(node, "label", 0, 80)
    wanted, other = ("url", "custom_id") if style == LINK else ("custom_id", "url")
    if button.get(other):
        raise invalid_form(f"{node.path}.{other}", "BUTTON_COMPONENT_INVALID", f"Not with style {style}.")
    _check_length(node, wanted, 1, 512 if style == LINK else 100)
    if style == LINK and not as_text(button.get("url"), "url").startswith(
        ("http://", "https://", "discord://")
    ):
        raise invalid_form(
            f"{node.path}.url", "URL_TYPE_INVALID_SCHEME", "Scheme must be one of http(s), discord."
        )


def _check_select(node: Node) -> None:
    _check_length(node, "custom_id", 1, 100)
    _check_length(node, "placeholder", 0, 150)
    options = as_objects(node.component.get("options"), node.path)
    if node.type == STRING_SELECT and not 1 <= len(options) <= 25:
        raise invalid_form(
            f"{node.path}.options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length."
        )
    values = [as_text(option.get("value"), node.path) for option in options]
    if len(set(values)) < len(values):
        raise invalid_form(f"{node.path}.options", "COMPONENT_OPTION_VALUE_DUPLICATED", "Already used.")
    for at, option in enumerate(options):
        for field in ("label", "value"):
            _check_length(Node(f"{node.path}.options.{at}", option, node.type), field, 1, 100)


def _check_length(node: Node, field: str, least: int, most: int) -> None:
    length = len(as_text(node.component.get(field), f"{node.path}.{field}"))
    if not least <= length <= most:
        reason = f"Must be between {least} and {most} in length."
        raise invalid_form(f"{node.path}.{field}", "BASE_TYPE_BAD_LENGTH", reason)


def _check_custom_ids(found: list[Node]) -> None:
    seen: set[str] = set()
    for node in found:
        custom_id = as_text(node.component.get("custom_id"), node.path)
        if custom_id and custom_id in seen:
            reason = "Component custom id cannot be duplicated"
            raise invalid_form(f"{node.path}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", reason)
        seen.add(custom_id)
