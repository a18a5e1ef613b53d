"""Numbers of identity papers."""

from datetime import date

import pytest

from quiz.core.genders import Gender
from quiz.core.national_ids import (
    CardFacts,
    Doubt,
    NationalIdProblem,
    card_facts,
    doubts,
    mask_national_id,
    normalise_national_id,
)


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


@pytest.mark.parametrize(
    "number,place,gender,year",
    [
        ("014162001234", 14, Gender.FEMALE, 1962),
        ("014062001234", 14, Gender.MALE, 1962),
        ("020208001234", 20, Gender.MALE, 2008),
        ("020308001234", 20, Gender.FEMALE, 2008),
        ("118199001234", 118, Gender.FEMALE, 1999),  # born abroad
    ],
)
def test_what_the_card_says(number: str, place: int, gender: Gender, year: int) -> None:
    assert card_facts(number) == CardFacts(place, gender, year)


TODAY = date(2026, 11, 22)
BORN = date(1962, 8, 15)


@pytest.mark.parametrize(
    "number,born,gender,found",
    [
        ("014162001234", BORN, Gender.FEMALE, ()),
        ("014162001234", BORN, None, ()),
        ("014162001234", None, None, ()),
        ("014162001234", BORN, Gender.OTHER, ()),
        ("014162001234", BORN, Gender.MALE, (Doubt.GENDER,)),
        ("014162001234", date(1926, 8, 15), Gender.FEMALE, (Doubt.BIRTH_YEAR,)),
        ("003162001234", BORN, Gender.FEMALE, (Doubt.PLACE,)),
        ("000062001234", BORN, Gender.FEMALE, (Doubt.PLACE, Doubt.GENDER)),
        ("118162001234", BORN, Gender.FEMALE, ()),
        ("014262001234", None, None, (Doubt.BIRTH_YEAR,)),  # 2062 has not come
        ("050123456", BORN, Gender.FEMALE, ()),  # older cards and passports say nothing
        ("B1234567", BORN, Gender.FEMALE, ()),
    ],
)
def test_doubts(number: str, born: date | None, gender: Gender | None, found: tuple[Doubt, ...]) -> None:
    assert doubts(number, birth_date=born, gender=gender, today=TODAY) == found
