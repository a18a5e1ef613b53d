"""Publishing takes two: one asks with the decision, another one approves exactly these results."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from quiz.accounts.permissions import Role
from quiz.approvals import queries, service
from quiz.approvals.errors import ApprovalRefused, ApprovalStale, SecondPersonNeeded
from quiz.approvals.models import Approval
from quiz.attempts.models import Result
from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.awards.service import take_out
from quiz.contests.definition import Prize, ResultDecision
from quiz.contests.errors import ContestRefused, StepRefused
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction, RoundState
from quiz.contests.queries import get_contest, get_round
from quiz.contests.two_persons import switch
from quiz.core.database import db, transaction
from quiz.core.errors import DomainError
from quiz.organiser.publication import approve_publication, ask_publication
from quiz.organiser.rounds import move_round
from quiz.standings.prizes import list_awards
from tests.support.factories import KEYRING, NOW
from tests.support.parallel import at_once
from tests.support.sittings import RIGHT, fixed_contest, play
from tests.support.staff import make_staff

HA, AN = Actor.staff(7, "Nguyễn Thị Minh Hà"), Actor.staff(8, "Lường Văn An")
DECISION = ResultDecision("12-QĐ/BTG", date(2026, 11, 30), "Trưởng ban Hoàng Văn Bình")


@pytest.fixture
def contest() -> Contest:
    """Three people, four right, three, two; the round is frozen."""
    made = fixed_contest(prizes=(Prize("Nhất", 1),))
    play(made, [RIGHT, (*RIGHT[:3], None), (*RIGHT[:2], None, None)])
    for action in (RoundAction.CLOSE, RoundAction.FREEZE):
        move_round(made, 1, action, actor=HA, now=NOW + timedelta(hours=1), keyring=KEYRING)
    return made


def ask(contest: Contest, actor: Actor = HA) -> int:
    return ask_publication(contest, 1, DECISION, actor=actor, now=NOW).id


def approve(contest: Contest, approval_id: int, actor: Actor = AN) -> str:
    return approve_publication(contest, approval_id, actor=actor, now=NOW, keyring=KEYRING).state


def state(contest: Contest) -> str:
    db.session.rollback()
    return get_round(contest, 1).state


def log(contest: Contest) -> list[tuple[str, str]]:
    rows = select(AuditEvent).where(AuditEvent.contest_id == contest.id).order_by(AuditEvent.sequence)
    return [(row.action, row.actor_name) for row in db.session.scalars(rows)]


def change_ranks(contest: Contest) -> None:
    with transaction() as session:
        session.execute(update(Result).values(correct_count=0).where(Result.contest_id == contest.id))


def test_two_people_publish_with_a_decision(contest: Contest) -> None:
    asked = ask(contest)
    assert state(contest) == RoundState.FROZEN.value
    assert approve(contest, asked) == RoundState.PUBLISHED.value
    assert get_round(contest, 1).decision == DECISION
    assert [one for one in log(contest) if one[0] != "awards_listed"][-3:] == [
        ("approval_asked", HA.name),
        ("approval_given", AN.name),
        ("round_published", AN.name),
    ]
    (line,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "round_published"))
    assert line.detail["asked_by"] == HA.name
    assert line.detail["decision"] == "12-QĐ/BTG"


def test_one_person_does_not(contest: Contest) -> None:
    with pytest.raises(SecondPersonNeeded):
        move_round(contest, 1, RoundAction.PUBLISH, actor=HA, now=NOW, keyring=KEYRING)
    asked = ask(contest)
    with pytest.raises(ApprovalRefused, match="approval_of_own"):
        approve(contest, asked, HA)
    with pytest.raises(SecondPersonNeeded):
        move_round(contest, 1, RoundAction.PUBLISH, actor=AN, now=NOW, keyring=KEYRING)
    assert state(contest) == RoundState.FROZEN.value


def test_the_database_has_the_last_word(contest: Contest) -> None:
    asked = ask(contest)
    own = update(Approval).values(state="approved", ended_by=HA.id, ended_at=NOW).where(Approval.id == asked)
    with pytest.raises(IntegrityError, match="approved_by_another"), transaction() as session:
        session.execute(own)


def change_winners(contest: Contest) -> None:
    (winner,) = list_awards(contest.id, 1)
    take_out(contest, 1, winner.entry_id, reason="Không đúng đối tượng", actor=HA, now=NOW)


@pytest.mark.parametrize("change", [change_ranks, change_winners])
def test_results_that_changed_since_are_not_published(
    contest: Contest, change: Callable[[Contest], None]
) -> None:
    asked = ask(contest)
    change(contest)
    with pytest.raises(ApprovalStale):
        approve(contest, asked)
    assert state(contest) == RoundState.FROZEN.value
    assert queries.get_approval(contest.id, asked).state == "lapsed"
    assert ("approval_lapsed", AN.name) in log(contest)
    assert approve(contest, ask(contest)) == RoundState.PUBLISHED.value


def test_a_stale_request_makes_room_for_a_new_one(contest: Contest) -> None:
    first = ask(contest)
    with pytest.raises(ApprovalRefused, match="approval_asked_already"):
        ask(contest, AN)
    change_ranks(contest)
    second = ask(contest, AN)
    assert queries.get_approval(contest.id, first).state == "lapsed"
    assert approve(contest, second, HA) == RoundState.PUBLISHED.value


def test_what_was_withdrawn_or_declined_is_not_approved(contest: Contest) -> None:
    first = ask(contest)
    with pytest.raises(ApprovalRefused, match="approval_of_another"):
        service.withdraw(contest.id, first, actor=AN, now=NOW)
    service.withdraw(contest.id, first, actor=HA, now=NOW)
    with pytest.raises(ApprovalRefused, match="approval_over"):
        approve(contest, first)
    second = ask(contest)
    with pytest.raises(ApprovalRefused, match="approval_reason"):
        service.decline(contest.id, second, reason=" ", actor=AN, now=NOW)
    service.decline(contest.id, second, reason="Chưa đối chiếu danh sách", actor=AN, now=NOW)
    with pytest.raises(ApprovalRefused, match="approval_over"):
        approve(contest, second)
    assert state(contest) == RoundState.FROZEN.value


def test_of_many_approvers_and_a_withdrawal_one_has_its_way(contest: Contest, app: Flask) -> None:
    asked, slug, turns = ask(contest), contest.slug, iter(range(6))

    def act() -> str:
        own, turn = get_contest(slug), next(turns)
        try:
            if turn == 0:
                service.withdraw(own.id, asked, actor=HA, now=NOW)
                return "withdrawn"
            return approve(own, asked, Actor.staff(10 + turn, f"Người {turn}"))
        except DomainError as error:
            return error.code

    told = at_once(app, 6, act)
    assert len([one for one in told if one in ("published", "withdrawn")]) == 1
    assert set(told) <= {"published", "withdrawn", "approval_over", "step_refused"}
    assert (state(contest) == "published") is ("published" in told)


def test_of_many_requests_at_once_one_waits(contest: Contest, app: Flask) -> None:
    slug, turns = contest.slug, iter(range(6))

    def act() -> str:
        try:
            ask(get_contest(slug), Actor.staff(10 + next(turns), "Người"))
        except DomainError as error:
            return error.code
        return "asked"

    told = at_once(app, 6, act)
    assert told.count("asked") == 1
    assert set(told) == {"asked", "approval_asked_already"}


def test_the_console_publishes_alone_and_the_log_says_so(contest: Contest) -> None:
    asked = ask(contest)
    console = Actor.system("flask round publish")
    move_round(contest, 1, RoundAction.PUBLISH, actor=console, now=NOW, keyring=KEYRING, decision=DECISION)
    (line,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "round_published"))
    assert line.detail["second_person"] == "console"
    assert get_round(contest, 1).decision == DECISION
    assert queries.get_approval(contest.id, asked).state == "lapsed"
    with pytest.raises(StepRefused):
        ask(contest)


def test_without_the_rule_one_person_publishes(contest: Contest) -> None:
    with pytest.raises(ContestRefused, match="two_persons_reason"):
        switch(contest, False, reason=" ", actor=HA, now=NOW)
    switch(contest, False, reason="Chỉ có một người trực", actor=HA, now=NOW)
    own = get_contest(contest.slug)
    assert not own.settings.two_persons
    assert log(contest)[-1] == ("two_persons_off", HA.name)
    move_round(own, 1, RoundAction.PUBLISH, actor=HA, now=NOW, keyring=KEYRING)
    assert state(contest) == RoundState.PUBLISHED.value


def test_who_may_approve() -> None:
    for username, role in (("chu", Role.OWNER), ("to-chuc", Role.ORGANISER), ("soan", Role.EDITOR)):
        make_staff(username, role)
    gone = make_staff("nghi-viec", Role.ORGANISER)
    with transaction() as session:
        session.merge(gone).is_enabled = False
    assert queries.list_approvers() == ("Người dùng chu", "Người dùng to-chuc")
    (owner,) = [one.id for one in (make_staff("chu-hai", Role.OWNER),)]
    assert queries.list_approvers(but=owner) == ("Người dùng chu", "Người dùng to-chuc")
