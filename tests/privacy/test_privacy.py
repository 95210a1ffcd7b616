"""Are people unrecognisable without the secret, and is the secret itself kept well?"""

import concurrent.futures
import hashlib
import hmac
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.privacy import Pseudonyms, Sealer, load_secret

SECRET, OTHER = b"s" * 32, b"o" * 32
KEY = Pseudonyms(SECRET).key


def test_a_pseudonym_is_the_same_in_every_process() -> None:
    assert KEY("optout", "x", "42") == Pseudonyms(SECRET).key("optout", "x", "42")
    assert len(KEY("optout", "x", "42")) == 32
    assert len(KEY("cooldown", "x", "42", "7")) == 64


def test_a_pseudonym_is_keyed_blake2b_under_a_key_made_by_hkdf() -> None:
    extracted = hmac.digest(b"\0" * 32, SECRET, "sha256")
    key = hmac.digest(extracted, b"quietline/pseudonym/optout\x01", "sha256")
    assert KEY("optout", "x", "42") == hashlib.blake2b(b'["x", "42"]', key=key, digest_size=16).hexdigest()


def test_every_part_makes_another_pseudonym() -> None:
    several = {
        KEY("optout", "x", "42"),
        KEY("cooldown", "x", "42"),
        KEY("optout", "y", "42"),
        KEY("optout", "x", "43"),
        Pseudonyms(OTHER).key("optout", "x", "42"),
    }
    assert len(several) == 5


def test_a_persons_pseudonym_begins_theirs_in_each_community() -> None:
    here, there = KEY("cooldown", "x", "42", "7"), KEY("cooldown", "x", "42", "8")
    assert here != there
    assert here[:32] == there[:32] == KEY("cooldown", "x", "42")


@given(st.lists(st.text(), min_size=3, max_size=3), st.lists(st.text(), min_size=3, max_size=3))
def test_different_people_never_look_the_same_however_their_ids_are_cut(
    one: list[str], other: list[str]
) -> None:
    assert (KEY("p", *one) == KEY("p", *other)) == (one == other)


@given(st.lists(st.text()))
def test_what_was_sealed_opens_again(address: list[str]) -> None:
    assert Sealer(SECRET).open(Sealer(SECRET).seal(address)) == tuple(address)


def test_sealing_hides_the_address_and_that_it_is_the_same() -> None:
    one, two = Sealer(SECRET).seal(("4242424242",)), Sealer(SECRET).seal(("4242424242",))
    assert one != two
    assert b"4242424242" not in one


def test_another_secret_or_a_change_opens_nothing() -> None:
    sealed = Sealer(SECRET).seal(("g", "1"))
    assert Sealer(OTHER).open(sealed) is None
    assert Sealer(SECRET).open(sealed[:-8] + b"AAAAAAA=") is None
    assert Sealer(SECRET).open(b"") is None


def test_after_a_change_of_the_secret_old_addresses_open_and_new_ones_use_the_new() -> None:
    both = Sealer(OTHER, SECRET)
    assert both.open(Sealer(SECRET).seal(("g",))) == ("g",)
    assert Sealer(OTHER).open(both.seal(("g",))) == ("g",)
    assert Sealer(SECRET).open(both.seal(("g",))) is None


def test_neither_shows_its_secret() -> None:
    for holder in (Pseudonyms(SECRET), Sealer(SECRET)):
        assert "ssss" not in repr(holder)


def test_the_first_run_makes_a_secret_and_later_runs_read_it(tmp_path: Path) -> None:
    path = tmp_path / "quietline.key"
    secret = load_secret(path)
    assert len(secret) == 32
    assert load_secret(path) == secret
    assert load_secret(tmp_path / "other.key") != secret
    assert sorted(file.name for file in tmp_path.iterdir()) == ["other.key", "quietline.key"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_the_secret_is_readable_by_the_bots_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_secret(tmp_path / "quietline.key")
    finally:
        os.umask(before)
    assert (tmp_path / "quietline.key").stat().st_mode & 0o777 == 0o600


def test_first_runs_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = set(pool.map(load_secret, [tmp_path / "quietline.key"] * 32))
    assert len(found) == 1


def test_a_file_system_without_links_gets_a_secret_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    first = load_secret(tmp_path / "quietline.key")
    assert load_secret(tmp_path / "quietline.key") == first
    assert [path.name for path in tmp_path.iterdir()] == ["quietline.key"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"ab" * 31 + b"\n", "holds 31 bytes instead of 32"),
        (b"xy" * 32, "is not written in hex digits"),
        (b"ab" * 31 + b"a", "is not written in hex digits"),
        (b"\xff" * 64, "is not text"),
    ],
)
def test_a_damaged_secret_is_told_and_never_replaced(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "quietline.key"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load_secret(path)
    assert str(caught.value).startswith(f"secret_file: {path} {told}; restore it from your backup")
    assert path.read_bytes() == content


def test_a_secret_that_cannot_be_read_or_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"secret_file: .*Is a directory|secret_file: .*Permission denied"):
        load_secret(tmp_path)
    with pytest.raises(ConfigError, match=r"secret_file: .*No such file or directory; let the bot's user"):
        load_secret(tmp_path / "no" / "quietline.key")
