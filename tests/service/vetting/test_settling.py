"""Deciding about people with one number: the boards follow, it is logged, and it can be taken back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.attempts import service
from quiz.attempts.sheets import Sheet
from quiz.audit.models import AuditEvent
from quiz.contests.definition import Prize
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction, RoundState
from quiz.contests.queries import get_round
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.entries.models import Entry
from quiz.entries.name_index import name_hash
from quiz.entries.shared_numbers import Number, SharedNumber, browse_open, count_open, get_shared
from quiz.organiser.rounds import move_round
from quiz.standings.queries import list_people
from quiz.standings.verifying import verify
from quiz.vetting import ruling, settling
from quiz.vetting.appealing import AppealsUnanswered, appeal, refuse_unanswered
from quiz.vetting.duplicate_queries import find_ruling_of
from quiz.vetting.errors import VettingRefused
from quiz.vetting.ruling import Category
from quiz.vetting.settling import NumbersUnsettled, SettlingRefused
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.parallel import at_once
from tests.support.sittings import RIGHT, fixed_contest, sit
from tests.support.staff import ACTOR, make_staff

HOUR = timedelta(hours=1)
PHONE = "+84912345678"
REASON = "Đã gọi số này, gặp đúng người"


@pytest.fixture
def contest() -> Contest:
    """Somebody with a number, a rival who stated it later and did better, and a third person."""
    made = fixed_contest(prizes=(Prize("Nhất", 1),))
    first, rival, third = (
        make_entry(made, 1, phone=PHONE),
        make_entry(made, 2, phone=PHONE),
        make_entry(made, 3),
    )
    sit(made, first.id, (*RIGHT[:3], None))
    sit(made, rival.id, RIGHT)
    sit(made, third.id, (*RIGHT[:2], None, None))
    return made


def waiting(contest: Contest) -> SharedNumber:
    """The only number that waits."""
    (group,) = browse_open(contest).rows
    return group


def settle(contest: Contest, group: SharedNumber, kept: Entry | None, *, now: int = 0) -> int:
    """Decide; the decision's id."""
    decision = settling.settle(
        contest,
        group.kind,
        group.key,
        kept_id=kept.id if kept else None,
        seen=[entry.id for entry in group.people],
        reason=REASON,
        actor=ACTOR,
        now=NOW + now * HOUR,
    )
    return decision.id


def undo(contest: Contest, decision_id: int) -> None:
    settling.undo(contest, decision_id, reason="Nhầm người", actor=ACTOR, now=NOW + 9 * HOUR)


def board(contest: Contest) -> list[str]:
    return [row.name[-1] for row in list_people(contest.id, 1, limit=10)]


def test_keeping_one_takes_the_other_off_the_boards_and_undoing_brings_them_back(contest: Contest) -> None:
    assert board(contest) == ["2", "1", "3"]
    group = waiting(contest)
    decision = settle(contest, group, group.people[0])
    assert board(contest) == ["1", "3"]
    assert count_open(contest) == 0
    assert verify(contest) == []
    undo(contest, decision)
    assert board(contest) == ["2", "1", "3"]
    assert count_open(contest) == 1
    assert verify(contest) == []


def test_who_is_set_aside_may_object_and_publishing_waits_for_the_answer(contest: Contest) -> None:
    group = waiting(contest)
    kept, aside = group.people
    decision = settle(contest, group, kept)
    told = find_ruling_of(contest.id, aside.id)
    assert told is not None
    assert (told.category, told.rounds, told.reason) == (Category.SHARED_NUMBER.value, [1], REASON)
    assert find_ruling_of(contest.id, kept.id) is None
    with pytest.raises(VettingRefused, match="ruling_is_of_number"):
        ruling.undo(contest, told.id, reason="Nhầm", actor=ACTOR, now=NOW)
    appeal(contest, aside.id, "Số này là của tôi", now=NOW + HOUR)
    with pytest.raises(AppealsUnanswered):
        refuse_unanswered(contest, get_round(contest, 1))
    undo(contest, decision)
    refuse_unanswered(contest, get_round(contest, 1))
    ended = find_ruling_of(contest.id, aside.id)
    assert ended is not None
    assert (ended.undo_reason, ended.appeal) == ("Nhầm người", "Số này là của tôi")


def test_keeping_both_changes_no_board(contest: Contest) -> None:
    settle(contest, waiting(contest), None)
    assert board(contest) == ["2", "1", "3"]
    assert count_open(contest) == 0


def test_somebody_who_comes_later_opens_the_number_again(contest: Contest) -> None:
    settle(contest, waiting(contest), None)
    make_entry(contest, 4, phone=PHONE)
    group = waiting(contest)
    assert len(group.people) == 3
    settle(contest, group, group.people[0], now=1)
    assert board(contest) == ["1", "3"]
    make_entry(contest, 5, phone=PHONE)
    assert len(waiting(contest).people) == 2


def test_nobody_is_decided_about_unseen(contest: Contest) -> None:
    group = waiting(contest)
    make_entry(contest, 4, phone=PHONE)
    with pytest.raises(SettlingRefused, match="people_changed"):
        settle(contest, group, None)


