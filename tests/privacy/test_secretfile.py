"""Is the root secret made once, kept well, and changed without losing an old one?"""

import concurrent.futures
import multiprocessing
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from bot import secretfile
from bot.errors import ConfigError
from bot.secretfile import drop_oldest, is_private, load_secrets, read_secrets, rotate

TODAY, LATER = date(2026, 11, 25), date(2027, 11, 25)


def test_the_first_run_makes_a_secret_and_later_runs_read_it(tmp_path: Path) -> None:
    path = tmp_path / "quietline.key"
    secrets = load_secrets(path)
    assert [len(secret) for secret in secrets] == [32]
    assert load_secrets(path) == secrets
    assert load_secrets(tmp_path / "other.key") != secrets
    assert sorted(file.name for file in tmp_path.iterdir()) == ["other.key", "quietline.key"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_the_secret_is_readable_by_the_bots_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_secrets(tmp_path / "quietline.key")
    finally:
        os.umask(before)
    assert (tmp_path / "quietline.key").stat().st_mode & 0o777 == 0o600


def test_first_runs_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        found = set(pool.map(load_secrets, [tmp_path / "quietline.key"] * 32))
    assert len(found) == 1


def test_a_file_system_without_links_gets_a_secret_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    first = load_secrets(tmp_path / "quietline.key")
    assert load_secrets(tmp_path / "quietline.key") == first
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
        load_secrets(path)
    assert str(caught.value).startswith(f"secret_file: {path} {told}; restore it from your backup")
    assert path.read_bytes() == content


def test_a_secret_that_cannot_be_read_or_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"secret_file: .*Is a directory|secret_file: .*Permission denied"):
        load_secrets(tmp_path)
    with pytest.raises(ConfigError, match=r"secret_file: .*No such file or directory; let the bot's user"):
        load_secrets(tmp_path / "no" / "quietline.key")


def test_a_new_secret_comes_first_and_every_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "quietline.key"
    (first,) = load_secrets(path)
    assert rotate(path, TODAY) == 2
    assert rotate(path, LATER) == 3
    newest, middle, oldest = read_secrets(path)
    assert oldest.value == first
    assert (newest.made, middle.made, oldest.made) == (LATER, TODAY, None)
    assert load_secrets(path) == (newest.value, middle.value, first)
    assert len({newest.value, middle.value, first}) == 3
    assert [file.name for file in tmp_path.iterdir()] == ["quietline.key"]
    assert first.hex() not in repr(oldest)


def test_the_oldest_is_dropped_but_never_the_last(tmp_path: Path) -> None:
    path = tmp_path / "quietline.key"
    load_secrets(path)
    rotate(path, TODAY)
    newest = load_secrets(path)[0]
    assert drop_oldest(path) == 1
    assert load_secrets(path) == (newest,)
    with pytest.raises(ConfigError, match="holds one secret, and it is in use"):
        drop_oldest(path)
    assert load_secrets(path) == (newest,)
    assert [file.name for file in tmp_path.iterdir()] == ["quietline.key"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_file_that_others_could_read_is_private_after_a_rotation(tmp_path: Path) -> None:
    path = tmp_path / "quietline.key"
    load_secrets(path)
    path.chmod(0o644)
    assert not is_private(path)
    rotate(path, TODAY)
    assert path.stat().st_mode & 0o777 == 0o600
    assert is_private(path)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_what_a_link_leads_to_is_changed_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    real, link = tmp_path / "elsewhere" / "real.key", tmp_path / "quietline.key"
    load_secrets(real)
    link.symlink_to(real)
    rotate(link, TODAY)
    assert link.is_symlink()
    assert len(load_secrets(real)) == 2


@pytest.mark.parametrize("at", ["_write", "read_secrets", "Path.replace", "os.fsync"])
def test_whatever_fails_the_file_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    path = tmp_path / "quietline.key"
    load_secrets(path)
    before = path.read_bytes()

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(f"bot.secretfile.{at}", fails)
        with pytest.raises(ConfigError, match="No space left on device"):
            rotate(path, TODAY)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["quietline.key"]


@pytest.mark.parametrize("at", ["os.fsync", "Path.replace"])
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_rotation_that_is_killed_loses_nothing_and_the_next_one_says_so(tmp_path: Path, at: str) -> None:
    path = tmp_path / "quietline.key"
    before = load_secrets(path)

    def killed() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(f"bot.secretfile.{at}", lambda *_: os._exit(9))
            rotate(path, TODAY)

    process = multiprocessing.get_context("fork").Process(target=killed)
    process.start()
    process.join()
    assert process.exitcode == 9
    assert load_secrets(path) == before
    draft = tmp_path / f"quietline.key{secretfile.DRAFT}"
    with pytest.raises(
        ConfigError, match=r"quietline\.key\.new is there: another rotate-key is at work; if not"
    ):
        rotate(path, TODAY)
    assert draft.stat().st_mode & 0o777 == 0o600
    draft.unlink()
    assert rotate(path, TODAY) == 2
    assert load_secrets(path)[1:] == before


def test_of_rotations_at_once_none_loses_a_secret(tmp_path: Path) -> None:
    path = tmp_path / "quietline.key"
    load_secrets(path)

    def tried(_: int) -> int:
        try:
            return rotate(path, TODAY)
        except ConfigError:
            return 0

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        made = [count for count in pool.map(tried, range(32)) if count]
    assert sorted(made) == list(range(2, len(made) + 2))
    assert len(set(load_secrets(path))) == len(made) + 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ab" * 31, "line 3 holds 31 bytes instead of 32"),
        ("xy" * 32, "line 3 is not written in hex digits"),
        ("ab" * 32 + " yesterday", "line 3 has more after the secret than a day such as 2026-11-25"),
        ("ab" * 32 + " 2026-02-30", "line 3 has more after the secret than a day"),
        ("ab" * 32 + " 2026-02-03 x", "line 3 has more after the secret than a day"),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "quietline.key"
    path.write_text(f"{'cd' * 32} 2026-11-25\n\n{line}\n{'ef' * 32}\n", "ascii")
    before = path.read_bytes()
    for action in (load_secrets, lambda it: rotate(it, TODAY), drop_oldest):
        with pytest.raises(ConfigError) as caught:
            action(path)
        assert str(caught.value).startswith(f"secret_file: {path}: {told}")
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["quietline.key"]
