"""Addresses of electronic mail."""

import pytest

from quiz.core.emails import EmailProblem, mask_email, normalise_email


@pytest.mark.parametrize(
    "typed,stored",
    [
        ("huong@example.com", "huong@example.com"),
        ("  Huong.Lo@Example.COM ", "huong.lo@example.com"),
        ("lo_thi+thi@truong-thpt.edu.vn", "lo_thi+thi@truong-thpt.edu.vn"),
        ("ｈｕｏｎｇ＠example.com", "huong@example.com"),  # full-width letters of some keyboards
    ],
)
def test_addresses_are_stored_in_one_form(typed: str, stored: str) -> None:
    assert normalise_email(typed) == stored


@pytest.mark.parametrize(
    "typed,code",
    [
        ("", "empty"),
        ("   ", "empty"),
        ("huong.example.com", "no_at"),
        ("huong@example", "not_an_address"),
        ("huong@@example.com", "not_an_address"),
        ("hương@example.com", "not_an_address"),
        ("huong lo@example.com", "not_an_address"),
        ("huong@example..com", "not_an_address"),
        (".huong@example.com", "not_an_address"),
        (f"{'a' * 250}@example.com", "not_an_address"),
    ],
)
def test_what_is_no_address(typed: str, code: str) -> None:
    with pytest.raises(EmailProblem) as caught:
        normalise_email(typed)
    assert caught.value.code == code


def test_the_first_letter_and_the_server_are_shown() -> None:
    assert mask_email("huong@example.com") == "h•••@example.com"
