"""Browsers that have signed in before are known by a mark that nobody can make."""

from quiz.accounts.devices import known_token, new_mark, with_mark
from quiz.core.secrets import Keyring

KEYRING = Keyring("data key of the tests, 9876543210")
OTHER = Keyring("another data key, 01234567890123456")


def test_a_mark_is_known_for_its_account_only() -> None:
    mark = new_mark(KEYRING, "ha.nguyen")
    assert known_token(KEYRING, "ha.nguyen", mark) == mark.split(".")[0]
    assert known_token(KEYRING, "dung.cam", mark) is None
    assert known_token(OTHER, "ha.nguyen", mark) is None


def test_forged_marks_are_nothing() -> None:
    for marks in ("", "x", ".", "a.b", "~~~", "a." + "0" * 32, "é.ü", new_mark(OTHER, "ha.nguyen")):
        assert known_token(KEYRING, "ha.nguyen", marks) is None


def test_a_browser_remembers_four_accounts() -> None:
    marks = ""
    for name in ("a", "b", "c", "d", "e"):
        marks = with_mark(KEYRING, name, marks)
    assert [known_token(KEYRING, name, marks) is not None for name in "abcde"] == [False] + [True] * 4


def test_a_known_browser_keeps_its_mark() -> None:
    marks = with_mark(KEYRING, "a", "")
    assert with_mark(KEYRING, "a", marks) == marks
