"""Are people unrecognisable without the secret?"""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from bot.privacy import Pseudonyms, Sealer

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


def test_the_newest_secret_names_and_all_of_them_find() -> None:
    both = Pseudonyms(OTHER, SECRET)
    old, new = Pseudonyms(SECRET), Pseudonyms(OTHER)
    for where in ((), ("7",)):
        args = ("cooldown", "x", "42", *where)
        assert both.key(*args) == new.key(*args)
        assert both.keys(*args) == (new.key(*args), old.key(*args))
    assert set(both.of_person("x", "42", keep_opt_out=False)) == {
        one.key(purpose, "x", "42") for one in (old, new) for purpose in ("optout", "cooldown", "outbox")
    }
    assert old.key("optout", "x", "42") not in both.of_person("x", "42", keep_opt_out=True)
