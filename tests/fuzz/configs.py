"""Does any config file give more or less than one line, or give a token away?"""

from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

import adapters
from bot import config
from bot.errors import ConfigError
from bot.ports import PlatformSection
from tests.fuzz.files import damaged
from tests.fuzz.runner import Target, fuzzed
from tests.fuzz.texts import anything
from tests.fuzz.trees import changed, rubbish

_EXAMPLE = Path(__file__).resolve().parents[2] / "config.example.yaml"
# Of the shape of the real ones, and with a word to look for.
_TOKENS = [
    "NOTASECRETatall0123456789.abcdef.NOTASECRETatall0123456789ab",
    "12345678:NOTASECRETatall0123456789abcdefgh",
]
_MARK = "NOTASECRET"
_WHOLE: dict[str, Any] = {
    "discord": {"token": _TOKENS[0], "api_base_url": "http://127.0.0.1:1", "gateway_url": "ws://127.0.0.1:1"},
    "telegram": {"token": _TOKENS[1], "api_base_url": "http://127.0.0.1:1"},
    "console": {},
    "storage": {"url": "postgresql://user@host/database"},
    "secret_file": "quietline.key",
    "defaults": {
        "triggers": "private",
        "join_messages": True,
        "language": "en",
        "country": "GB",
        "notice": {
            "enabled": True,
            "delay_seconds": [30, 120],
            "cooldown_hours": 6,
            "remove_after_minutes": 10,
        },
    },
    "ops": {"listen": "127.0.0.1:8080"},
}
_NAMES = [*_WHOLE, "token", "token_file", "Token", "url", ""]
_VALUES = [*_TOKENS, "${SECRET}", "${NOT_SET}", "a b", "a.token", ".", "off", "127.0.0.1:99999", "GB\n", "\0"]


def configs(folder: Path) -> Target:
    """Try config files; they are written to `folder`, beside a file that holds tokens."""
    path = folder / "config.yaml"
    (folder / "a.token").write_text(" ".join(_TOKENS))
    sections = {name: lambda name=name: _section(name) for name in adapters.available()}
    values = st.one_of(rubbish, st.sampled_from(_VALUES), st.dates(), st.floats(), anything)
    trees = changed(_WHOLE, values, _NAMES).map(
        lambda tree: yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass")
    )
    contents = damaged([_EXAMPLE.read_bytes(), yaml.safe_dump(_WHOLE).encode()])

    @given(st.one_of(trees, contents, st.binary(max_size=200)))
    def one(content: bytes) -> None:
        path.write_bytes(content)
        try:
            config.load(path, sections, {"SECRET": _TOKENS[1]})
        except ConfigError as fault:
            shown = str(fault)
            assert shown.splitlines() == [shown]
            assert shown.startswith(str(path))
            assert _MARK not in shown

    return fuzzed(one)


def _section(name: str) -> type[PlatformSection]:
    found: type[PlatformSection] = adapters.load(name).Section
    return found