def test_what_cannot_be_decided(contest: Contest) -> None:
    group = waiting(contest)
    stranger = make_entry(contest, 7)
    with pytest.raises(NotFound):
        settle(contest, group, stranger)
    with pytest.raises(NotFound):
        get_shared(contest, Number.PHONE, "0" * 32)
    with pytest.raises(SettlingRefused, match="reason_needed"):
        settling.settle(
            contest, group.kind, group.key, kept_id=None, seen=[], reason=" ", actor=ACTOR, now=NOW
        )
    decision = settle(contest, group, None)
    undo(contest, decision)
    with pytest.raises(SettlingRefused, match="decision_ended"):
        undo(contest, decision)


def test_two_organisers_at_once_decide_once(app: Flask, contest: Contest) -> None:
    contest_id, group = contest.id, waiting(contest)
    kept, key, seen = group.people[0].id, group.key, [entry.id for entry in group.people]

    def act() -> str:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        try:
            settling.settle(
                mine, Number.PHONE, key, kept_id=kept, seen=seen, reason=REASON, actor=ACTOR, now=NOW
            )
        except (SettlingRefused, NotFound):
            return "refused"
        return "decided"

    assert sorted(at_once(app, 6, act)) == ["decided"] + ["refused"] * 5


def test_nobody_hands_in_past_the_decision(app: Flask) -> None:
    """Eleven rivals submit at the moment in which the first one is kept: none of them has a result."""
    contest = fixed_contest()
    people = [make_entry(contest, number, phone=PHONE) for number in range(1, 13)]
    papers = [service.start(contest, one.id, 1, now=NOW, keyring=KEYRING).code for one in people[1:]]
    contest_id, key, ids = contest.id, people[0].phone_key or "", [one.id for one in people]
    turns = iter([("", 0), *zip(papers, ids[1:], strict=True)])

    def act() -> None:
        code, entry_id = next(turns)
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        if code:
            service.submit(code, Sheet(1, {1: (2,)}, (), None), entry_id=entry_id, now=NOW, keyring=KEYRING)
        else:
            settling.settle(
                mine, Number.PHONE, key, kept_id=ids[0], seen=ids, reason=REASON, actor=ACTOR, now=NOW
            )

    at_once(app, 12, act)
    contest = db.session.get_one(Contest, contest_id)
    assert list_people(contest_id, 1, limit=20) == []
    assert verify(contest) == []


def test_every_decision_is_in_the_log_with_its_reason(contest: Contest) -> None:
    group = waiting(contest)
    undo(contest, settle(contest, group, group.people[0]))
    lines = db.session.scalars(select(AuditEvent).where(AuditEvent.subject == "number phone")).all()
    done = {line.action: line.detail for line in lines}
    assert done["number_settled"]["reason"] == REASON
    assert done["number_settled"]["set_aside"] == str(group.people[1].id)
    assert done["number_reopened"]["reason"] == "Nhầm người"
    assert "12345678" not in str(done)


def move(contest: Contest, action: RoundAction, hours: int) -> None:
    actor, now = ACTOR, NOW + hours * HOUR
    move_round(contest, 1, action, actor=actor, now=now, keyring=KEYRING)


def test_two_people_one_number_one_prize(contest: Contest) -> None:
    """A12: both compete; results are not published before somebody has decided; then there is one prize."""
    move(contest, RoundAction.CLOSE, 1)
    move(contest, RoundAction.FREEZE, 2)
    with pytest.raises(NumbersUnsettled):
        move(contest, RoundAction.PUBLISH, 3)
    assert get_round(contest, 1).state == RoundState.FROZEN.value
    group = waiting(contest)
    decision = settle(contest, group, group.people[0], now=3)
    assert [(row.rank, row.name[-1]) for row in list_people(contest.id, 1, limit=5)] == [(1, "1"), (2, "3")]
    move(contest, RoundAction.PUBLISH, 4)
    with pytest.raises(SettlingRefused, match="results_rest_on_decision"):
        undo(contest, decision)


def test_numbers_of_people_without_a_prize_hold_nothing_up(contest: Contest) -> None:
    winner = make_entry(contest, 8)
    sit(contest, winner.id, RIGHT, now=NOW - HOUR)
    for number in (1, 2):
        with transaction() as session:
            named = Entry.name_key == name_hash(KEYRING, contest.id, f"Lò Thị Hương {number}")
            entry = session.scalars(select(Entry).where(named)).one()
            entry.phone_key = entry.phone_key if number == 1 else None
    make_entry(contest, 9, phone="+84900000003")  # shares the number of the third person
    move(contest, RoundAction.CLOSE, 1)
    move(contest, RoundAction.FREEZE, 2)
    assert count_open(contest) == 1
    move(contest, RoundAction.PUBLISH, 3)
    assert get_round(contest, 1).state == RoundState.PUBLISHED.value


def test_published_results_stay_when_somebody_is_set_aside_later(contest: Contest) -> None:
    group = waiting(contest)
    with transaction() as session:
        row = session.get_one(Round, (contest.id, 1))
        row.state, row.state_since = RoundState.PUBLISHED.value, NOW
    settle(contest, group, group.people[0], now=1)
    assert board(contest) == ["2", "1", "3"]


def test_the_decision_names_who_took_it(contest: Contest) -> None:
    staff = make_staff()
    group = waiting(contest)
    actor = ACTOR.staff(staff.id, staff.name)
    decision = settling.settle(
        contest,
        group.kind,
        group.key,
        kept_id=None,
        seen=[one.id for one in group.people],
        reason=REASON,
        actor=actor,
        now=NOW,
    )
    assert decision.staff_id == staff.id
