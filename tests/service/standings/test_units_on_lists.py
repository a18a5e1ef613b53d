"""Units ranked on combined lists, by hand: points of places, the list's prizes, least rounds, its time."""

from datetime import timedelta

import pytest

from quiz.contests.collective_labels import collective_sentences
from quiz.contests.definition import CollectiveDefinition, ListDefinition, Prize, PublishTime, Take
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest_by_id, get_list, get_round, list_counting_rounds, list_names
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.scoring.collective import Component, Formula, Measure, PrizePoints
from quiz.standings.boards import list_scope, round_scope, unit_slice
from tests.support.factories import NOW, make_entry, unit_id
from tests.support.lists import finish, listed_contest, play

TEN = tuple(range(10, 0, -1))
MONTH = ListDefinition(1, "Tháng 11", (1, 2), Take.BEST, prizes=(Prize("Nhất", 1), Prize("Nhì", 1)))
WHOLE = ListDefinition(2, "Chung cuộc", (1, 2, 3), min_rounds=2, publish=PublishTime.AFTER_CLOSE)
# C7 as Đồng Nai counts it at the end: places by people, right answers and attempts, each on a list.
C7 = CollectiveDefinition(
    "Đồng Nai",
    Formula.SUM,
    "xã, phường",
    components=(
        Component(Measure.PARTICIPANTS, points=TEN, of_list=1),
        Component(Measure.TOTAL_SCORE, points=TEN, of_list=2),
        Component(Measure.ATTEMPTS, points=TEN, of_list=1),
    ),
)
WINNERS = CollectiveDefinition(
    "Tháng",
    Formula.SUM,
    "xã, phường",
    components=(Component(Measure.PRIZE_POINTS, prizes=(PrizePoints("Nhất", 10), PrizePoints("Nhì", 8))),),
    of_list=1,
)
BEST = CollectiveDefinition(
    "Ba người", Formula.SUM, "xã, phường", components=(Component(Measure.MEAN_SCORE, best=2),), of_list=1
)


def _contest(*rules: CollectiveDefinition) -> Contest:
    """Right answers in rounds 1, 2, 3. Commune A: Hương 4 3 –, Lan 2 – –. Commune B: Minh 3 4 4."""
    contest = listed_contest(MONTH, WHOLE)
    with transaction():
        contest.collective_data = [rule.as_dict() for rule in rules]
    plan = (("03646", (4, 3, None)), ("03646", (2, None, None)), ("03688", (3, 4, 4)))
    for number, (unit, right) in enumerate(plan):
        entry = make_entry(contest, number, unit_id=unit_id(contest, unit))
        for week, count in enumerate(right, start=1):
            if count is not None:
                at = NOW + timedelta(minutes=10 * week)
                play(contest, entry.id, week, count, seconds=60 + number, at=at)
    return get_contest_by_id(contest.id)


def _board(contest: Contest, number: int = 1) -> list[tuple[str, int | None, str]] | None:
    forget_all()
    now = NOW + timedelta(days=2)
    round_ = get_round(contest, 1)
    found = unit_slice(contest, round_scope(round_, now), now=now, number=number)
    return [(row.code, row.rank, row.value) for row in found.rows] if found.may_rank else None


def test_points_of_places_over_several_lists(app_context: None) -> None:
    contest = _contest(C7)
    # The list over all rounds is shown after the last one has closed, and so is what is counted on it.
    assert _board(contest) is None
    finish(contest.id, 1, 2, 3)
    # month: A 2 people, 3 attempts; B 1 person, 2 attempts. All rounds, of those with two: A 7, B 11.
    assert _board(get_contest_by_id(contest.id)) == [("03646", 1, "29"), ("03688", 2, "28")]


def test_prizes_and_best_people_of_a_month(app_context: None) -> None:
    contest = _contest(WINNERS, BEST)
    assert _board(contest) == [("03646", 1, "0"), ("03688", 2, "0")]  # nobody has won before the end
    # of the best two: A (4 + 2) / 2, B (4 + 0) / 2
    assert _board(contest, 2) == [("03646", 1, "3"), ("03688", 2, "2")]
    finish(contest.id, 1, 2, 3)
    # Hương and Minh both have 4 of 4; Hương was quicker by a second
    assert _board(get_contest_by_id(contest.id)) == [("03646", 1, "10"), ("03688", 2, "8")]


def test_the_board_of_a_list_is_ranked_by_the_rule_that_counts_on_it(app_context: None) -> None:
    contest, now = _contest(C7, WINNERS, BEST), NOW + timedelta(days=2)
    month = list_scope(get_list(contest, 1), list_counting_rounds(contest), now)

    def shown(number: int | None) -> list[tuple[str, str, int | None]]:
        rows = unit_slice(contest, month, now=now, number=number).rows
        return [(row.code, row.value, row.people) for row in rows]

    assert shown(None) == [("03646", "0", 2), ("03688", "0", 1)]  # the first rule of the month: prizes
    assert shown(3) == [("03646", "3", 2), ("03688", "2", 1)]
    with pytest.raises(NotFound):
        shown(1)  # counts on several lists, and is no board of one of them
    whole = list_scope(get_list(contest, 2), list_counting_rounds(contest), now)
    assert not unit_slice(contest, whole, now=now).may_rank  # shown once all rounds have closed
    finish(contest.id, 1, 2, 3)
    forget_all()
    contest = get_contest_by_id(contest.id)
    whole = list_scope(get_list(contest, 2), list_counting_rounds(contest), now)
    # no rule counts on it: by people, of those who took part in two rounds
    assert [(row.code, row.value) for row in unit_slice(contest, whole, now=now).rows] == [
        ("03646", "1"),
        ("03688", "1"),
    ]


def test_in_words(app_context: None) -> None:
    contest = _contest(C7, WINNERS)
    names = list_names(contest)
    first = collective_sentences(C7, lists=names)
    assert "điểm thứ hạng theo số người dự thi trên bảng chung “Tháng 11”" in first[0]
    assert "tổng số câu đúng trên bảng chung “Chung cuộc”" in first[0]
    second = " ".join(collective_sentences(WINNERS, lists=names))
    assert "Tính theo bảng chung “Tháng 11”: mỗi người một lần" in second
    assert "Giải của bảng chung tính khi mọi vòng của bảng đã chốt kết quả." in second
