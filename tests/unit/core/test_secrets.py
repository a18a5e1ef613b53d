"""Keyed hashes and encryption, with one data key and while another replaces it."""

import base64

import pytest

from quiz.core.secrets import CannotDecrypt, Keyring

OLD, NEW, OTHER = (f"a data key of the tests, number {n}, long enough" for n in (1, 2, 3))
PHONE, ROW = "+84901234567", "entries.phone 1:2"


def test_equal_phones_have_equal_indexes_and_different_ciphers():
    ring = Keyring(OLD)
    assert ring.blind_index("phone:1", PHONE) == ring.blind_index("phone:1", PHONE)
    assert ring.blind_index("phone:1", PHONE) != ring.blind_index("phone:2", PHONE)
    assert ring.encrypt("phone", PHONE, ROW) != ring.encrypt("phone", PHONE, ROW)
    assert len(ring.blind_index("phone:1", PHONE)) == 32


@pytest.mark.parametrize("purpose, context", [("phone", "entries.phone 1:3"), ("mail", ROW), ("phone", "")])
def test_another_row_or_purpose_does_not_open(purpose, context):
    ring = Keyring(OLD)
    with pytest.raises(CannotDecrypt):
        ring.decrypt(purpose, ring.encrypt("phone", PHONE, ROW), context)


def test_an_altered_text_does_not_open():
    ring = Keyring(OLD)
    raw = bytearray(base64.urlsafe_b64decode(ring.encrypt("phone", PHONE, ROW)))
    for place in range(len(raw)):
        changed = bytes(byte ^ (1 if at == place else 0) for at, byte in enumerate(raw))
        with pytest.raises(CannotDecrypt):
            ring.decrypt("phone", base64.urlsafe_b64encode(changed).decode(), ROW)


def test_while_a_key_is_replaced_both_open_and_find():
    before, during, after = Keyring(OLD), Keyring(NEW, [OLD]), Keyring(NEW)
    sealed, index = before.encrypt("phone", PHONE, ROW), before.blind_index("phone:1", PHONE)
    assert during.decrypt("phone", sealed, ROW) == PHONE
    assert index in during.blind_indexes("phone:1", PHONE)
    assert during.blind_indexes("phone:1", PHONE)[0] == during.blind_index("phone:1", PHONE)
    assert (during.has_older, after.has_older) == (True, False)
    with pytest.raises(CannotDecrypt, match="unknown key"):
        after.decrypt("phone", sealed, ROW)


def test_renewing_needs_the_older_key_only_once():
    sealed = Keyring(OLD).encrypt("phone", PHONE, ROW)
    during, after = Keyring(NEW, [OLD]), Keyring(NEW)
    assert not during.is_current(sealed)
    renewed = during.renewed("phone", sealed, ROW)
    assert during.is_current(renewed)
    assert during.renewed("phone", renewed, ROW) == renewed
    assert after.decrypt("phone", renewed, ROW) == PHONE
    with pytest.raises(CannotDecrypt):
        Keyring(OTHER).decrypt("phone", renewed, ROW)


def test_texts_that_do_not_name_their_key_open_with_any_known_one():
    """Sealed by the first release."""
    old, during = Keyring(OLD), Keyring(NEW, [OLD])
    nonce = b"123456789012"
    sealed = b"\x01" + nonce + old._key.cipher("phone").encrypt(nonce, PHONE.encode(), ROW.encode())
    text = base64.urlsafe_b64encode(sealed).decode()
    assert old.decrypt("phone", text, ROW) == during.decrypt("phone", text, ROW) == PHONE
    assert not old.is_current(text)
    with pytest.raises(CannotDecrypt):
        during.decrypt("phone", text, "entries.phone 1:3")


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="32"):
        Keyring(NEW, ["short"])
