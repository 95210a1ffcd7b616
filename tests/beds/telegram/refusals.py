"""How does the Bot API say no?"""


class Refusal(Exception):
    """An answer with `ok: false`; `code` is the HTTP status as well."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str, **parameters: int) -> Refusal:
    """Return a 400."""
    return Refusal(400, f"Bad Request: {reason}", **parameters)


def forbidden(reason: str) -> Refusal:
    """Return a 403."""
    return Refusal(403, f"Forbidden: {reason}")


def flood(seconds: int) -> Refusal:
    """Return a 429 that asks for a pause."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def conflict(reason: str) -> Refusal:
    """Return a 409."""
    return Refusal(409, f"Conflict: {reason}")


def unmodified() -> Refusal:
    """Return the refusal of an edit that changes nothing."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same as "
        "a current content and reply markup of the message"
    )


def stale_query() -> Refusal:
    """Return the refusal of a callback query that is unknown, answered, or too old."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")
