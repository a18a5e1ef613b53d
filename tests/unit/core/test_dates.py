"""Birth dates in three boxes, and ages."""

from datetime import date

import pytest

from quiz.core.dates import DateProblem, age_on, ages_on, parse_birth_date, parse_birth_year

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    "typed,birth",
    [
        (("2", "9", "1945"), date(1945, 9, 2)),
        (("02", "09", "1945"), date(1945, 9, 2)),
        ((" 2 ", "\uff19", "1945"), date(1945, 9, 2)),
        ((2, 9, 1945), date(1945, 9, 2)),
        (("29", "2", "2000"), date(2000, 2, 29)),
        (("16", "11", "2026"), TODAY),
        (("17", "11", "1905"), date(1905, 11, 17)),
    ],
)
def test_dates_as_people_type_them(typed: tuple[str | int, str | int, str | int], birth: date) -> None:
    assert parse_birth_date(*typed, today=TODAY) == birth


@pytest.mark.parametrize(
    "typed,code,boxes",
    [
        (("", "", ""), "empty", ("day", "month", "year")),
        (("1", None, "1990"), "empty", ("month",)),
        (("một", "1", "1990"), "not_a_number", ("day",)),
        (("-1", "1", "1990"), "not_a_number", ("day",)),
        (("1", "1.5", "19x0"), "not_a_number", ("month", "year")),
        (("1" * 5000, "1", "1990"), "not_a_number", ("day",)),
        (("1", "1", "62"), "year_digits", ("year",)),
        (("1", "1", "19620"), "year_digits", ("year",)),
        (("1", "13", "1990"), "month_range", ("month",)),
        (("1", "0", "1990"), "month_range", ("month",)),
        (("32", "1", "1990"), "day_range", ("day",)),
        (("0", "1", "1990"), "day_range", ("day",)),
        (("31", "4", "1990"), "no_such_day", ("day",)),
        (("29", "2", "1900"), "no_such_day", ("day",)),
        (("1", "1", "2062"), "future", ("year",)),
        (("17", "11", "2026"), "future", ("day", "month", "year")),
        (("1", "1", "1890"), "too_long_ago", ("year",)),
        (("1", "1", "0000"), "too_long_ago", ("year",)),
    ],
)
def test_what_is_no_birth_date(
    typed: tuple[str | None, str | None, str | None], code: str, boxes: tuple[str, ...]
) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_birth_date(*typed, today=TODAY)
    assert (caught.value.code, caught.value.boxes) == (code, boxes)


def test_the_last_day_of_the_month_is_told() -> None:
    with pytest.raises(DateProblem) as caught:
        parse_birth_date("30", "2", "2024", today=TODAY)
    assert caught.value.params["last"] == 29


@pytest.mark.parametrize(
    "birth,day,age",
    [
        (date(2012, 11, 16), date(2026, 11, 15), 13),
        (date(2012, 11, 16), date(2026, 11, 16), 14),
        (date(2012, 11, 16), date(2026, 12, 31), 14),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2026, 11, 16), date(2026, 11, 16), 0),
    ],
)
def test_full_years(birth: date, day: date, age: int) -> None:
    assert age_on(birth, day) == age


@pytest.mark.parametrize("typed", ["1962", " 1962 ", 1962])
def test_a_year_stands_as_its_first_day(typed: str | int) -> None:
    assert parse_birth_year(typed, TODAY) == date(1962, 1, 1)


@pytest.mark.parametrize(
    "typed,code",
    [
        ("", "empty_year"),
        (None, "empty_year"),
        ("62", "year_digits"),
        ("x", "not_a_number"),
        ("2027", "future"),
        ("1890", "too_long_ago"),
    ],
)
def test_what_is_no_birth_year(typed: str | None, code: str) -> None:
    with pytest.raises(DateProblem) as caught:
        parse_birth_year(typed, TODAY)
    assert (caught.value.code, caught.value.boxes) == (code, ("year",))


@pytest.mark.parametrize("only_year,ages", [(False, (64, 64)), (True, (63, 64))])
def test_a_year_leaves_two_ages_open(only_year: bool, ages: tuple[int, int]) -> None:
    assert ages_on(date(1962, 1, 1), TODAY, only_year=only_year) == ages
