"""What might stand in a file that the bot is to read?"""

import gzip
import json
from collections.abc import Sequence

import yaml
from hypothesis import strategies as st

from tests.detection.packs import rules, words
from tests.fuzz.texts import anything
from tests.fuzz.trees import changed

# What YAML, JSON and the readers of both treat in a way of their own.
_TOKENS = [
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"- ",
    b"? ",
    b"&a ",
    b"*a",
    b"<<: *a",
    b"!!python/name:os.system",
    b"%YAML 9",
]
_TOKENS += [
    b"---\n",
    b"...\n",
    b"|\n",
    b'"',
    b"'",
    b"\\",
    b"\\ud83d",
    b"\\x0b",
    b"\t",
    b"\0",
    b"\r",
    b"\xc2\x85",
    b"\xff",
]
_TOKENS += [
    b"\xef\xbb\xbf",
    b"1e999",
    b"-",
    b"9" * 5000,
    b"0x",
    b"2026-13-45",
    b"12:61",
    b"~",
    b"null",
    b"{a,b}",
    b"{,}",
]
_TOKENS += [b"[" * 2000, b"{a: " * 500, b"\xed\xa0\x80", b"\x1f\x8b", b"NaN", b"=", b"!", b"@", b"#", b"\n"]

_MEMBER = {"name": "somebody", "isBot": False}
_DISCORD = {"messages": [{"type": "Default", "content": "**hi** `x`", "author": _MEMBER}] * 2}
_TELEGRAM = {"name": "us", "messages": [{"from_id": "user1", "text": ["a", {"type": "bold", "text": "b"}]}]}
_ACCOUNT = {"chats": {"list": [_TELEGRAM]}, "left_chats": {"list": [_TELEGRAM]}}
_LINE = {"text": "someone has my nudes", "label": "positive", "lang": "en", "needs_context": False}
_EXPORTS = [
    json.dumps(one, indent=indent).encode() for one in (_DISCORD, _TELEGRAM, _ACCOUNT) for indent in (None, 1)
]
_LINES = json.dumps(_LINE).encode() + b"\n" + json.dumps(_LINE).encode()

_RULES = rules(
    {
        "all_of": ["threat", ["nudes", "pair"]],
        "none_of": {"joke": ["plea"]},
        "weights": {"money": 1},
        "threshold": 2,
    },
    sequences={"pair": {"of": ["money", ["not", "joke"]], "within": 4, "ordered": True}},
)
_WORDS = words(lists={"things": ["a", "b"]}, real_words=["leaks"])

_NAMES = st.sampled_from(["threat", "nudes", "plea", "of", "means", "gone"])
_TERMS = st.sampled_from(["a*", "{a,b} {c,d}", "{things}", "{" + "a," * 200 + "b}" * 3, " ", "***", "a\nb"])
_SCALARS = (st.none(), st.booleans(), st.integers(-2, 10**30), st.floats(), st.dates(), st.binary(max_size=4))
_values = st.one_of(
    *(*_SCALARS, anything, _NAMES, _TERMS),
    st.lists(_NAMES, max_size=3),
    st.dictionaries(_NAMES, st.sampled_from([1, "a", None, []]), max_size=3),
)


def packs() -> st.SearchStrategy[tuple[bytes, bytes]]:
    """The rules and the words of a language: now and then whole, else with something wrong in one of them."""
    good = _yaml(_RULES), _yaml(_WORDS)
    return st.one_of(
        st.tuples(st.just(good[0]), st.one_of(_changed(_WORDS), damaged([good[1]]))),
        st.tuples(st.one_of(_changed(_RULES), damaged([good[0]])), st.just(good[1])),
    )


def histories() -> st.SearchStrategy[bytes]:
    """JSON lines and exports of chats, damaged."""
    broken = damaged([*_EXPORTS, _LINES])
    packed = broken.map(lambda content: gzip.compress(content, mtime=0))
    return st.one_of(broken, packed, damaged([gzip.compress(_LINES, mtime=0)]), st.binary(max_size=200))


def _yaml(content: object) -> bytes:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True).encode("utf-8", "surrogatepass")


def _changed(content: dict[str, object]) -> st.SearchStrategy[bytes]:
    return changed(content, _values, ["threat", "x", "Y z", ""]).map(_yaml)


@st.composite
def damaged(draw: st.DrawFn, contents: Sequence[bytes]) -> bytes:
    """One of these, with bytes or lines taken out, doubled, put in or cut off."""
    content = draw(st.sampled_from(contents))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        if draw(st.booleans()):  # whole lines
            start = content.rfind(b"\n", 0, start) + 1
            end = content.find(b"\n", end) + 1 or len(content)
        put_in = draw(
            st.one_of(
                *map(st.just, (b"", content[start:end] * 2)), st.sampled_from(_TOKENS), st.binary(max_size=4)
            )
        )
        content = content[:start] + put_in + (content[end:] if draw(st.integers(0, 9)) else b"")
    return content
