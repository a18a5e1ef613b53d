"""Headcounts have a day and a history, units propose, boards follow at once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.collective import queries
from quiz.collective.errors import FactsRefused
from quiz.collective.service import Saved, decide_headcount, propose_headcount, save_facts
from quiz.collective.values import UnitFact
from quiz.contests.models import Contest
from quiz.contests.queries import find_unit
from quiz.core.database import db
from quiz.core.errors import NotFound
from tests.support.factories import NOW, make_bank, make_contest, unit_id

DAY = date(2026, 11, 1)
STAFF = {"staff_id": 7, "actor": Actor.system(), "now": NOW}


@pytest.fixture
def contest() -> Contest:
    """A contest with its snapshot."""
    make_bank()
    return make_contest()


def held(contest: Contest) -> tuple[int | None, date | None]:
    unit = find_unit(contest.id, "03646")
    assert unit is not None
    return unit.headcount, unit.headcount_on


def save(contest: Contest, fact: UnitFact, *, as_of: date = DAY, minutes: int = 0) -> Saved:
    now = NOW + timedelta(minutes=minutes)
    return save_facts(contest, [fact], round_number=1, as_of=as_of, staff_id=7, actor=Actor.system(), now=now)


def test_the_newest_day_counts_and_the_history_stays(contest: Contest) -> None:
    assert held(contest) == (None, None)
    assert save(contest, UnitFact("03646", {"": 641})) == Saved(1, 0, 0)
    assert held(contest) == (641, DAY)
    save(contest, UnitFact("03646", {"": 600}), as_of=date(2026, 10, 1), minutes=1)  # an older day
    assert held(contest) == (641, DAY)
    save(contest, UnitFact("03646", {"": 650}), minutes=2)  # the same day, corrected
    assert held(contest) == (650, DAY)
    assert save(contest, UnitFact("03646", {"": 650}), minutes=3) == Saved(0, 0, 0)
    history = queries.list_history(contest.id, unit_id(contest))
    assert [(row.people, row.staff_id) for row in history] == [(650, 7), (600, 7), (641, 7)]


def test_people_of_a_category_are_not_the_unit(contest: Contest) -> None:
    save(contest, UnitFact("03646", {"can-bo": 12}))
    assert held(contest) == (None, None)
    assert queries.group_headcounts(contest.id, ["can-bo"]) == {(unit_id(contest), "can-bo"): 12}


def test_targets_and_merit(contest: Contest) -> None:
    fact = UnitFact("03646", {}, 100, 300, Decimal("8.5"), "Tổ chức tốt")
    assert save(contest, fact) == Saved(0, 1, 1)
    assert save(contest, fact) == Saved(0, 0, 0)
    save(contest, UnitFact("03646", {}, None, 0))  # nought takes one away, silence leaves the other
    target = queries.list_targets(contest.id, 1)[unit_id(contest)]
    assert (target.people, target.attempts) == (100, None)
    assert queries.list_targets(contest.id, 0) == {}
    assert queries.merit_points(contest.id) == {unit_id(contest): Decimal("8.5")}


def test_all_or_nothing_and_never_from_the_future(contest: Contest) -> None:
    facts = [UnitFact("03646", {"": 641}), UnitFact("nowhere", {"": 1})]
    with pytest.raises(NotFound):
        save_facts(contest, facts, round_number=1, as_of=DAY, **STAFF)  # type: ignore[arg-type]
    db.session.rollback()
    assert held(contest) == (None, None)
    with pytest.raises(FactsRefused, match="headcount_in_future"):
        save(contest, facts[0], as_of=NOW.date() + timedelta(days=2))
    contest.snapshot_at = None
    with pytest.raises(FactsRefused, match="units_not_taken_over"):
        save(contest, facts[0])


def test_a_unit_proposes_and_the_organisers_decide(contest: Contest) -> None:
    for people in (12, 13):
        propose_headcount(contest, "03646", people, as_of=DAY, note="Danh sách tháng 10", **STAFF)  # type: ignore[arg-type]
    (waiting,) = queries.list_proposed(contest.id)
    assert (waiting.people, held(contest), queries.count_proposed(contest.id)) == (13, (None, None), 1)
    decide_headcount(contest, waiting.id, approve=True, **STAFF)  # type: ignore[arg-type]
    assert held(contest) == (13, DAY)
    with pytest.raises(FactsRefused, match="headcount_decided"):
        decide_headcount(contest, waiting.id, approve=False, **STAFF)  # type: ignore[arg-type]
    propose_headcount(contest, "03646", 99, as_of=DAY, note="", **STAFF)  # type: ignore[arg-type]
    (waiting,) = queries.list_proposed(contest.id)
    decide_headcount(contest, waiting.id, approve=False, **STAFF)  # type: ignore[arg-type]
    assert (held(contest), queries.count_proposed(contest.id)) == ((13, DAY), 0)
    told = [event.action for event in db.session.query(AuditEvent).order_by(AuditEvent.id)]
    assert told.count("headcount_proposed") == 3
    assert told.count("headcount_decided") == 2
