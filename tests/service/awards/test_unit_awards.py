"""Collective prizes: worked out with the round, decided and checked by people, given out with papers."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from quiz.awards import certifying, printing, service, unit_service
from quiz.awards.certifying import UNIT
from quiz.awards.errors import AwardsRefused
from quiz.awards.models import UnitAwardCheck
from quiz.awards.report import Asked, report_paper
from quiz.awards.unit_pages import public_units, unit_awards_page
from quiz.awards.unit_prizes import judged_units
from quiz.contests.definition import CollectiveDefinition, Prize
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_round, list_units
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.organiser.rounds import move_round
from quiz.scoring.collective import Component, Formula, Measure, Over, PrizePoints
from quiz.standings.fingerprints import results_basis
from quiz.standings.prizes import list_unit_awards
from tests.support.factories import KEYRING, NOW, make_entry, unit_id
from tests.support.lists import listed_contest, play
from tests.support.staff import ACTOR

FOR = {"actor": ACTOR, "now": NOW}
PRIZES = (Prize("Giải Nhất", 1, "2.000.000 đồng"), Prize("Giải Nhì", 1))
RULE = CollectiveDefinition("Tập thể xã", Formula.PARTICIPANTS, tie=(Measure.TOTAL_SCORE,), prizes=PRIZES)
TO_HIEU, MUONG_CHIEN = "03646", "03688"


def frozen(*rules: CollectiveDefinition, people: tuple[tuple[str, int], ...], rounds: int = 1) -> Contest:
    """Rounds that are frozen; each of the people plays all of them, with so many right answers."""
    contest = listed_contest(rounds=rounds, prizes=(Prize("Nhất", 1),))
    with transaction() as session:
        session.get_one(Contest, contest.id).collective_data = [rule.as_dict() for rule in rules]
    for number, (code, right) in enumerate(people, start=1):
        entry = make_entry(contest, number, unit_id=unit_id(contest, code))
        for round_number in range(1, rounds + 1):
            play(contest, entry.id, round_number, right)
    for number in range(1, rounds + 1):
        _move(contest, number, RoundAction.CLOSE, RoundAction.FREEZE)
    return contest


def _move(contest: Contest, number: int, *actions: RoundAction) -> None:
    for action in actions:
        move_round(contest, number, action, actor=ACTOR, now=NOW + timedelta(days=8), keyring=KEYRING)


def won(contest: Contest, number: int = 1) -> list[tuple[str, str, str]]:
    """Rule, name, prize, in order."""
    names = {unit.id: unit.name for unit in list_units(contest.id)}
    return [(one.rule, names[one.unit_id], one.prize) for one in list_unit_awards(contest.id, number)]


def test_units_are_ranked_checked_and_moved_up() -> None:
    contest = frozen(RULE, people=((TO_HIEU, 2), (MUONG_CHIEN, 3), (MUONG_CHIEN, 1)))
    assert [prize for _rule, *prize in won(contest)] == [
        ["Xã Mường Chiên", "Giải Nhất"],
        ["Phường Tô Hiệu", "Giải Nhì"],
    ]
    basis = results_basis(contest, get_round(contest, 1))
    first = unit_id(contest, MUONG_CHIEN)
    unit_service.check_unit(contest, 1, "Tập thể xã", first, ["figures"], "Đúng", **FOR)
    later = {"actor": replace(ACTOR, name="Người khác"), "now": NOW}
    unit_service.check_unit(contest, 1, "Tập thể xã", first, ["figures", "told"], "", **later)
    check = db.session.get_one(UnitAwardCheck, (contest.id, 1, "Tập thể xã", first))
    assert (check.figures_by, check.told_by, check.note) == (ACTOR.name, "Người khác", None)
    with pytest.raises(NotFound):
        unit_service.check_unit(contest, 1, "Khác", first, [], "", **FOR)
    unit_service.take_unit_out(contest, 1, "Tập thể xã", first, reason="Tự rút", **FOR)
    assert [prize for _rule, *prize in won(contest)] == [["Phường Tô Hiệu", "Giải Nhất"]]
    assert results_basis(contest, get_round(contest, 1)) != basis
    (ruling,) = unit_awards_page(contest, get_round(contest, 1)).rulings
    service.put_back(contest, 1, ruling.id, reason="Đã rút lại", **FOR)
    page = unit_awards_page(contest, get_round(contest, 1))
    assert (page.total, page.checked, page.is_current) == (2, 1, True)
    assert service.is_current(get_round(contest, 1), service.worked_out(get_round(contest, 1)))


def test_equal_units_wait_until_somebody_decides() -> None:
    contest = frozen(RULE, people=((TO_HIEU, 2), (MUONG_CHIEN, 2)))
    assert won(contest) == []
    (group,) = unit_awards_page(contest, get_round(contest, 1)).ties
    order = [unit_id(contest, MUONG_CHIEN), unit_id(contest, TO_HIEU)]
    with pytest.raises(AwardsRefused):
        unit_service.decide_unit_tie(contest, 1, "Khác", order, all_alike=False, reason="Bốc thăm", **FOR)
    unit_service.decide_unit_tie(contest, 1, group.rule, order, all_alike=False, reason="Bốc thăm", **FOR)
    assert [name for _rule, name, _prize in won(contest)] == ["Xã Mường Chiên", "Phường Tô Hiệu"]


def test_each_division_has_its_own_prizes_and_wrong_figures_have_none() -> None:
    rule = replace(RULE, formula=Formula.PARTICIPATION_RATE, divisions=True)
    contest = listed_contest(rounds=1)
    with transaction() as session:
        session.get_one(Contest, contest.id).collective_data = [rule.as_dict()]
        for code, division, headcount in ((TO_HIEU, "Khối phường", 10), (MUONG_CHIEN, "Khối xã", 1)):
            unit = session.get_one(ContestUnit, (contest.id, unit_id(contest, code)))
            unit.division, unit.headcount = division, headcount
    for number, code in enumerate((TO_HIEU, MUONG_CHIEN, MUONG_CHIEN), start=1):
        play(contest, make_entry(contest, number, unit_id=unit_id(contest, code)).id, 1, 2)
    _move(contest, 1, RoundAction.CLOSE, RoundAction.FREEZE)
    (board,) = unit_awards_page(contest, get_round(contest, 1)).boards
    assert (board.board, [line.name for line in board.lines]) == ("Khối phường", ["Phường Tô Hiệu"])


def test_prizes_over_rounds_come_with_the_last_and_count_what_was_decided() -> None:
    points = Component(Measure.PRIZE_POINTS, Decimal(1), prizes=(PrizePoints("Nhất", 10),))
    over_all = CollectiveDefinition(
        "Cả cuộc", Formula.SUM, components=(points,), tie=(), prizes=PRIZES[:1], over=Over.ALL
    )
    contest = frozen(over_all, people=((TO_HIEU, 4), (MUONG_CHIEN, 3)), rounds=2)
    assert won(contest, 1) == []
    assert won(contest, 2) == [("Cả cuộc", "Phường Tô Hiệu", "Giải Nhất")]
    for number in (1, 2):
        winner = service.worked_out(get_round(contest, number)).given[0].key
        service.take_out(contest, number, winner, reason="Khai sai", **FOR)
    assert won(contest, 2) == [("Cả cuộc", "Xã Mường Chiên", "Giải Nhất")]
    assert judged_units(contest, get_round(contest, 1)) == []


def test_papers_of_units() -> None:
    contest = frozen(RULE, people=((TO_HIEU, 2), (MUONG_CHIEN, 3), (MUONG_CHIEN, 1)))
    paper = report_paper(contest, get_round(contest, 1), Asked(), NOW)
    (table,) = [one for one in paper.tables if one.caption == "Tập thể xã"]
    assert table.rows == (
        ("1", "Xã Mường Chiên", "2", "2", "Giải Nhất (2.000.000 đồng)"),
        ("2", "Phường Tô Hiệu", "1", "1", "Giải Nhì"),
    )
    _move(contest, 1, RoundAction.PUBLISH)
    assert certifying.issue(contest, 1, UNIT, reason="Trao giải", **FOR) == (2, 2)
    assert certifying.issue(contest, 1, UNIT, reason="Trao giải", **FOR) == (0, 2)
    rows = certifying.list_valid(contest.id, 1, UNIT)
    people = printing.printed_people(contest, get_round(contest, 1), rows, base="")
    assert [(one["name"], one["prize"], one["notes"][0]) for one in people] == [
        ("Xã Mường Chiên", "đạt giải Nhất (Tập thể xã), Tuần 1", "Số: 00001/GK-BTC"),
        ("Phường Tô Hiệu", "đạt giải Nhì (Tập thể xã), Tuần 1", "Số: 00002/GK-BTC"),
    ]
    pdf = printing.print_certificates(contest, get_round(contest, 1), rows, base="", now=NOW)
    assert pdf.startswith(b"%PDF-")
    first = unit_id(contest, MUONG_CHIEN)
    unit_service.take_unit_out(contest, 1, "Tập thể xã", first, reason="Tự rút", **FOR)
    assert [(one.prize, one.units) for one in public_units(contest, get_round(contest, 1))] == [
        ("Giải Nhất", (("Phường Tô Hiệu", "Các xã"),))
    ]
    assert certifying.issue(contest, 1, UNIT, reason="Cấp lại", **FOR) == (1, 1)
    assert [one.withdrawn_at is None for one in rows] == [False, False]
