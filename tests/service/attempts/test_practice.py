"""A practice round: papers and marks as in earnest, and nothing of it counts anywhere."""

from datetime import timedelta

import pytest

from quiz.attempts import queries as attempts
from quiz.attempts import service
from quiz.attempts.errors import StartRefused
from quiz.attempts.sheets import Sheet
from quiz.contests import queries as contests
from quiz.contests.definition import AttemptRule, Per
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction, RoundState
from quiz.entries.models import Entry
from quiz.organiser.rounds import move_round
from quiz.standings import queries as standings
from quiz.standings.verifying import verify
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.staff import ACTOR


def contest_with_practice(per: Per = Per.CONTEST) -> Contest:
    """Round 1 to try out, without limit; round 2 with one attempt in the whole contest."""
    make_bank()
    return make_contest(
        "cuoc-thi",
        round_definition(1, practice=True, prediction=None, attempts=AttemptRule(None)),
        round_definition(2, prediction=None, attempts=AttemptRule(1, per)),
    )


def sit(contest: Contest, entry: Entry, number: int, minutes: int = 0) -> None:
    """Start and hand in."""
    start = NOW + timedelta(minutes=minutes)
    attempt = service.start(contest, entry.id, number, now=start, keyring=KEYRING)
    end = start + timedelta(minutes=2)
    service.submit(attempt.code, Sheet(1, {1: (1,)}, (), None), entry_id=entry.id, now=end, keyring=KEYRING)


def test_nothing_of_it_counts() -> None:
    contest = contest_with_practice()
    entry = make_entry(contest)
    for turn in range(3):
        sit(contest, entry, 1, minutes=5 * turn)
    assert attempts.find_result(contest.id, 1, entry.id) is None
    assert standings.figures(contest.id, 1).participants == 0
    assert standings.list_people(contest.id, 1, limit=10) == []
    assert standings.list_unit_sums(contest.id, None) == []
    rows = attempts.list_attempts(contest.id, entry.id)
    assert [row.correct_count is not None for row in rows] == [True] * 3
    assert verify(contest) == []


@pytest.mark.parametrize("per", [Per.CONTEST, Per.WEEK, Per.DAY, Per.ROUND])
def test_it_uses_up_no_attempt_of_another_round(per: Per) -> None:
    contest = contest_with_practice(per)
    entry = make_entry(contest)
    sit(contest, entry, 1)
    sit(contest, entry, 1, minutes=5)
    sit(contest, entry, 2, minutes=10)
    with pytest.raises(StartRefused):
        service.start(contest, entry.id, 2, now=NOW + timedelta(minutes=20), keyring=KEYRING)
    assert standings.list_unit_sums(contest.id, None)[0].attempts == 1


def test_it_is_closed_frozen_and_published_like_others() -> None:
    contest = contest_with_practice()
    sit(contest, make_entry(contest), 1)
    for turn, action in enumerate((RoundAction.CLOSE, RoundAction.FREEZE, RoundAction.PUBLISH)):
        now = NOW + timedelta(hours=2 + turn)
        move_round(contest, 1, action, actor=ACTOR, now=now, keyring=KEYRING)
    assert contests.get_round(contest, 1).state == RoundState.PUBLISHED.value
    assert standings.figures(contest.id, 1).attempts == 0


def test_the_round_that_counts_goes_first() -> None:
    contest = contest_with_practice()
    current = contests.current_round(contest, NOW)
    assert current is not None
    assert current.number == 2
    assert [round_.number for round_ in contests.list_counting_rounds(contest)] == [2]
