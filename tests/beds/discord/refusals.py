"""In which words does Discord say no?

Codes and texts: Discord's `topics/opcodes-and-status-codes`.
"""

from tests.beds.discord.wire import Json, Object


class Refused(Exception):
    """An answer other than 2xx: the HTTP status and Discord's JSON body."""

    def __init__(self, status: int, code: int, message: str, errors: Object | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body: Object = {"message": message, "code": code}
        if errors is not None:
            self.body["errors"] = errors


class Unavailable(Exception):
    """Discord's client would not offer this to the member: no such command here, no such button."""


def invalid_form(path: str, code: str, message: str) -> Refused:
    """Return 50035; `path` is the field, dotted, such as `components.0.label`."""
    leaf: list[Json] = [{"code": code, "message": message}]
    errors: Object = {"_errors": leaf}
    for name in reversed(path.split(".")):
        errors = {name: errors}
    return Refused(400, 50035, "Invalid Form Body", errors)


def unauthorized() -> Refused:
    return Refused(401, 0, "401: Unauthorized")


def no_route() -> Refused:
    return Refused(404, 0, "404: Not Found")


def unknown_channel() -> Refused:
    return Refused(404, 10003, "Unknown Channel")


def unknown_message() -> Refused:
    return Refused(404, 10008, "Unknown Message")


def unknown_user() -> Refused:
    return Refused(404, 10013, "Unknown User")


def unknown_webhook() -> Refused:
    return Refused(404, 10015, "Unknown Webhook")


def unknown_application() -> Refused:
    return Refused(404, 10002, "Unknown Application")


def unknown_interaction() -> Refused:
    return Refused(404, 10062, "Unknown interaction")


def already_acknowledged() -> Refused:
    return Refused(400, 40060, "Interaction has already been acknowledged.")


def too_many_follow_ups() -> Refused:
    return Refused(400, 40094, "Maximum number of follow up messages for this interaction reached.")


def opening_dms_too_fast() -> Refused:
    return Refused(400, 40003, "You are opening direct messages too fast.")


def invalid_recipient() -> Refused:
    return Refused(400, 50033, "Invalid Recipient(s)")


def missing_access() -> Refused:
    return Refused(403, 50001, "Missing Access")


def not_the_author() -> Refused:
    return Refused(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> Refused:
    return Refused(400, 50006, "Cannot send an empty message")


def dms_closed() -> Refused:
    return Refused(403, 50007, "Cannot send messages to this user")


def missing_permissions() -> Refused:
    return Refused(403, 50013, "Missing Permissions")


def token_expired() -> Refused:
    return Refused(401, 50027, "Invalid Webhook Token")


def no_mutual_guild() -> Refused:
    return Refused(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
