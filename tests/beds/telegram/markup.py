"""What does Telegram make of a text with markup?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html.entities import html5

from tests.beds.telegram.refusals import Refusal, bad_request
from tests.beds.telegram.values import Entity, Text, utf16_length

_MOST_ENTITIES = 100  # the server drops the rest without a word
_LONGEST = 4096

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[^\s>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")

_KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}


@dataclass(frozen=True, slots=True)
class _Open:
    """A start tag whose end has not come yet."""

    name: str
    attributes: dict[str, str]
    offset: int


def parse_html(source: str) -> Text:
    """Parse Telegram's HTML; raises Refusal in the words of the real server."""
    out: list[str] = []
    length = 0
    stack: list[_Open] = []
    entities: list[Entity] = []
    position = 0
    while position < len(source):
        if source[position] == "<":
            tag = _TAG.match(source, position)
            if tag is None:
                raise _fault("Unclosed start tag", source, position)
            if tag["end"]:
                entities += _close(stack, tag, source, length)
            else:
                stack.append(_start(tag, source, length))
            position = tag.end()
            continue
        piece, position = _next_characters(source, position)
        out.append(piece)
        length += utf16_length(piece)
    if stack:
        raise _entities_fault(f'Can\'t find end tag corresponding to start tag "{stack[-1].name}"')
    return Text("".join(out), tuple(sorted(entities, key=lambda e: (e.offset, -e.length))))


def _next_characters(source: str, position: int) -> tuple[str, int]:
    """Return what stands here, decoded, and where the next piece starts."""
    reference = _CHARACTER.match(source, position)
    if reference is not None:
        return _decoded(reference), reference.end()
    end = position + 1
    while end < len(source) and source[end] not in "<&":
        end += 1
    return source[position:end], end


def _decoded(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return html5[f"{name};"]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else reference[0]


def _start(tag: re.Match[str], source: str, length: int) -> _Open:
    name = tag["name"].lower()
    if name not in _KINDS:
        raise _fault(f'Unsupported start tag "{name}"', source, tag.start())
    attributes = {
        key: "".join(_CHARACTER.sub(_decoded, v) for v in values if v)
        for key, *values in _ATTRIBUTE.findall(tag["attributes"])
    }
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _fault('Tag "span" must have class "tg-spoiler"', source, tag.start())
    return _Open(name, attributes, length)


def _close(stack: list[_Open], tag: re.Match[str], source: str, length: int) -> list[Entity]:
    if not stack:
        raise _fault("Unexpected end tag", source, tag.start())
    found, opened = tag["name"].lower(), stack[-1]
    if found and found != opened.name:
        raise _fault(
            "Unmatched end tag",
            source,
            tag.start(),
            f', expected "</{opened.name}>", found "</{found}>"',
        )
    stack.pop()
    if length == opened.offset:
        return []
    entity = Entity(_KINDS[opened.name], opened.offset, length - opened.offset)
    if opened.name == "a":
        address = opened.attributes.get("href", "")
        return [replace(entity, url=address)] if address else []
    if opened.name == "blockquote" and "expandable" in opened.attributes:
        return [replace(entity, type="expandable_blockquote")]
    return [entity]


def _fault(what: str, source: str, position: int, more: str = "") -> Refusal:
    return _entities_fault(f"{what} at byte offset {len(source[:position].encode())}{more}")


def _entities_fault(what: str) -> Refusal:
    return bad_request(f"can't parse entities: {what}")


def accept(text: str, parse_mode: str, entities: Sequence[Entity]) -> Text:
    """Return a text as the server keeps it; raises Refusal when it would not take it."""
    if not text:
        raise bad_request("message text is empty")
    mode = parse_mode.lower()
    if mode in ("markdown", "markdownv2"):
        raise NotImplementedError(f"the Telegram bed does not parse {parse_mode}: use HTML or entities")
    if mode not in ("", "none", "html"):
        raise bad_request("unsupported parse_mode")
    parsed = trimmed(parse_html(text) if mode == "html" else Text(text, tuple(entities)))
    if not parsed.text:
        raise bad_request("text must be non-empty")
    if utf16_length(parsed.text) > _LONGEST:
        raise bad_request("message is too long")
    return replace(parsed, entities=parsed.entities[:_MOST_ENTITIES])


def trimmed(text: Text) -> Text:
    """Cut white space at both ends, as the server does, and move the ranges along."""
    kept = text.text.strip()
    lead = utf16_length(text.text[: len(text.text) - len(text.text.lstrip())])
    end = utf16_length(kept)
    moved = []
    for entity in text.entities:
        start = min(max(entity.offset - lead, 0), end)
        stop = min(max(entity.end - lead, 0), end)
        if stop > start:
            moved.append(replace(entity, offset=start, length=stop - start))
    return Text(kept, tuple(moved))
