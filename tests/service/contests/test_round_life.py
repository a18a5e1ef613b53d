"""A round's life: open with a full bank and a snapshot, pause and resume, close, freeze, publish."""

from datetime import timedelta

import pytest

from quiz.attempts import queries as attempts
from quiz.attempts import service
from quiz.attempts.errors import TimeIsOver
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.contests import queries
from quiz.contests.definition import Finish, MatrixCell, PaperRule, Unique
from quiz.contests.errors import BankTooThin, ContestRefused, StepRefused
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.phases import Phase, RoundAction, RoundState
from quiz.core.database import db
from quiz.organiser.rounds import move_round
from quiz.standings.service import StillRunning
from quiz.units.queries import get_tree
from quiz.units.service import import_tree
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition

ACTOR = Actor.system("test")
MINUTE = timedelta(minutes=1)


def move(contest: Contest, action: RoundAction, after: timedelta = timedelta(0), number: int = 1) -> Phase:
    """Take a step at NOW + after; the phase then."""
    round_ = move_round(contest, number, action, actor=ACTOR, now=NOW + after, keyring=KEYRING)
    return round_.window.phase(NOW + after)


def test_the_whole_life() -> None:
    """Each step in its turn, and none out of turn."""
    make_bank()
    contest = make_contest(state=RoundState.DRAFT)
    with pytest.raises(StepRefused):
        move(contest, RoundAction.PUBLISH)
    assert move(contest, RoundAction.OPEN) is Phase.OPEN
    assert move(contest, RoundAction.PAUSE, MINUTE) is Phase.PAUSED
    assert move(contest, RoundAction.RESUME, 2 * MINUTE) is Phase.OPEN
    assert move(contest, RoundAction.CLOSE, 3 * MINUTE) is Phase.CLOSED
    assert queries.get_round(contest, 1).closes_at == NOW + 3 * MINUTE
    assert move(contest, RoundAction.FREEZE, 4 * MINUTE) is Phase.FROZEN
    assert move(contest, RoundAction.PUBLISH, 5 * MINUTE) is Phase.PUBLISHED
    with pytest.raises(StepRefused):
        move(contest, RoundAction.OPEN, 6 * MINUTE)


def test_a_thin_bank_does_not_open() -> None:
    """What is missing is named: topic, wanted, available."""
    make_bank(questions=4)
    paper = PaperRule("bank", matrix=(MatrixCell("Chủ đề A", None, 3),))
    contest = make_contest("mong", round_definition(paper=paper), state=RoundState.DRAFT)
    with pytest.raises(BankTooThin) as refused:
        move(contest, RoundAction.OPEN)
    assert refused.value.shortages == (("Chủ đề A", None, 3, 2),)
    assert queries.get_round(contest, 1).state == "draft"


@pytest.mark.parametrize(
    "unique,code", [(Unique.ACCOUNT, "uniqueness_without_way_in"), (Unique.ROSTER, "roster_empty")]
)
def test_a_contest_that_nobody_could_enter_does_not_open(unique: Unique, code: str) -> None:
    """The open form has no accounts; a roster needs people."""
    make_bank()
    contest = make_contest(unique=unique, state=RoundState.DRAFT)
    with pytest.raises(ContestRefused, match=code):
        move(contest, RoundAction.OPEN)


def test_a_round_whose_end_has_passed_does_not_open() -> None:
    """It would be over at once."""
    make_bank()
    contest = make_contest(state=RoundState.DRAFT)
    with pytest.raises(ContestRefused, match="round_times_passed"):
        move(contest, RoundAction.OPEN, timedelta(days=9))


def test_the_first_opening_takes_the_snapshot_of_the_tree() -> None:
    """Later changes of the tree do not touch the contest."""
    make_bank()
    contest = make_contest(state=RoundState.DRAFT)
    csv = "code,parent_code,name,kind,headcount\n14,,Tỉnh,tỉnh,\nB,14,Sở Nội vụ,sở,12\nA,B,Phòng A,phòng,5\n"
    made = import_tree(csv.encode(), "units.csv", "cay", actor=ACTOR, now=NOW)
    assert made
    db.session.query(ContestUnit).delete()
    contest.tree_id, contest.snapshot_at = get_tree("cay").id, None
    db.session.commit()
    move(contest, RoundAction.OPEN)
    units = queries.list_units(contest.id)
    assert [(unit.code, unit.path, unit.is_leaf, unit.headcount) for unit in units] == [
        ("14", "/14/", False, None),
        ("B", "/14/B/", False, 12),
        ("A", "/14/B/A/", True, 5),
    ]


def test_a_pause_gives_the_time_back_even_past_the_end() -> None:
    """Paused two minutes before the end for half an hour: the ten minutes that were left are given back."""
    make_bank()
    contest = make_contest()
    entry = make_entry(contest)
    end = timedelta(days=6)
    attempt = service.start(contest, entry.id, 1, now=NOW + end - 5 * MINUTE, keyring=KEYRING)
    move(contest, RoundAction.PAUSE, end - 2 * MINUTE)
    during = NOW + end + 20 * MINUTE
    service.save(attempt.code, Sheet(1, {1: (1,)}), entry_id=entry.id, now=during)
    done, _failed = service.close_expired(contest.id, now=during, keyring=KEYRING)
    assert done == 0
    move(contest, RoundAction.RESUME, end + 28 * MINUTE)
    assert attempts.get_attempt(attempt.code).deadline_at == NOW + end + 30 * MINUTE
    service.save(attempt.code, Sheet(2, {1: (2,)}), entry_id=entry.id, now=NOW + end + 29 * MINUTE)


@pytest.mark.parametrize("finish", [Finish.CUT, Finish.LET_FINISH])
def test_closing_early_cuts_or_lets_finish_as_the_rules_say(finish: Finish) -> None:
    """The answers saved until then count either way; freezing waits for those who may finish."""
    make_bank()
    contest = make_contest("som", round_definition(finish=finish, prediction=None))
    entry = make_entry(contest)
    attempt = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    service.save(attempt.code, Sheet(1, {1: (1,)}), entry_id=entry.id, now=NOW + MINUTE)
    move(contest, RoundAction.CLOSE, 2 * MINUTE)
    if finish is Finish.CUT:
        with pytest.raises(TimeIsOver):
            service.save(attempt.code, Sheet(2, {1: (2,)}), entry_id=entry.id, now=NOW + 3 * MINUTE)
        move(contest, RoundAction.FREEZE, 3 * MINUTE)
        assert attempts.get_attempt(attempt.code).answers == {"1": [1]}
        return
    service.save(attempt.code, Sheet(2, {1: (2,)}), entry_id=entry.id, now=NOW + 3 * MINUTE)
    with pytest.raises(StillRunning):
        move(contest, RoundAction.FREEZE, 4 * MINUTE)
    assert queries.get_round(contest, 1).state == "closed"
    move(contest, RoundAction.FREEZE, 20 * MINUTE)
