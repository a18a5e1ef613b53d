"""Drawn and shuffled papers: what statistics say must add up to what marking said, attempt by attempt."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from quiz.analysis import queries, service
from quiz.analysis.tallies import loaded_tally
from quiz.attempts.models import Attempt, Result
from quiz.bank.queries import usage_of
from quiz.contests.models import Contest
from quiz.core.database import db
from quiz.simulation.service import simulate
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, round_definition


@pytest.fixture
def contest() -> Contest:
    """Sixty people, a hundred attempts, six of twelve questions each, everything shuffled."""
    return simulated(entrants=60, attempts=100)


def simulated(*, entrants: int, attempts: int) -> Contest:
    """A contest in which so many people have taken part. Papers differ from run to run."""
    make_bank()
    made = make_contest("cuoc-thi", round_definition(prediction=None))
    simulate(made, 1, entrants=entrants, attempts=attempts, seed=7, now=NOW, keyring=KEYRING)
    return made


def of_round(model, contest):
    return (model.contest_id == contest.id, model.round_number == 1)


def test_figures_add_up_to_the_marks(contest):
    made = service.analyse_round(contest, 1, now=NOW)
    items = queries.list_items(contest.id, 1)
    counts = db.session.scalars(select(Result.correct_count).where(*of_round(Result, contest))).all()
    assert made.attempts == len(counts) == 60
    assert dict(made.distribution) == Counter(counts)
    assert made.mean == pytest.approx(sum(counts) / len(counts))
    right = sum(row.figures.facility * row.figures.attempts for row in items)
    assert right == pytest.approx(sum(counts))
    assert sum(row.figures.attempts for row in items) == 60 * 6


def test_picks_are_those_of_the_wording_not_of_the_places(contest):
    service.analyse_round(contest, 1, now=NOW)
    for row in queries.list_items(contest.id, 1):
        tally = loaded_tally(row.figures.tally)
        picked = {choice: picks.total() for choice, picks in tally.picks.items()}
        assert picked.get(row.revision.correct[0], 0) == round(row.figures.facility * row.figures.attempts)
        assert sum(picked.values()) + tally.unanswered == row.figures.attempts


def test_usage_adds_up_over_all_closed_attempts(contest):
    service.analyse_round(contest, 1, now=NOW)
    ids = [row.figures.question_id for row in queries.list_items(contest.id, 1)]
    usage = usage_of(ids).values()
    closed, right = db.session.execute(
        select(func.count(), func.sum(Attempt.correct_count)).where(
            *of_round(Attempt, contest), Attempt.closed_at.is_not(None)
        )
    ).one()
    assert sum(one.drawn for one in usage) == closed * 6
    assert sum(one.right_count for one in usage) == right


def test_who_is_able_elsewhere_gets_questions_right(app):
    """Simulated people differ in ability, so that most questions tell them apart, given enough papers."""
    contest = simulated(entrants=400, attempts=400)
    service.analyse_round(contest, 1, now=NOW)
    found = [row.figures.discrimination for row in queries.list_items(contest.id, 1)]
    assert sum(value > 0 for value in found if value is not None) > len(found) / 2
