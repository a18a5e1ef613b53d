"""The further fields under one seal."""

import pytest

from quiz.core.genders import Gender
from quiz.core.secrets import CannotDecrypt, Keyring
from quiz.entries.extras import Extras, extras_in, seal, unseal

KEYRING = Keyring("data key of the tests, 9876543210")
FULL = Extras(Gender.FEMALE, "huong@example.com", "Bản Mòng, xã Mường Chiên", "Trường THPT Tô Hiệu")


def test_what_was_sealed_comes_back() -> None:
    sealed = seal(FULL, KEYRING, "1:2")
    assert sealed is not None
    assert "huong" not in sealed
    assert extras_in(unseal(sealed, KEYRING, "1:2")) == FULL


def test_nothing_stated_is_nothing_stored() -> None:
    assert seal(Extras(), KEYRING, "1:2") is None
    assert extras_in(unseal(None, KEYRING, "1:2")) == Extras()
    assert Extras().is_empty
    assert not FULL.is_empty


def test_what_stands_beside_is_kept() -> None:
    beside = {"representative": {"name": "Lò Văn Minh", "phone": "+84912345678"}, "email": "old@example.com"}
    kept = unseal(seal(FULL, KEYRING, "1:2", beside=beside), KEYRING, "1:2")
    assert kept["representative"]["name"] == "Lò Văn Minh"
    assert kept["email"] == "huong@example.com"


def test_a_seal_belongs_to_its_row() -> None:
    sealed = seal(FULL, KEYRING, "1:2")
    with pytest.raises(CannotDecrypt):
        unseal(sealed, KEYRING, "1:3")
