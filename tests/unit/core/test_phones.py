"""Phone numbers: one stored form for every way of typing, and words for what is wrong."""

import pytest

from quiz.core.phones import PhoneProblem, mask_phone, national_form, normalise_phone


@pytest.mark.parametrize(
    "typed",
    [
        "0901234567",
        "090 123 4567",
        "090.123.4567",
        "090-123-4567",
        "(090) 123 4567",
        " 0901234567 ",
        "+84901234567",
        "+84 90 123 45 67",
        "+84 0901234567",
        "84901234567",
        "84 901 234 567",
        "0084901234567",
        "0901\u00a0234\u2011567",
        "\uff10901234567",  # full-width zero
    ],
)
def test_one_number_typed_in_many_ways(typed: str) -> None:
    assert normalise_phone(typed) == "+84901234567"


@pytest.mark.parametrize(
    "old,new",
    [
        ("01201234567", "+84701234567"),
        ("01211234567", "+84791234567"),
        ("01221234567", "+84771234567"),
        ("01261234567", "+84761234567"),
        ("01281234567", "+84781234567"),
        ("01231234567", "+84831234567"),
        ("01241234567", "+84841234567"),
        ("01251234567", "+84851234567"),
        ("01271234567", "+84811234567"),
        ("01291234567", "+84821234567"),
        ("01621234567", "+84321234567"),
        ("01631234567", "+84331234567"),
        ("01661234567", "+84361234567"),
        ("01691234567", "+84391234567"),
        ("01861234567", "+84561234567"),
        ("01881234567", "+84581234567"),
        ("01991234567", "+84591234567"),
        ("+841691234567", "+84391234567"),
        ("841691234567", "+84391234567"),
    ],
)
def test_numbers_of_before_2018_become_todays(old: str, new: str) -> None:
    assert normalise_phone(old) == new


def test_a_number_that_begins_with_084_is_no_country_code() -> None:
    assert normalise_phone("0841234567") == "+84841234567"
    assert normalise_phone("+84841234567") == "+84841234567"


@pytest.mark.parametrize(
    "typed,code,digits",
    [
        ("", "empty", 0),
        (" . - ", "empty", 0),
        ("khong co", "letters", 0),
        ("0901234567x", "letters", 0),
        ("O901234567", "letters", 0),
        ("09+1234567", "letters", 0),
        ("090123456", "too_short", 9),
        ("901234567", "too_short", 9),  # a spreadsheet has eaten the zero
        ("+8490123456", "too_short", 9),
        ("113", "too_short", 3),
        ("09012345678", "too_long", 11),
        ("+849012345678", "too_long", 11),
        ("0901234567 0912345678", "too_long", 20),
        ("02123852345", "not_mobile", 11),  # a desk phone in Sơn La
        ("0212385234", "not_mobile", 10),
        ("0101234567", "not_mobile", 10),
        ("9012345678", "not_mobile", 10),
        ("+8562012345678", "not_mobile", 13),  # Laos
    ],
)
def test_what_is_wrong_has_a_code(typed: str, code: str, digits: int) -> None:
    with pytest.raises(PhoneProblem) as caught:
        normalise_phone(typed)
    assert (caught.value.code, caught.value.digits) == (code, digits)


def test_forms_for_showing() -> None:
    assert national_form("+84901234567") == "0901234567"
    assert mask_phone("+84901234567") == "09•• ••• 567"
