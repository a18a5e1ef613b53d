"""Prizes of a combined list: with the last of its rounds, decided, checked and given out by themselves."""

from datetime import timedelta

import pytest

from quiz.awards import certifying, printing, service
from quiz.awards.certifying import PARTICIPANT, WINNER
from quiz.awards.errors import AwardsRefused
from quiz.awards.pages import awards_page, public_winners
from quiz.awards.prized import prized
from quiz.awards.report import Asked, people_table, report_paper
from quiz.awards.service import Checked
from quiz.contests.definition import CollectiveDefinition, ListDefinition, Prize
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_list, get_round, list_counting_rounds
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.entries.queries import list_entries
from quiz.organiser.rounds import move_round
from quiz.scoring.collective import Component, Formula, Measure, Over, PrizePoints
from quiz.scoring.ranking import Criterion
from quiz.standings.boards import people_slice
from quiz.standings.fingerprints import results_basis
from quiz.standings.prizes import find_award_list, list_awards, list_unit_awards
from quiz.standings.scopes import list_scope
from tests.support.factories import KEYRING, NOW, make_entry, unit_id
from tests.support.lists import listed_contest, play
from tests.support.staff import ACTOR

FOR = {"actor": ACTOR, "now": NOW}
LIST = ListDefinition(
    1,
    "Chung cuộc",
    (1, 2),
    ranking=(Criterion.CORRECT_COUNT,),
    prizes=(Prize("Giải Nhất", 1, "5.000.000 đồng"), Prize("Giải Nhì", 1)),
)
LATER = NOW + timedelta(days=8)


def played(*scores: tuple[int, int]) -> Contest:
    """Two rounds of which the first has a prize of its own; a person for each pair of right answers."""
    contest = listed_contest(LIST, rounds=2, prizes=(Prize("Nhất tuần", 1),))
    for number, pair in enumerate(scores, start=1):
        entry = make_entry(contest, number)
        for round_number, right in enumerate(pair, start=1):
            play(contest, entry.id, round_number, right, seconds=60 + number)
    return contest


def move(contest: Contest, *steps: tuple[int, RoundAction]) -> None:
    for number, action in steps:
        move_round(contest, number, action, actor=ACTOR, now=LATER, keyring=KEYRING)


def freeze(contest: Contest, *numbers: int) -> None:
    for number in numbers:
        move(contest, (number, RoundAction.CLOSE), (number, RoundAction.FREEZE))


def won(contest: Contest) -> list[tuple[str, str]]:
    """The last letter of names, and prizes."""
    awards = list_awards(*prized(get_list(contest, 1)).key)
    names = {one.id: one.name[-1] for one in list_entries(contest.id, [one.entry_id for one in awards])}
    return [(names[one.entry_id], one.prize) for one in awards]


def entry_of(contest: Contest, rank: int) -> int:
    return list_awards(*prized(get_list(contest, 1)).key)[rank - 1].entry_id


def test_they_come_with_the_last_round_and_leave_the_rounds_prizes_alone() -> None:
    contest = played((4, 1), (3, 4), (2, 2))
    freeze(contest, 2)
    with pytest.raises(AwardsRefused):
        service.list_prizes(contest, 0, list_number=1, **FOR)
    freeze(contest, 1)
    assert won(contest) == [("2", "Giải Nhất"), ("1", "Giải Nhì")]
    assert [one.prize for one in list_awards(contest.id, 2)] == ["Nhất tuần"]
    basis = results_basis(contest, get_round(contest, 2))
    first = entry_of(contest, 1)
    service.take_out(contest, 0, first, list_number=1, reason="Không liên hệ được", **FOR)
    assert won(contest) == [("1", "Giải Nhất"), ("3", "Giải Nhì")]
    assert results_basis(contest, get_round(contest, 2)) != basis
    assert [one.entry_id for one in list_awards(contest.id, 2)] == [first]
    (ruling,) = awards_page(contest, get_list(contest, 1)).rulings
    with pytest.raises(NotFound):
        service.put_back(contest, 2, ruling.id, reason="Sai chỗ", **FOR)
    service.put_back(contest, 0, ruling.id, list_number=1, reason="Đã gặp", **FOR)
    assert won(contest) == [("2", "Giải Nhất"), ("1", "Giải Nhì")]


