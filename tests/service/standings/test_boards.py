"""Boards follow from attempts: order, ties, freezing, proof."""

from datetime import timedelta
from decimal import Decimal

import pytest

from quiz.attempts import queries as attempts
from quiz.attempts import service
from quiz.attempts.models import Attempt, Result
from quiz.attempts.sheets import Sheet
from quiz.bank.queries import revisions
from quiz.contests.models import Contest, Round
from quiz.contests.queries import list_units
from quiz.core.database import db, transaction
from quiz.scoring.ranking import Criterion
from quiz.simulation.service import simulate
from quiz.standings import queries
from quiz.standings.service import freeze_round
from quiz.standings.unit_boards import roll_up
from quiz.standings.verifying import verify
from tests.support.factories import (
    KEYRING,
    NOW,
    make_bank,
    make_contest,
    make_entry,
    round_definition,
    unit_id,
)

MINUTE = timedelta(minutes=1)


def play(
    contest: Contest, number: int, *, right: int, minutes: int, prediction: str, unit: str = "03646"
) -> Attempt:
    """Person `number` answers `right` of six correctly in so many minutes."""
    entry = make_entry(contest, number, unit_id=unit_id(contest, unit))
    attempt = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    views = revisions([revision for revision, _order in attempt.paper])
    answers = {}
    for place, (revision, order) in enumerate(attempt.paper, start=1):
        correct = order.index(views[revision].correct[0]) + 1
        answers[place] = (correct if place <= right else correct % len(order) + 1,)
    sheet = Sheet(1, answers, (), prediction)
    return service.submit(attempt.code, sheet, entry_id=entry.id, now=NOW + minutes * MINUTE, keyring=KEYRING)


@pytest.fixture
def contest() -> Contest:
    """Ranked by correct answers, prediction, duration."""
    make_bank()
    ranking = (Criterion.CORRECT_COUNT, Criterion.PREDICTION_ERROR, Criterion.DURATION)
    return make_contest("cuoc-thi", round_definition(ranking=ranking))


def board(contest: Contest) -> list[tuple[int, int]]:
    """(rank, number of the person) from the top."""
    rows = queries.list_people(contest.id, 1, limit=50)
    return [(row.rank, int(row.name.rsplit(" ", 1)[1])) for row in rows]


def test_while_open_the_prediction_does_not_rank(contest: Contest) -> None:
    """Correct answers, then duration; equal facts share a place: 1-2-2-4."""
    play(contest, 1, right=5, minutes=4, prediction="9")
    play(contest, 2, right=6, minutes=9, prediction="9")
    play(contest, 3, right=5, minutes=4, prediction="1")
    play(contest, 4, right=5, minutes=8, prediction="2")
    assert board(contest) == [(1, 2), (2, 1), (2, 3), (4, 4)]


def test_freezing_fixes_the_number_and_ranks_by_it(contest: Contest) -> None:
    """Two people are all correct: who predicted 2 stands before who predicted 9, though slower."""
    play(contest, 1, right=6, minutes=3, prediction="9")
    play(contest, 2, right=6, minutes=9, prediction="2")
    play(contest, 3, right=4, minutes=1, prediction="2")
    assert board(contest) == [(1, 1), (2, 2), (3, 3)]
    actual = freeze_round(contest, 1, now=NOW + timedelta(days=7), keyring=KEYRING)
    assert actual == Decimal(2)
    assert board(contest) == [(1, 2), (2, 1), (3, 3)]
    ranks = {result.entry_id: result.rank for result in db.session.query(Result)}
    assert sorted(ranks.values()) == [1, 2, 3]  # type: ignore[type-var]  # all are set


def test_freezing_closes_what_ran_out(contest: Contest) -> None:
    """Somebody who never came back counts with what was saved."""
    entry = make_entry(contest, 8)
    attempt = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    service.save(attempt.code, Sheet(1, {1: (1,)}), entry_id=entry.id, now=NOW + MINUTE)
    assert queries.figures(contest.id, 1).participants == 0
    freeze_round(contest, 1, now=NOW + timedelta(days=7), keyring=KEYRING)
    assert queries.figures(contest.id, 1).participants == 1


