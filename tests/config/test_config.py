"""Does every mistake in the config file give one line that says what and how to mend it?"""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import config
from bot.errors import ConfigError
from bot.policy import Mode
from bot.ports import PlatformSection

TOKEN = "very-secret-token"


class Section(PlatformSection):
    token: SecretStr
    api_base_url: str | None = None


def load(tmp_path: Path, text: str, environ: Mapping[str, str] | None = None) -> config.Settings:
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")
    (tmp_path / "config.yaml.empty").touch()
    return config.load(file, {"alpha": lambda: Section, "beta": lambda: Section}, environ or {})


def token(settings: config.Settings, name: str = "alpha") -> str:
    section = settings.platforms[name]
    assert isinstance(section, Section)
    return section.token.get_secret_value()


def test_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    settings = load(tmp_path, "alpha: {token: x}")
    assert settings.defaults.triggers is Mode.PRIVATE
    assert (settings.defaults.language, settings.defaults.country) == ("en", "GB")
    assert settings.defaults.notice.delay_seconds == (30, 120)
    assert settings.storage_url == "sqlite:///quietline.db"
    assert settings.secret_file == tmp_path / "quietline.key"
    assert settings.ops.listen is None
    assert list(settings.platforms) == ["alpha"]


def test_a_token_comes_from_the_environment(tmp_path: Path) -> None:
    assert token(load(tmp_path, "alpha: {token: '${TOKEN}'}", {"TOKEN": TOKEN})) == TOKEN


def test_a_token_comes_from_a_file_beside_the_config(tmp_path: Path) -> None:
    (tmp_path / "alpha.token").write_text(f"{TOKEN}\n", encoding="utf-8")
    assert token(load(tmp_path, "alpha: {token_file: alpha.token}")) == TOKEN


@pytest.mark.parametrize("written", ["\ufeff{}", '"{}"', "  {}\r\n"])
def test_what_editors_add_to_a_token_file_is_taken_off(tmp_path: Path, written: str) -> None:
    (tmp_path / "alpha.token").write_text(written.format(TOKEN), encoding="utf-8")
    assert token(load(tmp_path, "alpha: {token_file: alpha.token}")) == TOKEN


def test_an_unquoted_off_means_off(tmp_path: Path) -> None:
    assert load(tmp_path, "alpha: {token: x}\ndefaults: {triggers: off}").defaults.triggers is Mode.OFF


def test_a_section_with_all_keys_commented_out_is_fine(tmp_path: Path) -> None:
    assert load(tmp_path, "alpha: {token: x}\nops:\n  # listen: 127.0.0.1:80\n").ops.listen is None


MISTAKES = {
    "alhpa: {token: x}": ["alhpa", "did you mean alpha"],
    "alpha: {tokn: x}": ["alpha.tokn", "did you mean alpha.token"],
    "alpha: {}": ["alpha.token", "is missing", "token_file"],
    "alpha:": ["alpha.token", "is missing"],
    "alpha:\n  # token: x": ["alpha.token", "is missing"],
    "alpha: {token: '${NOT_SET}'}": ["alpha.token", "NOT_SET", "token_file"],
    "alpha: {token_file: missing.token}": ["alpha.token_file", "missing.token", "No such file"],
    "alpha: {token: ''}": ["alpha.token", "is missing"],
    "alpha: {token_file: config.yaml.empty}": ["alpha.token_file", "is empty"],
    "alpha: {token_file: .}": ["alpha.token_file", "cannot be read"],
    "alpha: {token: x, token_file: y}": ["both token and token_file"],
    "alpha: {token: x}\nalpha: {token: y}": ["line 2", '"alpha" stands twice'],
    "alpha: {token: x": ["line", "YAML"],
    "alpha: {token: x}\ndefaults: {trigers: off}": ["defaults.trigers", "did you mean defaults.triggers"],
    "alpha: {token: x}\ndefaults: {triggers: loud}": ["defaults.triggers", "off", "shadow", "private"],
    "alpha: {token: x}\ndefaults: {country: NO}": ["defaults.country", "capital letters in quotes"],
    "alpha: {token: x}\ndefaults: {country: us}": ["defaults.country", "two capital letters"],
    "alpha: {token: x}\ndefaults: {language: english please}": ["defaults.language", "such as en"],
    "alpha: {token: x}\ndefaults: {notice: {delay_seconds: 30}}": ["delay_seconds", "two numbers"],
    "alpha: {token: x}\ndefaults: {notice: {delay_seconds: [90, 30]}}": ["shorter delay first"],
    "alpha: {token: x}\ndefaults: {notice: {colour: red}}": ["defaults.notice.colour", "not a known key"],
    "alpha: {token: x}\ndefaults: {raid: {writers: 0}}": [
        "defaults.raid.writers",
        "greater than or equal to 1",
    ],
    "alpha: {token: x}\ndefaults: {raid: {writer: 9}}": ["did you mean defaults.raid.writers"],
    "alpha: {token: x}\ndefaults: {raid: {shadow_minutes: soon}}": ["defaults.raid.shadow_minutes", "number"],
    "alpha: {token: x}\ndefaults: {answers_in_10_seconds: 1}": ["answers_in_10_seconds", "equal to 5"],
    "alpha: {token: x}\nstorage: {url: mysql://x}": ["storage.url", "sqlite:///"],
    "alpha: {token: x}\nops: {listen: everywhere}": ["ops.listen", "host:port"],
    "alpha: {token: x}\nops: {listen: '127.0.0.1:99999'}": ["ops.listen", "host:port"],
    "alpha: {token: [1]}": ["alpha.token"],
    "storage: {}": ["no platform", "alpha or beta"],
    "": ["is empty"],
    "- a\n- b": ["key: value"],
    "\x00": ["YAML"],
}


@pytest.mark.parametrize("text", MISTAKES, ids=repr)
def test_a_mistake_is_one_line_with_file_key_and_mend(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    line = str(caught.value)
    assert "config.yaml" in line
    assert "\n" not in line
    for part in MISTAKES[text]:
        assert part in line


def test_a_missing_file_names_the_example(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.example\.yaml"):
        config.load(tmp_path / "none.yaml", {}, {})


def test_a_file_that_is_not_text_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="UTF-8"):
        config.load(tmp_path / "config.yaml", {}, {})


def test_no_message_repeats_a_value(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"alpha: {{token: [{TOKEN}]}}")
    assert TOKEN not in str(caught.value)


def test_a_section_hides_its_token(tmp_path: Path) -> None:
    assert TOKEN not in repr(load(tmp_path, f"alpha: {{token: {TOKEN}}}"))


@pytest.mark.parametrize("before", ["token_file: ", "token: !", "token: *"])
def test_a_token_in_a_wrong_place_is_not_repeated(tmp_path: Path, before: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, f"alpha:\n  {before}12345678-NOTASECRETatall0123456789abcdefgh")
    assert "NOTASECRET" not in str(caught.value)
