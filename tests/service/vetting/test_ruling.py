"""Merging, disqualifying, undoing: boards follow, nothing is lost, published rounds stay."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from quiz.attempts.models import Attempt, Result
from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.contests.definition import AttemptRule, Per
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction, RoundState
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.entries.models import Entry
from quiz.entries.proofs import list_own, note_proof
from quiz.entries.service import come_back, phone_of
from quiz.organiser.rounds import move_round
from quiz.privacy.own_data import own_data
from quiz.privacy.showing import as_file
from quiz.signin.contacts import Channel, Contact
from quiz.standings.queries import figures, list_people
from quiz.standings.service import freeze_round
from quiz.standings.verifying import verify
from quiz.vetting import duplicate_queries as queries
from quiz.vetting.appealing import AppealsUnanswered, answer, appeal
from quiz.vetting.errors import VettingRefused
from quiz.vetting.merging import plan_merge
from quiz.vetting.models import Ruling
from quiz.vetting.ruling import Category, disqualify, merge, undo
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.sittings import RIGHT, fixed_contest, sit

STAFF = Actor.staff(7, "Nguyễn Thị Minh Hà")
THREE, TWO = (*RIGHT[:3], None), (*RIGHT[:2], None, None)


def at(minutes: int) -> dict[str, object]:
    return {"now": NOW + timedelta(minutes=minutes)}


@pytest.fixture
def contest() -> Contest:
    """Two attempts each. Person 1 had two right, then three; person 2 between them all four."""
    made = fixed_contest(attempts=AttemptRule(limit=2))
    one, two, three = (make_entry(made, number) for number in (1, 2, 3))
    sit(made, one.id, TWO, now=NOW)
    sit(made, two.id, RIGHT, now=NOW + timedelta(minutes=60))
    sit(made, one.id, THREE, now=NOW + timedelta(minutes=120))
    sit(made, three.id, THREE, now=NOW + timedelta(minutes=30))
    return made


def ids(contest: Contest) -> list[int]:
    rows = db.session.scalars(select(Entry.id).where(Entry.contest_id == contest.id).order_by(Entry.id))
    return list(rows)


def state_of(contest: Contest) -> list[tuple[object, ...]]:
    """Attempts, results and statuses, to compare before with after."""
    db.session.expire_all()
    attempts = db.session.execute(select(Attempt.id, Attempt.entry_id, Attempt.number).order_by(Attempt.id))
    results = db.session.execute(
        select(Result.entry_id, Result.attempt_id, Result.attempts, Result.rank_key, Result.rank).order_by(
            Result.entry_id
        )
    )
    entries = db.session.execute(select(Entry.id, Entry.status, Entry.merged_into).order_by(Entry.id))
    return [tuple(row) for rows in (attempts, results, entries) for row in rows]


def merged(contest: Contest, kept: int, other: int) -> Ruling:
    seen = plan_merge(contest, kept, other).fingerprint
    return merge(contest, kept, other, seen=seen, reason="Cùng căn cước", actor=STAFF, now=NOW)


def board(contest: Contest) -> list[tuple[int, int, int]]:
    return [(row.rank, row.entry_id, row.correct_count) for row in list_people(contest.id, 1, limit=9)]


def set_state(contest: Contest, state: RoundState) -> None:
    with transaction() as session:
        session.get_one(Round, (contest.id, 1), populate_existing=True).state = state.value


def actions(contest: Contest) -> Sequence[str]:
    wanted = select(AuditEvent.action).where(AuditEvent.contest_id == contest.id).order_by(AuditEvent.id)
    return db.session.scalars(wanted).all()


def test_the_plan_says_what_moves_and_what_counts(contest: Contest) -> None:
    one, two, _three = ids(contest)
    before = state_of(contest)
    plan = plan_merge(contest, one, two)
    (round_,) = plan.rounds
    assert round_.kept is not None
    assert round_.other is not None
    assert round_.after is not None
    assert (round_.kept.correct, round_.other.correct, round_.after.correct) == (3, 4, 4)
    assert round_.after.made_under == two
    assert (round_.moved, round_.left_out) == (1, 1)
    assert state_of(contest) == before, "a plan writes nothing"


def test_merging_counts_the_first_attempts_of_the_person_and_undo_brings_all_back(contest: Contest) -> None:
    one, two, three = ids(contest)
    before = state_of(contest)
    ruling = merged(contest, one, two)
    assert board(contest) == [(1, one, 4), (2, three, 3)]
    assert figures(contest.id, 1).participants == 2
    numbers = select(Attempt.number).where(Attempt.entry_id == one).order_by(Attempt.started_at)
    assert db.session.scalars(numbers).all() == [1, 2]
    assert verify(contest) == []
    assert db.session.get_one(Entry, (contest.id, two)).merged_into == one
    undo(contest, ruling.id, reason="Nhầm", actor=STAFF, now=NOW)
    assert state_of(contest) == before
    assert verify(contest) == []
    assert actions(contest)[-2:] == ["entry_merged", "ruling_undone"]


def test_a_round_without_a_limit_takes_all_attempts() -> None:
    made = fixed_contest(attempts=AttemptRule(limit=None))
    one, two = (make_entry(made, number) for number in (1, 2))
    sit(made, one.id, TWO, now=NOW)
    sit(made, two.id, THREE, now=NOW - timedelta(minutes=20))
    (round_,) = plan_merge(made, one.id, two.id).rounds
    assert (round_.moved, round_.left_out) == (1, 0)


def test_a_limit_by_day_is_that_of_each_day() -> None:
    made = fixed_contest(attempts=AttemptRule(limit=1, per=Per.DAY))
    one, two = (make_entry(made, number) for number in (1, 2))
    sit(made, one.id, TWO, now=NOW)
    sit(made, two.id, RIGHT, now=NOW + timedelta(minutes=5))
    sit(made, two.id, THREE, now=NOW + timedelta(days=1))
    (round_,) = plan_merge(made, one.id, two.id).rounds
    assert round_.after is not None
    assert (round_.moved, round_.left_out, round_.after.correct) == (1, 1, 3)


def test_what_was_not_looked_at_is_not_done(contest: Contest) -> None:
    one, two, _three = ids(contest)
    seen = plan_merge(contest, one, two).fingerprint
    sit(contest, two, THREE, **at(180))  # type: ignore[arg-type]  # now=
    before = state_of(contest)
    with pytest.raises(VettingRefused, match="changed_meanwhile"):
        merge(contest, one, two, seen=seen, reason="Cùng người", actor=STAFF, now=NOW)
    assert state_of(contest) == before


def test_a_running_attempt_is_waited_for(contest: Contest) -> None:
    one, two, _three = ids(contest)
    with transaction() as session:
        attempt = session.scalars(select(Attempt).where(Attempt.entry_id == two)).one()
        attempt.closed_at = None
    with pytest.raises(VettingRefused, match="attempt_is_running"):
        plan_merge(contest, one, two)


def test_merges_are_undone_in_the_order_in_which_they_depend(contest: Contest) -> None:
    one, two, three = ids(contest)
    before = state_of(contest)
    first = merged(contest, two, three)
    second = merged(contest, one, two)
    assert {row.merged_into for row in db.session.scalars(select(Entry)) if row.merged_into} == {one}
    with pytest.raises(VettingRefused, match="later_ruling_first"):
        undo(contest, first.id, reason="Nhầm", actor=STAFF, now=NOW)
    undo(contest, second.id, reason="Nhầm", actor=STAFF, now=NOW)
    assert db.session.get_one(Entry, (contest.id, three)).merged_into == two
    undo(contest, first.id, reason="Nhầm", actor=STAFF, now=NOW)
    assert state_of(contest) == before
    with pytest.raises(VettingRefused, match="ruling_is_undone"):
        undo(contest, first.id, reason="Nhầm", actor=STAFF, now=NOW)


def test_disqualified_leaves_the_board_with_a_reason_and_comes_back(contest: Contest) -> None:
    one, two, three = ids(contest)
    before = state_of(contest)
    with pytest.raises(VettingRefused, match="reason_needed"):
        disqualify(contest, two, category=Category.FALSE_DATA, reason="", actor=STAFF, now=NOW)
    ruling = disqualify(contest, two, category=Category.FALSE_DATA, reason="Sai tên", actor=STAFF, now=NOW)
    assert [row[1] for row in board(contest)] == [three, one]
    assert verify(contest) == []
    with pytest.raises(VettingRefused, match="entry_is_set_aside"):
        disqualify(contest, two, category=Category.OTHER, reason="Lần nữa", actor=STAFF, now=NOW)
    with pytest.raises(VettingRefused, match="entry_is_set_aside"):
        plan_merge(contest, one, two)
    undo(contest, ruling.id, reason="Đã xác minh", actor=STAFF, now=NOW)
    assert state_of(contest) == before


def test_results_that_are_being_checked_move_and_published_ones_stay(contest: Contest) -> None:
    one, two, three = ids(contest)
    freeze_round(contest, 1, now=NOW + timedelta(hours=5), keyring=KEYRING)
    set_state(contest, RoundState.FROZEN)
    ruling = merged(contest, one, two)
    ranks = select(Result.entry_id, Result.rank).order_by(Result.rank)
    assert [tuple(row) for row in db.session.execute(ranks)] == [(one, 1), (three, 2)]
    assert verify(contest) == []
    set_state(contest, RoundState.PUBLISHED)
    with pytest.raises(VettingRefused, match="ruling_is_final"):
        undo(contest, ruling.id, reason="Muộn", actor=STAFF, now=NOW)
    before = board(contest)
    late = disqualify(contest, three, category=Category.OTHER, reason="Muộn", actor=STAFF, now=NOW)
    assert (board(contest), late.rounds) == (before, [])
    assert verify(contest) == []


def test_of_another_contest_there_is_nothing(contest: Contest) -> None:
    other = fixed_contest("khac", with_bank=False)
    one, two, _three = ids(contest)
    with pytest.raises(NotFound):
        plan_merge(other, one, two)
    with pytest.raises(NotFound):
        disqualify(other, one, category=Category.OTHER, reason="Nhầm", actor=STAFF, now=NOW)


def test_one_appeal_and_one_answer(contest: Contest) -> None:
    _one, two, _three = ids(contest)
    with pytest.raises(NotFound):
        appeal(contest, two, "Tôi chỉ có một điện thoại", now=NOW)
    ruling = disqualify(contest, two, category=Category.SECOND_ENTRY, reason="Trùng", actor=STAFF, now=NOW)
    with pytest.raises(VettingRefused, match="appeal_length"):
        appeal(contest, two, "   ", now=NOW)
    with pytest.raises(NotFound):
        answer(contest, ruling.id, "Đã xem", actor=STAFF, now=NOW)
    appeal(contest, two, "Hai anh em chúng tôi dùng chung một máy", now=NOW)
    assert queries.count_appeals(contest.id) == 1
    with pytest.raises(VettingRefused, match="appealed_already"):
        appeal(contest, two, "Lần nữa", now=NOW)
    answer(contest, ruling.id, "Đã đối chiếu giấy tờ, xin giữ kết luận", actor=STAFF, now=NOW)
    assert queries.count_appeals(contest.id) == 0
    with pytest.raises(VettingRefused, match="answered_already"):
        answer(contest, ruling.id, "Lần nữa", actor=STAFF, now=NOW)
    found = queries.find_ruling_of(contest.id, two)
    assert found is not None
    assert found.appeal == "Hai anh em chúng tôi dùng chung một máy"
    assert actions(contest)[-2:] == ["ruling_appealed", "appeal_answered"]


def test_a_round_is_published_when_its_appeals_are_answered(contest: Contest) -> None:
    _one, two, _three = ids(contest)
    ruling = disqualify(contest, two, category=Category.OTHER, reason="Trùng", actor=STAFF, now=NOW)
    appeal(contest, two, "Hai anh em chúng tôi", now=NOW)
    set_state(contest, RoundState.FROZEN)
    act = partial(move_round, contest, 1, RoundAction.PUBLISH, actor=Actor.system(), now=NOW, keyring=KEYRING)
    with pytest.raises(AppealsUnanswered):
        act()
    answer(contest, ruling.id, "Đã xem", actor=STAFF, now=NOW)
    assert act().state == RoundState.PUBLISHED.value


def test_what_is_decided_about_people_is_among_their_own_data(contest: Contest) -> None:
    _one, two, _three = ids(contest)
    disqualify(contest, two, category=Category.FALSE_DATA, reason="Ghi chú riêng", actor=STAFF, now=NOW)
    appeal(contest, two, "Tên tôi đúng như giấy khai sinh", now=NOW)
    entry = db.session.get_one(Entry, (contest.id, two))
    told = as_file(own_data(contest, entry, keyring=KEYRING, now=NOW), NOW)
    (decision,) = told["decisions"]
    assert (decision["kind"], decision["category"]) == ("disqualified", "false_data")
    assert decision["appeal"] == "Tên tôi đúng như giấy khai sinh"
    assert "Ghi chú riêng" not in str(told)


def test_who_comes_back_with_a_merged_entrys_data_is_led_to_the_kept_one(contest: Contest) -> None:
    one, two, _three = ids(contest)
    with transaction() as session:
        stated = session.get_one(Entry, (contest.id, two))
        phone, born, name = phone_of(stated, KEYRING), stated.birth_date, stated.name
    assert phone is not None
    assert born is not None
    merged(contest, one, two)
    back = partial(come_back, contest, phone=phone, birth_date=born, network="n", now=NOW, keyring=KEYRING)
    assert back(name=None).id == back(name=name).id == one
    contact = Contact(Channel.PHONE, phone)
    assert [entry.id for entry in list_own(contest, contact, None, KEYRING)] == [one]
    note_proof(list_own(contest, contact, None, KEYRING)[0], contact, keyring=KEYRING, now=NOW)
    assert db.session.get_one(Entry, (contest.id, one)).proved_at is None, "it is not the kept entry's phone"
