"""Starting: one running attempt, the limit of the rules, the same paper on return."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from quiz.attempts import queries, service
from quiz.attempts.errors import StartRefused
from quiz.attempts.sheets import Sheet
from quiz.bank import life
from quiz.bank import queries as bank
from quiz.bank import service as bank_service
from quiz.bank.browsing import get_question
from quiz.contests.definition import AttemptRule, MatrixCell, PaperRule
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.database import db, transaction
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.parallel import at_once
from tests.support.staff import ACTOR


@pytest.fixture
def contest() -> Contest:
    """An open contest with its bank."""
    make_bank()
    return make_contest()


def start(contest: Contest, entry_id: int, *, after: timedelta = timedelta(0)) -> str:
    """Start (or resume) and return the attempt's code."""
    return service.start(contest, entry_id, 1, now=NOW + after, keyring=KEYRING).code


def test_start_draws_a_paper_and_sets_the_deadline(contest: Contest) -> None:
    """Six questions, all different, 15 minutes."""
    entry = make_entry(contest)
    attempt = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    assert len({revision for revision, _order in attempt.paper}) == 6
    assert attempt.deadline_at == NOW + timedelta(minutes=15)
    assert (attempt.number, attempt.revision, attempt.answers) == (1, 0, {})


def test_start_again_leads_to_the_running_attempt(contest: Contest) -> None:
    """A second click changes nothing."""
    entry = make_entry(contest)
    first = start(contest, entry.id)
    assert start(contest, entry.id, after=timedelta(minutes=3)) == first
    assert len(queries.list_attempts(contest.id, entry.id)) == 1


def test_50_parallel_starts_make_one_attempt(app: Flask, contest: Contest) -> None:
    """F1: every reply leads to the same attempt."""
    entry_id, contest_id = make_entry(contest).id, contest.id

    def click() -> str:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        return start(mine, entry_id)

    codes = at_once(app, 50, click)
    assert len(set(codes)) == 1
    assert len(queries.list_attempts(contest_id, entry_id)) == 1


def test_an_expired_attempt_is_closed_by_the_next_start(contest: Contest) -> None:
    """Time over: the saved answers count, and the next start is a second attempt."""
    entry = make_entry(contest)
    first = start(contest, entry.id)
    second = start(contest, entry.id, after=timedelta(minutes=16))
    attempts = queries.list_attempts(contest.id, entry.id)
    assert [attempt.code for attempt in attempts] == [first, second]
    assert attempts[0].closed_by == "time"
    assert attempts[0].submitted_at == NOW + timedelta(minutes=15)
    assert attempts[0].duration_ms == 15 * 60 * 1000


def test_a_new_wording_is_no_new_question(contest: Contest) -> None:
    """Half of the bank was seen and then reworded: the next paper has the other half."""
    entry = make_entry(contest)
    first = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    ids = [view.question_id for view in bank.revisions(place[0] for place in first.paper).values()]
    bank_id = bank.get_bank("bank").id
    for one in bank.list_stored(bank_id):
        if one.id in ids:
            row, seen = get_question(bank_id, one.number)
            wording = replace(one.question, text=f"Viết lại câu thứ {one.number}?")
            made = bank_service.revise(
                row.id, wording, seen_revision=seen.id, submit=True, actor=ACTOR, now=NOW
            )
            life.approve(row.id, seen_revision=made.id, actor=ACTOR, now=NOW)
    second = service.start(contest, entry.id, 1, now=NOW + timedelta(minutes=16), keyring=KEYRING)
    views = bank.revisions(place[0] for place in second.paper).values()
    assert not {view.question_id for view in views} & set(ids)


def test_the_limit_of_the_round_holds(contest: Contest) -> None:
    """Three attempts; the fourth is refused in words of the rules."""
    entry = make_entry(contest)
    for turn in range(3):
        code = start(contest, entry.id, after=timedelta(hours=turn))
        service.submit(
            code, sheet(1), entry_id=entry.id, now=NOW + timedelta(hours=turn, minutes=5), keyring=KEYRING
        )
    with pytest.raises(StartRefused, match="no_attempts_left"):
        start(contest, entry.id, after=timedelta(hours=4))


def test_parallel_starts_never_exceed_a_limit_of_one(app: Flask) -> None:
    """R08 with a limit of 1, and the attempt already used: all are refused, none slips through."""
    make_bank()
    contest = make_contest("mot-luot", round_definition(attempts=AttemptRule(limit=1), prediction=None))
    entry_id, contest_id = make_entry(contest).id, contest.id
    code = start(contest, entry_id)
    service.submit(code, sheet(1), entry_id=entry_id, now=NOW + timedelta(minutes=1), keyring=KEYRING)

    def click() -> str:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        try:
            return start(mine, entry_id, after=timedelta(minutes=2))
        except StartRefused as refused:
            return refused.code

    assert set(at_once(app, 12, click)) == {"no_attempts_left"}
    assert len(queries.list_attempts(contest_id, entry_id)) == 1


@pytest.mark.parametrize(
    "state, after, code",
    [
        (RoundState.READY, timedelta(days=-2), "round_not_open_yet"),
        (RoundState.READY, timedelta(days=6), "round_closed"),
        (RoundState.PAUSED, timedelta(0), "round_paused"),
        (RoundState.CLOSED, timedelta(0), "round_closed"),
    ],
)
def test_only_an_open_round_can_be_started(
    contest: Contest, state: RoundState, after: timedelta, code: str
) -> None:
    """The phase follows from state and clock; the service asks it inside its transaction."""
    entry = make_entry(contest)
    with transaction() as session:
        round_ = session.get(Round, (contest.id, 1))
        assert round_ is not None
        round_.state = state.value
    with pytest.raises(StartRefused, match=code):
        start(contest, entry.id, after=after)


def test_near_the_end_the_deadline_is_the_closing_time(contest: Contest) -> None:
    """F4: two minutes before closing there are two minutes."""
    entry = make_entry(contest)
    late = timedelta(days=6) - timedelta(minutes=2)
    attempt = service.start(contest, entry.id, 1, now=NOW + late, keyring=KEYRING)
    assert attempt.deadline_at == NOW + timedelta(days=6)


def test_a_bank_that_is_too_thin_is_said(contest: Contest) -> None:
    """The organiser opened a round that asks for more than there is: a refusal, not an error."""
    paper = PaperRule("bank", matrix=(MatrixCell(None, None, 13),))
    thin = make_contest("mong", round_definition(paper=paper))
    entry = make_entry(thin)
    with pytest.raises(StartRefused, match="bank_too_thin"):
        start(thin, entry.id)


def sheet(revision: int) -> Sheet:
    """A sheet with a prediction."""
    return Sheet(revision, {1: (1,)}, (), "100")
