"""Once a round has opened a key is corrected by two people."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.approvals import queries, service
from quiz.approvals.errors import ApprovalRefused, ApprovalStale, SecondPersonNeeded
from quiz.attempts.models import Attempt
from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest
from quiz.contests.two_persons import switch
from quiz.core.database import db, transaction
from quiz.core.errors import DomainError
from quiz.scoring.marking import Correction
from quiz.standings.key_requests import approve_correction, ask_correction, effect_now
from quiz.standings.regrade_job import run_regrade
from quiz.standings.regrading import correct_key, list_key_changes
from quiz.standings.verifying import verify
from tests.support.factories import NOW
from tests.support.parallel import at_once
from tests.support.sittings import RIGHT, fixed_contest, play

HA, AN = Actor.staff(7, "Nguyễn Thị Minh Hà"), Actor.staff(8, "Lường Văn An")
WORDS: dict[str, Any] = {"reason": "Tài liệu gốc ghi khác", "notice": "Câu 1 bỏ", "now": NOW}
VOID = Correction(is_void=True)


@pytest.fixture
def contest() -> Contest:
    """Two people: four right, three right with the last one wrong."""
    made = fixed_contest()
    play(made, [RIGHT, (*RIGHT[:3], 2)])
    return made


def last_question(contest: Contest) -> int:
    attempt = db.session.scalars(select(Attempt).where(Attempt.contest_id == contest.id)).first()
    assert attempt is not None
    return int(attempt.paper[-1][0])


def ask(contest: Contest, actor: Actor = HA) -> int:
    return ask_correction(contest, 1, last_question(contest), VOID, actor=actor, **WORDS).id


def marks(contest: Contest) -> list[int | None]:
    db.session.rollback()
    wanted = select(Attempt.correct_count).where(Attempt.contest_id == contest.id).order_by(Attempt.id)
    return list(db.session.scalars(wanted))


def test_two_people_correct_a_key(contest: Contest) -> None:
    with pytest.raises(SecondPersonNeeded):
        correct_key(contest, 1, last_question(contest), VOID, actor=HA, **WORDS)
    asked = ask(contest)
    with pytest.raises(ApprovalRefused, match="approval_of_own"):
        approve_correction(contest, asked, actor=HA, now=NOW)
    assert marks(contest) == [4, 3]
    change = approve_correction(contest, asked, actor=AN, now=NOW)
    assert marks(contest) == [4, 4]
    assert (change.staff_id, change.reason, change.notice) == (AN.id, WORDS["reason"], WORDS["notice"])
    (line,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "key_corrected"))
    assert (line.actor_name, line.detail["asked_by"]) == (AN.name, HA.name)
    assert verify(contest) == []


def test_the_second_person_sees_what_it_would_do_now(contest: Contest) -> None:
    found = queries.get_approval(contest.id, ask(contest))
    assert (found.figures["affected"], found.figures["gain"]) == (2, 1)
    play(contest, [(*RIGHT[:3], 3)], first=3)
    assert effect_now(contest, found).figures() == {"affected": 3, "gain": 2, "lose": 0, "entrants": 2}
    approve_correction(contest, found.id, actor=AN, now=NOW)
    assert marks(contest) == [4, 4, 4]


def test_a_question_that_is_marked_otherwise_by_now(contest: Contest) -> None:
    asked, console = ask(contest), Actor.system("flask")
    with transaction() as session:  # as if somebody had changed it past the request
        row = session.get_one(Round, (contest.id, 1))
        row.corrections_data = {str(last_question(contest)): {"accepted": [[1]]}}
    with pytest.raises(ApprovalStale):
        approve_correction(contest, asked, actor=AN, now=NOW)
    assert queries.get_approval(contest.id, asked).state == "lapsed"
    again = ask(contest)
    correct_key(contest, 1, last_question(contest), VOID, actor=console, **WORDS)
    assert queries.get_approval(contest.id, again).state == "lapsed"


def test_before_it_opens_and_without_the_rule_one_person_is_enough(contest: Contest) -> None:
    switch(contest, False, reason="Chỉ có một người", actor=HA, now=NOW)
    correct_key(get_contest(contest.slug), 1, last_question(contest), VOID, actor=HA, **WORDS)
    assert marks(contest) == [4, 4]
    draft = fixed_contest("chua-mo", with_bank=False)
    with transaction() as session:
        session.get_one(Round, (draft.id, 1)).state = RoundState.DRAFT.value
    correct_key(draft, 1, last_question(contest), VOID, actor=HA, **WORDS)
    assert len(list_key_changes(draft.id)) == 1


def test_of_many_approvers_at_once_one_corrects(contest: Contest, app: Flask) -> None:
    asked, slug, turns = ask(contest), contest.slug, iter(range(6))

    def act() -> str:
        own, turn = get_contest(slug), next(turns)
        try:
            if turn == 0:
                service.withdraw(own.id, asked, actor=HA, now=NOW)
                return "withdrawn"
            approve_correction(own, asked, actor=Actor.staff(10 + turn, "Người"), now=NOW)
        except DomainError as error:
            return error.code
        return "corrected"

    told = at_once(app, 6, act)
    assert len([one for one in told if one in ("corrected", "withdrawn")]) == 1, told
    assert set(told) <= {"corrected", "withdrawn", "approval_over", "approval_stale", "correction_is_there"}
    assert len(list_key_changes(contest.id)) == told.count("corrected")
    assert verify(contest) == []


def test_the_job_of_a_large_round_approves_in_the_name_of_who_pressed(contest: Contest) -> None:
    asked = ask(contest)
    params = {"contest_id": contest.id, "number": 1, "revision_id": 1, "approval_id": str(asked)}
    with pytest.raises(ApprovalRefused):
        run_regrade(params, lambda *_told: None, HA, NOW)
    assert run_regrade(params, lambda *_told: None, AN, NOW)["gain"] == 1
    assert queries.get_approval(contest.id, asked).ended_name == AN.name
    with pytest.raises(ApprovalRefused):
        run_regrade(params, lambda *_told: None, AN, NOW)
