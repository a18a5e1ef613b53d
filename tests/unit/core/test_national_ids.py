"""Numbers of identity papers."""

import pytest

from quiz.core.national_ids import NationalIdProblem, mask_national_id, normalise_national_id


@pytest.mark.parametrize(
    "typed,number",
    [
        ("014090001234", "014090001234"),
        (" 014 090 001 234 ", "014090001234"),
        ("014.090.001.234", "014090001234"),
        ("050123456", "050123456"),
        ("b1234567", "B1234567"),
        ("C12345678", "C12345678"),
    ],
)
def test_numbers_are_stored_in_one_form(typed: str, number: str) -> None:
    assert normalise_national_id(typed) == number


@pytest.mark.parametrize(
    "typed,code",
    [
        ("", "empty"),
        ("01409000123", "wrong_length"),
        ("0140900012345", "wrong_length"),
        ("không có", "not_a_number"),
        ("AB1234567", "not_a_number"),
    ],
)
def test_what_is_no_number(typed: str, code: str) -> None:
    with pytest.raises(NationalIdProblem) as caught:
        normalise_national_id(typed)
    assert caught.value.code == code


def test_three_digits_are_shown() -> None:
    assert mask_national_id("014090001234") == "•••••••••234"