def test_equal_people_wait_and_checks_are_the_lists_own() -> None:
    contest = played((4, 1), (1, 4), (0, 0))
    freeze(contest, 1, 2)
    assert won(contest) == []
    page = awards_page(contest, get_list(contest, 1))
    (group,) = page.ties
    order = sorted((key for key, _name, _unit in group.people), reverse=True)
    service.decide_tie(
        contest, 0, order, list_number=1, all_alike=False, reason="Bốc thăm", actor=ACTOR, now=NOW
    )
    assert [one.entry_id for one in list_awards(contest.id, 2, 1)] == order
    service.check_winner(contest, 0, order[0], Checked(True, True, True), list_number=1, **FOR)
    page = awards_page(contest, get_list(contest, 1))
    assert (page.checked, page.total, page.is_current, page.place) == (1, 2, True, {"list_number": 1})
    assert awards_page(contest, get_round(contest, 2)).checked == 0


def test_published_with_the_last_round_on_boards_lists_and_papers() -> None:
    contest = played((4, 1), (3, 4), (2, 2))
    freeze(contest, 1, 2)
    list_ = get_list(contest, 1)
    service.take_out(contest, 0, entry_of(contest, 1), list_number=1, reason="Khai sai", **FOR)
    move(contest, (1, RoundAction.PUBLISH))
    with pytest.raises(AwardsRefused):
        certifying.issue(contest, 0, WINNER, list_number=1, reason="Trao giải", **FOR)
    move(contest, (2, RoundAction.PUBLISH))
    board = people_slice(contest, list_scope(list_, list_counting_rounds(contest), LATER), now=LATER)
    assert [row.prize for row in board.rows] == [None, "Giải Nhất", "Giải Nhì"]
    public = public_winners(contest, list_, LATER)
    assert [(prize, people[0].name) for _name, prize, people in public] == [
        ("Giải Nhất", "Lò Thị Hương 1"),
        ("Giải Nhì", "Lò Thị Hương 3"),
    ]
    assert certifying.issue(contest, 0, WINNER, list_number=1, reason="Trao giải", **FOR) == (2, 2)
    assert certifying.issue(contest, 2, WINNER, reason="Trao giải", **FOR) == (1, 1)
    assert certifying.issue(contest, 0, PARTICIPANT, list_number=1, reason="Cảm ơn", **FOR) == (3, 3)
    rows = certifying.list_valid(contest.id, 2, WINNER, list_number=1)
    people = printing.printed_people(contest, get_round(contest, 2), rows, base="")
    assert [(one["name"], one["prize"]) for one in people] == [
        ("Lò Thị Hương 1", "đạt giải Nhất, Chung cuộc"),
        ("Lò Thị Hương 3", "đạt giải Nhì, Chung cuộc"),
    ]
    paper = report_paper(contest, list_, Asked(), LATER)
    assert "(Tuần 1, Tuần 2, từ" in paper.opening[0]
    assert paper.sections[0].paragraphs == ("Có 3 người có kết quả ở Chung cuộc.",)
    (table,) = paper.tables
    assert [(row[1], row[5]) for row in table.rows] == [
        ("Lò Thị Hương 1", "Giải Nhất (5.000.000 đồng)"),
        ("Lò Thị Hương 3", "Giải Nhì"),
    ]
    assert [row[-1] for row in people_table(contest, list_, LATER).rows] == ["", "Giải Nhất", "Giải Nhì"]
    assert find_award_list(contest.id, 2, 1) is not None


def test_units_ranked_on_a_list_follow_its_decided_prizes() -> None:
    contest = listed_contest(LIST, rounds=2)
    points = Component(Measure.PRIZE_POINTS, prizes=(PrizePoints("Giải Nhất", 10),), of_list=1)
    rule = CollectiveDefinition(
        "Toàn cuộc", Formula.SUM, components=(points,), tie=(), prizes=(Prize("Cờ", 1),), over=Over.ALL
    )
    with transaction() as session:
        session.get_one(Contest, contest.id).collective_data = [rule.as_dict()]
    for number, code in enumerate(("03646", "03688"), start=1):
        entry = make_entry(contest, number, unit_id=unit_id(contest, code))
        for round_number in (1, 2):
            play(contest, entry.id, round_number, 4 - number)
    freeze(contest, 2, 1)
    service.list_prizes(contest, 2, **FOR)  # the last round was frozen before the first one
    names = {unit_id(contest, code): code for code in ("03646", "03688")}
    assert [names[one.unit_id] for one in list_unit_awards(contest.id, 2)] == ["03646"]
    service.take_out(contest, 0, entry_of(contest, 1), list_number=1, reason="Khai sai", **FOR)
    assert [names[one.unit_id] for one in list_unit_awards(contest.id, 2)] == ["03688"]
