"""What did the client ask?  One request's parameters, whatever body it chose."""

import json
from collections.abc import Iterator, Mapping

from aiohttp import web

from tests.beds.telegram.refusals import bad_request
from tests.beds.telegram.values import Json


class Params(Mapping[str, object]):
    """Parameters by name. Forms carry strings, JSON bodies real values; the readers even that out."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self._raw = {name: value for name, value in raw.items() if value is not None}

    def __getitem__(self, name: str) -> object:
        return self._raw[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def text(self, name: str) -> str:
        """Return a string, empty when absent."""
        value = self._raw.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str) -> int | None:
        """Return a whole number; None when absent or empty."""
        written = self.text(name).strip()
        if not written:
            return None
        try:
            return int(written)
        except ValueError:
            raise bad_request(f"{name} is not a valid Integer") from None

    def flag(self, name: str) -> bool:
        """Return a truth value as the server reads it."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def decoded(self, name: str) -> object:
        """Return a JSON value, None when absent."""
        value = self._raw.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def record(self, name: str) -> Json:
        """Return a JSON object, empty when absent."""
        value = self.decoded(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value


async def read(request: web.Request) -> Params:
    """Read the query string and a form, multipart or JSON body; the body wins."""
    raw: Json = dict(request.query)
    if request.content_type == "application/json":
        body = await request.text()
        value = Params({"body": body}).decoded("body")
        raw.update(value if isinstance(value, dict) else {})
    else:
        form = await request.post()
        raw.update({name: value for name, value in form.items() if isinstance(value, str)})
    return Params(raw)
