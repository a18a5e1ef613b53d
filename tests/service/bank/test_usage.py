"""How questions were used, and what the draw learns from it; on both databases."""

import pytest

from quiz.bank import browsing, queries
from quiz.bank.models import Bank
from quiz.bank.usage import record_usage
from quiz.bank.values import RoundUsage
from tests.support.factories import NOW, make_bank


@pytest.fixture
def bank() -> Bank:
    """A bank of three questions."""
    return make_bank(questions=3)


def counted(question_id: int, drawn: int, right: int, round_number: int = 1) -> RoundUsage:
    return RoundUsage(question_id, 7, round_number, "cuoc-thi", f"Tuần {round_number}", drawn, right)


def ids(bank: Bank) -> list[int]:
    return [browsing.get_question(bank.id, number)[0].id for number in (1, 2, 3)]


def facilities(bank: Bank) -> list[float | None]:
    return [item.facility for item in queries.pool(bank.id)]


def test_questions_are_balanced_once_they_were_drawn_often(bank: Bank) -> None:
    one, two, _three = ids(bank)
    record_usage([counted(one, 20, 5), counted(two, 29, 29)], NOW)
    assert facilities(bank) == [None, None, None], "too seldom to say"
    record_usage([counted(one, 20, 10, 2)], NOW)
    assert facilities(bank) == [15 / 40, None, None]


def test_a_round_counted_again_replaces_its_count(bank: Bank) -> None:
    one, two, _three = ids(bank)
    record_usage([counted(one, 30, 30), counted(two, 5, 1), counted(one, 4, 2, 2)], NOW)
    record_usage([counted(one, 40, 10)], NOW)
    usage = queries.usage_of(ids(bank))
    assert set(usage) == {one}
    assert (usage[one].drawn, usage[one].right_count) == (44, 12)
    assert [row.round_name for row in usage[one].rounds] == ["Tuần 2", "Tuần 1"]
    assert usage[one].facility == 12 / 44


def test_the_same_count_again_leaves_the_caches_alone(bank: Bank) -> None:
    rows = [counted(ids(bank)[0], 30, 30)]
    record_usage(rows, NOW)
    pool = queries.pool(bank.id)
    record_usage(rows, NOW)
    record_usage([], NOW)
    assert queries.pool(bank.id) is pool
