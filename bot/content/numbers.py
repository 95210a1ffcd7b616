"""Which numbers can people call or write to, and how are they written where they work?"""

import re
from functools import cache
from typing import Annotated, TypeAlias

import phonenumbers
from pydantic import BeforeValidator, Field, StrictBool, StringConstraints

from bot.content.part import Part
from bot.content.texts import Fact

# "988", "116 123", "#8103": codes that no library knows in full. One with a zero in front has three
# digits, or a number cut short would pass.
_SHORT = re.compile(r"[#*]?(?:0[ .-]?\d[ .-]?\d|[1-9](?:[ .-]?\d){2,5})")
# A real number that the library does not list yet.
_UNLISTED = re.compile(r"\+?\d(?:[ ()/.-]{0,2}\d){6,15}")


class Number(Part):
    """A number, and what to know before."""

    number: Fact
    press: Annotated[str, StringConstraints(pattern=r"^\d$")] | None = Field(
        None, description="The key to press when they answer."
    )
    send: Fact | None = Field(None, description="The word to write to it.")
    app: Fact | None = Field(None, description="The app to write in, where it is no text message.")
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] | None = Field(
        None, description="The language spoken there, where it differs between numbers."
    )
    note: Fact | None = Field(None, description="Whom or when it is for; shown in English only.")
    unlisted: StrictBool = Field(
        False, description="Our source has it, though the library of numbers does not know it."
    )


def _listed(value: object) -> object:
    if isinstance(value, list):
        return [one if isinstance(one, dict) else {"number": one} for one in value]
    return value if isinstance(value, tuple) else ({"number": value},)


Numbers: TypeAlias = Annotated[
    tuple[Number, ...],
    Field(min_length=1),
    BeforeValidator(_listed, json_schema_input_type=str | list[str | Number]),
]


def fault(one: Number, region: str) -> str | None:
    """Return what is wrong with a number in a region (ISO 3166-1) and how to mend it; None if nothing is."""
    if _SHORT.fullmatch(one.number) or (one.unlisted and _UNLISTED.fullmatch(one.number)):
        return None
    try:
        if phonenumbers.is_valid_number_for_region(phonenumbers.parse(one.number, region), region):
            return None
    except phonenumbers.NumberParseException:
        pass
    return (
        f'"{one.number}" is no number of {region}; compare it with its source, and if that has it so, '
        "add `unlisted: true`"
    )


@cache  # the same few hundred numbers stand on every page
def written(number: str, region: str) -> str:
    """Return the number grouped as people of the region do, with the digits of the source and no others."""
    if _SHORT.fullmatch(number):
        return number
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number
    grouped = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return grouped if re.sub(r"\D", "", grouped) == re.sub(r"\D", "", number) else number
