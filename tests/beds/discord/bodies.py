"""Which message does a request's body describe?"""

from collections.abc import Sequence

from tests.beds.discord import rules
from tests.beds.discord.clock import Snowflakes
from tests.beds.discord.http import Call, Upload
from tests.beds.discord.mail import Mail
from tests.beds.discord.refusals import invalid_form
from tests.beds.discord.wire import (
    Json,
    Object,
    as_int,
    as_list,
    as_object,
    as_objects,
    as_snowflake,
    as_text,
)
from tests.beds.discord.world import (
    COMPONENTS_V2,
    EPHEMERAL,
    SUPPRESS_NOTIFICATIONS,
    Attachment,
    User,
    Version,
)

SUPPRESS_EMBEDS = 1 << 2
# Discord takes no notice of any other flag: with EPHEMERAL, an ordinary message is as public as without.
SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2


def flags_of(body: Object, *, ephemeral_allowed: bool) -> int:
    """Return the flags that take effect."""
    return as_int(body.get("flags"), "flags") & (SETTABLE | (EPHEMERAL if ephemeral_allowed else 0))


def new(
    body: Object, files: Sequence[Upload], ids: Snowflakes, *, ephemeral_allowed: bool = False
) -> Version:
    """Return what a new message shows; raises Refused for a body Discord would not take."""
    rules.check(body, has_files=bool(files))
    return Version(
        content=as_text(body.get("content"), "content"),
        embeds=tuple(as_objects(body.get("embeds"), "embeds")),
        components=tuple(as_objects(body.get("components"), "components")),
        attachments=tuple(Attachment(ids.make(), each.filename, each.size) for each in files),
        flags=flags_of(body, ephemeral_allowed=ephemeral_allowed),
    )


def edited(before: Version, call: Call, body: Object, ids: Snowflakes) -> Version:
    """Return what a message shows after an edit: fields that are absent stay as they are."""
    kept: Object = {
        "content": before.content,
        "embeds": list(before.embeds),
        "components": list(before.components),
    }
    lasting = before.flags & (COMPONENTS_V2 | EPHEMERAL)
    flags = as_int(body.get("flags", before.flags), "flags") & SETTABLE | lasting
    after = new(kept | body | {"flags": flags}, call.files, ids, ephemeral_allowed=True)
    if "attachments" in body or call.files:
        return after
    return Version(after.content, after.embeds, after.components, before.attachments, after.flags)


def pings(body: Object, version: Version, mail: Mail, replied: User | None = None) -> tuple[User, ...]:
    """Return the people a message notifies, by its texts and `allowed_mentions`."""
    texts = [version.content] + [
        as_text(node.component.get("content"), "content") for node in rules.nodes(list(version.components))
    ]
    found = mail.mentioned("\n".join(texts))
    rule: Json = body.get("allowed_mentions")
    if rule is None:
        return found + ((replied,) if replied else ())
    allowed = as_object(rule, "allowed_mentions")
    if "users" not in as_list(allowed.get("parse"), "parse"):
        named = {as_snowflake(each, "users") for each in as_list(allowed.get("users"), "users")}
        found = tuple(user for user in found if user.id in named)
    return found + ((replied,) if replied and allowed.get("replied_user") else ())


def choices(body: Object) -> tuple[tuple[str, str], ...]:
    """Return the (name, value) pairs suggested for a text; raises Refused for what Discord would not take."""
    given = as_objects(body.get("choices"), "choices")
    if len(given) > 25:
        raise invalid_form("choices", "BASE_TYPE_BAD_LENGTH", "Must be between 0 and 25 in length.")
    pairs = [(as_text(one.get("name"), "name"), as_text(one.get("value"), "value")) for one in given]
    if any(not 1 <= len(text) <= 100 for pair in pairs for text in pair):
        raise invalid_form("choices", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    return tuple(pairs)
