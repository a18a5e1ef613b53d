"""F18: nobody changes units to win: fixed at the first start, later changes are decided and logged."""

from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.attempts import service
from quiz.attempts.models import Result
from quiz.audit.models import AuditEvent
from quiz.contests.definition import EntryFields, Presence
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.entries import queries, unit_choice, unit_queries
from quiz.entries.errors import UnitChangeRefused
from quiz.entries.models import Entry
from quiz.standings import unit_changes
from quiz.standings.queries import list_unit_sums
from quiz.standings.verifying import verify
from tests.service.entries.test_register import person, register
from tests.support.factories import KEYRING, NOW, make_entry, unit_id
from tests.support.parallel import at_once
from tests.support.sittings import RIGHT, fixed_contest, sit
from tests.support.staff import ACTOR

HERE, THERE = "03646", "03688"
WHY = "Chọn nhầm, tôi ở Mường Chiên"


@pytest.fixture
def contest() -> Contest:
    """One round, four questions."""
    return fixed_contest()


def choose(contest: Contest, entry: Entry, code: str | None, reason: str = "", hours: int = 0) -> bool:
    wanted = unit_id(contest, code) if code else None
    now = NOW + timedelta(hours=hours)
    return unit_choice.choose_unit(contest, entry.id, wanted, reason=reason, now=now)


def unit_of(contest: Contest, entry: Entry) -> int | None:
    row = queries.get_entry(contest.id, entry.id)
    db.session.refresh(row)
    return row.unit_id


def ask(contest: Contest) -> tuple[Entry, int]:
    """Somebody who has a result and asks for the other unit: the person, the request's id."""
    entry = make_entry(contest)
    sit(contest, entry.id, RIGHT)
    assert not choose(contest, entry, THERE, WHY)
    request = unit_queries.find_open_request(contest.id, entry.id)
    assert request is not None
    return entry, request.id


def decide(
    contest: Contest, *ids: int, approve: bool = True, reason: str = "Đúng hộ khẩu"
) -> tuple[int, int]:
    done = unit_changes.decide(contest, ids, approve=approve, reason=reason, actor=ACTOR, now=NOW)
    return done.done, done.passed_over


def sums(contest: Contest) -> dict[int | None, int]:
    return {row.unit_id: row.participants for row in list_unit_sums(contest.id, 1)}


def test_before_the_first_start_the_unit_is_changed_at_once(contest: Contest) -> None:
    entry = make_entry(contest)
    assert choose(contest, entry, THERE)
    assert unit_of(contest, entry) == unit_id(contest, THERE)
    (line,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "unit_changed"))
    assert (line.actor_kind, line.detail) == ("entrant", {"from_unit": HERE, "to_unit": THERE})


def test_the_first_start_fixes_the_unit(contest: Contest) -> None:
    entry = make_entry(contest)
    sit(contest, entry.id, RIGHT)
    fixed = queries.get_entry(contest.id, entry.id).unit_fixed_at
    assert fixed == NOW
    sit(contest, entry.id, RIGHT, now=NOW + timedelta(hours=1))
    assert queries.get_entry(contest.id, entry.id).unit_fixed_at == NOW
    assert not choose(contest, entry, THERE, WHY)
    assert unit_of(contest, entry) == unit_id(contest, HERE)
    assert sums(contest) == {unit_id(contest, HERE): 1}


def test_entering_again_with_another_unit_changes_nothing(contest: Contest) -> None:
    entry = register(contest, person(contest))[0]
    sit(contest, entry.id, RIGHT)
    again = register(contest, person(contest, unit_id=unit_id(contest, THERE)))
    assert again[0].id == entry.id
    assert unit_of(contest, entry) == unit_id(contest, HERE)


def test_an_approved_request_moves_the_results_and_can_be_moved_back(contest: Contest) -> None:
    entry, request = ask(contest)
    assert decide(contest, request) == (1, 0)
    assert unit_of(contest, entry) == unit_id(contest, THERE)
    assert sums(contest) == {unit_id(contest, THERE): 1}
    assert verify(contest) == []
    choose(contest, entry, HERE, "Lại nhầm", hours=1)
    back = unit_queries.find_open_request(contest.id, entry.id)
    assert back is not None
    decide(contest, back.id)
    assert sums(contest) == {unit_id(contest, HERE): 1}


def test_a_refused_request_changes_nothing_and_says_why(contest: Contest) -> None:
    entry, request = ask(contest)
    assert decide(contest, request, approve=False, reason="Không có trong danh sách xã") == (1, 0)
    assert sums(contest) == {unit_id(contest, HERE): 1}
    (line,) = unit_queries.list_requests_of(contest.id, entry.id)
    assert (line.decision, line.answer) == ("refused", "Không có trong danh sách xã")


