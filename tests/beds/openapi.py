"""Are the bodies we send what Discord's own OpenAPI file allows?

The file is Discord's `specs/openapi.json` (discord/discord-api-spec); its path is in the environment.
Without it nothing is checked, and `schema_or_skip` says so in the test report.
"""

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

VARIABLE = "QUIETLINE_DISCORD_OPENAPI"
_URI = "urn:discord-openapi"

Body: TypeAlias = "bool | int | float | str | list[Body] | dict[str, Body] | None"


class OpenApi:
    """Discord's schema. Routes are written as in it: `/channels/{channel_id}/messages`."""

    def __init__(self, document: Mapping[str, object]) -> None:
        self._document = document
        resource = DRAFT202012.create_resource(document)
        self._registry = Registry().with_resource(_URI, resource)
        self._validators: dict[str, Draft202012Validator] = {}

    def deviations(self, method: str, route: str, body: Body) -> list[str]:
        """Return what is wrong with a JSON body; nothing for one that is right.

        Raises KeyError for a route that takes no body, or that the file does not have.
        """
        return self._deviations(method, route, ["requestBody"], _forgiven(route, body))

    def answer_deviations(self, method: str, route: str, status: int, body: Body) -> list[str]:
        """Return what is wrong with the JSON of an answer, by which a bed can check itself."""
        return self._deviations(method, route, ["responses", str(status)], body)

    def _deviations(self, method: str, route: str, part: list[str], body: Body) -> list[str]:
        steps = ["paths", route, method.lower(), *part, "content", "application/json", "schema"]
        error = best_match(self._validator(steps).iter_errors(body))
        return [] if error is None else [f"{error.json_path}: {error.message}"]

    def _validator(self, steps: list[str]) -> Draft202012Validator:
        self._check_exists(steps)
        pointer = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
        if pointer not in self._validators:
            reference = {"$ref": f"{_URI}#{pointer}"}
            self._validators[pointer] = Draft202012Validator(reference, registry=self._registry)
        return self._validators[pointer]

    def _check_exists(self, steps: list[str]) -> None:
        here: object = self._document
        for step in steps:
            if not isinstance(here, Mapping) or step not in here:
                raise KeyError(f"Discord's schema has no {step!r} in {steps}")
            here = here[step]


def _forgiven(route: str, body: Body) -> Body:
    """Return the body without the one known deviation: discord.py sends `recipient_id` as an integer."""
    if (
        route == "/users/@me/channels"
        and isinstance(body, dict)
        and isinstance(body.get("recipient_id"), int)
    ):
        return body | {"recipient_id": str(body["recipient_id"])}
    return body


@lru_cache
def _load(path: Path) -> OpenApi:
    return OpenApi(json.loads(path.read_bytes()))


def from_environment() -> OpenApi | None:
    """Return the schema; None when the environment names none."""
    path = os.environ.get(VARIABLE)
    return _load(Path(path)) if path else None


def schema_or_skip() -> OpenApi:
    """Return the schema; without it the test is reported as skipped, with the reason."""
    schema = from_environment()
    if schema is None:
        pytest.skip(f"{VARIABLE} is not set: bodies sent to Discord were not checked against its schema")
    return schema
