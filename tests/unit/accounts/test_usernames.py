"""Names to sign in with."""

import pytest

from quiz.accounts.usernames import clean_username, is_username


@pytest.mark.parametrize(
    "name, fits",
    [
        ("ha.nguyen", True),
        ("xa-muong-la", True),
        ("btc2026", True),
        ("a_b", True),
        ("a" * 40, True),
        ("ab", False),
        ("a" * 41, False),
        ("Hà", False),
        ("ha nguyen", False),
        (".ha", False),
        ("ha.", False),
        ("ha@so", False),
        ("", False),
        ("ha\nnguyen", False),
    ],
)
def test_which_names_fit(name: str, fits: bool) -> None:
    assert is_username(name) is fits


def test_capitals_and_blanks_do_not_matter() -> None:
    assert clean_username("  Ha.Nguyen ") == clean_username("ｈａ.nguyen") == "ha.nguyen"