def test_every_step_is_in_the_log(contest: Contest) -> None:
    _entry, request = ask(contest)
    decide(contest, request)
    lines = db.session.scalars(
        select(AuditEvent).where(AuditEvent.action.like("unit_change%")).order_by(AuditEvent.id)
    ).all()
    assert [(line.action, line.actor_kind) for line in lines] == [
        ("unit_change_asked", "entrant"),
        ("unit_changed", "system"),
    ]
    assert lines[1].detail == {"from_unit": HERE, "to_unit": THERE, "reason": "Đúng hộ khẩu"}


def test_many_are_decided_at_once_and_what_is_settled_is_passed_over(contest: Contest) -> None:
    requests = []
    for number in (1, 2, 3):
        entry = make_entry(contest, number)
        sit(contest, entry.id, RIGHT)
        choose(contest, entry, THERE, WHY)
        found = unit_queries.find_open_request(contest.id, entry.id)
        assert found is not None
        requests.append(found.id)
    unit_choice.withdraw(contest, entry.id, now=NOW)
    assert decide(contest, *requests) == (2, 1)
    assert sums(contest) == {unit_id(contest, THERE): 2, unit_id(contest, HERE): 1}
    assert unit_queries.count_open_requests(contest.id) == 0


def test_asking_again_replaces_and_too_often_is_refused(contest: Contest) -> None:
    entry, _request = ask(contest)
    choose(contest, entry, "SL-XA", "Cả khối", hours=1)
    (line,) = unit_queries.list_requests_of(contest.id, entry.id)
    assert (line.to_unit_id, line.reason) == (unit_id(contest, "SL-XA"), "Cả khối")
    for _turn in range(unit_choice.MOST_REQUESTS - 1):
        unit_choice.withdraw(contest, entry.id, now=NOW)
        choose(contest, entry, THERE, WHY)
    unit_choice.withdraw(contest, entry.id, now=NOW)
    with pytest.raises(UnitChangeRefused, match="too_many_unit_requests"):
        choose(contest, entry, THERE, WHY)


def test_what_is_refused(contest: Contest) -> None:
    entry = make_entry(contest)
    with pytest.raises(UnitChangeRefused, match="unit_is_that"):
        choose(contest, entry, HERE)
    with pytest.raises(UnitChangeRefused, match="unit_missing"):
        choose(contest, entry, None)
    with pytest.raises(NotFound):
        unit_choice.choose_unit(contest, entry.id, 5, reason="", now=NOW)
    sit(contest, entry.id, RIGHT)
    with pytest.raises(UnitChangeRefused, match="unit_reason_needed"):
        choose(contest, entry, THERE, " ")
    with pytest.raises(UnitChangeRefused, match="reason_needed"):
        decide(contest, 1, reason=" ")
    with transaction() as session:
        session.get_one(Entry, (contest.id, entry.id)).status = "disqualified"
    with pytest.raises(UnitChangeRefused, match="entry_not_active"):
        choose(contest, entry, THERE, WHY)


def test_published_results_stay_where_they_are(contest: Contest) -> None:
    entry, request = ask(contest)
    with transaction() as session:
        session.get_one(Round, (contest.id, 1)).state = RoundState.PUBLISHED.value
    decide(contest, request)
    assert sums(contest) == {unit_id(contest, HERE): 1}
    with pytest.raises(UnitChangeRefused, match="units_are_final"):
        choose(contest, entry, HERE, WHY)


def test_a_unit_may_be_left_out_where_the_contest_does_not_require_one(contest: Contest) -> None:
    with transaction() as session:
        row = session.get_one(Contest, contest.id)
        fields = EntryFields(unit=Presence.OPTIONAL).as_dict()
        row.entry_data = row.entry_data | {"fields": fields}
    entry = make_entry(contest)
    assert choose(contest, entry, None)
    assert unit_of(contest, entry) is None


def test_a_start_and_a_change_at_the_same_moment(app: Flask, contest: Contest) -> None:
    """Whichever is first: a result never counts for another unit than its person's."""
    entry = make_entry(contest)
    contest_id, entry_id, there = contest.id, entry.id, unit_id(contest, THERE)
    turns = iter(range(12))

    def act() -> None:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        if next(turns) % 2:
            service.start(mine, entry_id, 1, now=NOW, keyring=KEYRING)
            return
        with suppress(UnitChangeRefused):
            unit_choice.choose_unit(mine, entry_id, there, reason=WHY, now=NOW)

    at_once(app, 12, act)
    contest = db.session.get_one(Contest, contest_id)
    code = service.start(contest, entry_id, 1, now=NOW, keyring=KEYRING).code
    service.submit(code, None, entry_id=entry_id, now=NOW, keyring=KEYRING)
    result = db.session.scalars(select(Result)).one()
    assert result.unit_id == unit_of(contest, entry)
