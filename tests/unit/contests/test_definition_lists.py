"""[[lists]]: what the form means, and what is refused with its line."""

import pytest

from quiz.contests.definition import ListDefinition, Prize, Take, parse_definition
from quiz.scoring.ranking import Counts, Criterion
from tests.support.definitions import SMALL, refused

ROUND = """
[[rounds]]
number = 2
opens_at = 2026-11-23T10:00:00
closes_at = 2026-11-30T09:00:00
minutes = 10
practice = {practice}
paper = {{ bank = "lich-su", matrix = [{{ count = 10 }}] }}
"""


def with_lists(text: str, practice: bool = False) -> str:
    return SMALL + ROUND.format(practice=str(practice).lower()) + "\n" + text


def test_two_lines_make_a_list() -> None:
    text = '[[lists]]\nname = "Chung cuộc"\nrounds = [1, 2]\n'
    (found,) = parse_definition(with_lists(text)).lists
    assert found == ListDefinition(1, "Chung cuộc", (1, 2))
    assert found.ranking == (Criterion.CORRECT_COUNT, Criterion.DURATION, Criterion.ATTEMPTS)


def test_everything_can_be_said() -> None:
    text = """[[lists]]
number = 4
name = "Tháng 11"
rounds = [2, 1]
take = "best"
counts = "first"
ranking = ["all_correct", "submitted_at"]
min_rounds = 2
publish = "after_publication"
prizes = [{ name = "Nhất", count = 2 }]
"""
    (found,) = parse_definition(with_lists(text)).lists
    assert (found.number, found.take, found.counts) == (4, Take.BEST, Counts.FIRST)
    assert (found.min_rounds, found.prizes) == (2, (Prize("Nhất", 2),))


@pytest.mark.parametrize(
    "line,key,message",
    [
        ("rounds = [1, 3]", "lists[1].rounds[2]", "Không có vòng 3."),
        ("rounds = [1, 1]", "lists[1].rounds[2]", "“rounds” không nhận “1”."),
        ("rounds = []", "lists[1].rounds", "Bảng chung chưa có vòng nào."),
        ('rounds = ["1"]', "lists[1].rounds[1]", "“rounds” không nhận “1”."),
        ("rounds = [1]\nmin_rounds = 2", "lists[1].min_rounds", "Cần 2 vòng nhưng bảng chung chỉ có 1."),
        (
            'rounds = [1]\nranking = ["prediction_error"]',
            "lists[1].rounds[1]",
            "Xếp hạng theo “prediction_error” nhưng vòng 1 không có câu dự đoán.",
        ),
        (
            'rounds = [1]\nranking = ["score", "prediction_not_above"]',
            "lists[1].ranking",
            "Bảng chung không xét dự đoán thấp hay cao hơn.",
        ),
    ],
)
def test_what_does_not_agree_is_named(line: str, key: str, message: str) -> None:
    found = refused(with_lists(f'[[lists]]\nname = "Chung"\n{line}\n'))
    assert [(one[1], one[2]) for one in found] == [(key, message)]


def test_a_practice_round_is_in_no_list() -> None:
    found = refused(with_lists('[[lists]]\nname = "Chung"\nrounds = [1, 2]\n', practice=True))
    assert [one[2] for one in found] == ["Vòng 2 là vòng thi thử."]
