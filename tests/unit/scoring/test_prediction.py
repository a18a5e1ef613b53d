"""Predicted numbers: typed, compared, hidden."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.scoring.prediction import (
    HIDDEN_COUNTERS,
    Counter,
    PredictionProblem,
    Target,
    actual_value,
    error,
    highest_for,
    parse_prediction,
)


@pytest.mark.parametrize(
    "typed,decimals,number",
    [
        ("3195", 0, "3195"),
        ("3.195", 0, "3195"),
        ("3,195", 0, "3195"),
        ("3 195", 0, "3195"),
        ("3\u00a0195", 0, "3195"),
        ("1.234.567", 0, "1234567"),
        (" 0 ", 0, "0"),
        ("007", 0, "7"),
        ("\uff13\uff11", 0, "31"),
        ("87,65432", 5, "87.65432"),
        ("87.65432", 5, "87.65432"),
        ("87,5 %", 5, "87.5"),
        ("87", 5, "87"),
        ("3.195", 5, "3.195"),  # with decimals the point is a decimal point
        ("1.234,5", 2, "1234.5"),
        ("0,00001", 5, "0.00001"),
    ],
)
def test_numbers_as_people_type_them(typed: str, decimals: int, number: str) -> None:
    assert parse_prediction(typed, decimals) == Decimal(number)


@pytest.mark.parametrize(
    "typed,decimals,code",
    [
        ("", 0, "empty"),
        ("  ", 2, "empty"),
        ("%", 2, "empty"),
        ("-5", 0, "negative"),
        ("\u22125", 2, "negative"),
        ("nhiều", 0, "not_a_number"),
        ("3195 người", 0, "not_a_number"),
        ("1e5", 0, "not_a_number"),
        ("\u0663\u0661", 0, "not_a_number"),
        ("3..195", 0, "not_a_number"),
        ("1.234,567.890", 0, "not_a_number"),
        ("1.23.456", 0, "not_a_number"),
        ("3,5", 0, "not_whole"),
        ("31.95", 0, "not_whole"),
        ("0.195", 0, "not_whole"),
        ("87,654321", 5, "too_many_decimals"),
        ("1.234,567", 2, "too_many_decimals"),
        ("1000000000", 0, "too_large"),
        ("9" * 200, 0, "too_large"),
    ],
)
def test_what_is_no_prediction(typed: str, decimals: int, code: str) -> None:
    with pytest.raises(PredictionProblem) as caught:
        parse_prediction(typed, decimals)
    assert caught.value.code == code


def test_more_than_a_hundred_percent_is_refused() -> None:
    highest = highest_for(Target.PERCENT_ALL_CORRECT)
    assert parse_prediction("100", 5, highest=highest) == 100
    with pytest.raises(PredictionProblem, match="too_large"):
        parse_prediction("100,1", 5, highest=highest)


@given(st.text(max_size=30), st.integers(0, 5))
def test_any_text_gives_a_number_or_a_problem(typed: str, decimals: int) -> None:
    try:
        number = parse_prediction(typed, decimals)
    except PredictionProblem:
        return
    assert 0 <= number < 10**9
    assert number == round(number, decimals)


@given(st.integers(0, 999_999_999))
def test_a_number_written_with_points_is_read_back(number: int) -> None:
    assert parse_prediction(f"{number:,}".replace(",", "."), 0) == number


@pytest.mark.parametrize(
    "predicted,off",
    [("3195", "0"), ("3190", "5"), ("3200", "5"), ("3201", "6"), ("3213", "18"), ("0", "3195")],
)
def test_the_distance_is_the_same_above_and_below(predicted: str, off: str) -> None:
    assert error(Decimal(predicted), Decimal(3195)) == Decimal(off)


@pytest.mark.parametrize(
    "target,decimals,actual",
    [
        (Target.PEOPLE_ALL_CORRECT, 0, "2"),
        (Target.PARTICIPANTS, 0, "3"),
        (Target.ATTEMPTS, 0, "9"),
        (Target.PERCENT_ALL_CORRECT, 5, "66.66667"),
        (Target.PERCENT_ALL_CORRECT, 0, "67"),
    ],
)
def test_the_number_that_came_true(target: Target, decimals: int, actual: str) -> None:
    came_true = actual_value(target, people_all_correct=2, participants=3, attempts=9, decimals=decimals)
    assert came_true == Decimal(actual)


def test_a_percentage_of_nobody_is_nothing() -> None:
    assert actual_value(
        Target.PERCENT_ALL_CORRECT, people_all_correct=0, participants=0, attempts=0, decimals=2
    ) == Decimal(0)


@pytest.mark.parametrize("target", list(Target))
def test_the_predicted_counter_itself_is_always_hidden(target: Target) -> None:
    assert Counter(target.value) in HIDDEN_COUNTERS[target]


def test_a_rate_gives_the_number_of_participants_away() -> None:
    assert Counter.PARTICIPATION_RATE in HIDDEN_COUNTERS[Target.PARTICIPANTS]
    assert Counter.ATTEMPTS not in HIDDEN_COUNTERS[Target.PARTICIPANTS]