def test_the_best_attempt_counts_and_brings_its_prediction(contest: Contest) -> None:
    """Where the prediction ranks, the attempt that counts says which prediction."""
    first = play(contest, 1, right=3, minutes=2, prediction="111")
    again = service.start(contest, first.entry_id, 1, now=NOW + 20 * MINUTE, keyring=KEYRING)
    service.submit(
        again.code,
        Sheet(1, {}, (), "222"),
        entry_id=first.entry_id,
        now=NOW + 21 * MINUTE,
        keyring=KEYRING,
    )
    result = attempts.find_result(contest.id, 1, first.entry_id)
    assert result is not None
    assert (result.attempt_id, result.prediction, result.attempts) == (first.id, "111", 2)


def test_units_count_people_and_attempts_up_the_tree(contest: Contest) -> None:
    """Two communes, three people: the province has three, nobody twice."""
    play(contest, 1, right=6, minutes=3, prediction="1")
    play(contest, 2, right=2, minutes=3, prediction="1")
    play(contest, 3, right=6, minutes=3, prediction="1", unit="03688")
    units = list_units(contest.id)
    totals = roll_up(units, queries.list_unit_sums(contest.id, 1))
    by_code = {unit.code: totals[unit.id] for unit in units}
    assert [by_code[code].participants for code in ("03646", "03688", "SL-XA", "14")] == [2, 1, 3, 3]
    assert by_code["14"].all_correct == 2
    assert by_code["03646"].correct_sum == 8


def test_verify_finds_no_difference_and_names_a_planted_one(contest: Contest) -> None:
    """The proof, with its negative control."""
    done = play(contest, 1, right=6, minutes=3, prediction="1")
    play(contest, 2, right=2, minutes=3, prediction="1")
    assert verify(contest) == []
    with transaction() as session:
        result = session.get(Result, (contest.id, 1, done.entry_id))
        assert result is not None
        result.correct_count = 5
    found = verify(contest)
    assert [(difference.column, difference.stored, difference.expected) for difference in found] == [
        ("correct_count", 5, 6)
    ]


def test_verify_marks_the_answers_anew_and_checks_final_ranks(contest: Contest) -> None:
    """A mark that was changed behind the answers' back, and a rank that does not follow."""
    done = play(contest, 1, right=6, minutes=3, prediction="1")
    other = play(contest, 2, right=2, minutes=3, prediction="1")
    freeze_round(contest, 1, now=NOW + timedelta(days=7), keyring=KEYRING)
    assert verify(contest) == []
    with transaction() as session:
        session.get_one(Attempt, (contest.id, other.id)).correct_count = 6
        session.get_one(Result, (contest.id, 1, done.entry_id)).rank = 2
    found = {(one.entry_id, one.column) for one in verify(contest)}
    assert (other.entry_id, "correct_count of attempt 1") in found
    assert (done.entry_id, "rank") in found


def test_a_simulation_is_what_the_services_would_have_made(contest: Contest) -> None:
    """Seeded people in bulk: within the limits, provable, the same for the same seed."""
    made = simulate(
        contest, 1, entrants=60, attempts=110, seed=3, now=NOW + timedelta(days=2), keyring=KEYRING
    )
    assert made.entrants == 60
    assert 90 <= made.attempts <= 110
    assert verify(contest) == []
    figures = queries.figures(contest.id, 1)
    assert (figures.participants, figures.attempts) == (60, made.attempts)
    longest = db.session.query(Attempt).order_by(Attempt.duration_ms.desc()).first()
    assert longest is not None
    assert longest.duration_ms is not None
    assert longest.duration_ms <= 15 * 60 * 1000
    per_person = [result.attempts for result in db.session.query(Result)]
    assert max(per_person) <= 3
    freeze_round(contest, 1, now=NOW + timedelta(days=7), keyring=KEYRING)
    assert verify(contest) == []
    round_ = db.session.get(Round, (contest.id, 1))
    assert round_ is not None
    assert round_.actual_number == str(figures.people_all_correct)
