"""Who is set aside leaves the boards and comes back to the same place."""

import pytest
from sqlalchemy import select

from quiz.attempts.models import Result
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.standings.queries import figures, list_people
from quiz.standings.recounting import recount
from quiz.standings.service import freeze_round
from quiz.standings.verifying import verify
from tests.support.factories import KEYRING, NOW
from tests.support.sittings import RIGHT, fixed_contest, play


@pytest.fixture
def contest() -> Contest:
    """Three people: four right, three, two."""
    made = fixed_contest()
    play(made, [RIGHT, (*RIGHT[:3], None), (*RIGHT[:2], None, None)])
    return made


def entries(contest: Contest) -> list[Entry]:
    rows = db.session.scalars(select(Entry).where(Entry.contest_id == contest.id).order_by(Entry.id))
    return list(rows)


def set_status(contest: Contest, entry: Entry, status: str) -> None:
    with transaction() as session:
        row = session.get_one(Entry, (contest.id, entry.id), populate_existing=True)
        row.status = status
        recount(session, contest, [1], [row])


def board(contest: Contest) -> list[tuple[int, int]]:
    return [(row.rank, row.entry_id) for row in list_people(contest.id, 1, limit=10)]


def change_state(contest: Contest, state: RoundState) -> None:
    with transaction() as session:
        session.get_one(Round, (contest.id, 1), populate_existing=True).state = state.value


@pytest.mark.parametrize("status", ["disqualified", "merged"])
def test_who_is_set_aside_counts_nowhere_and_comes_back(contest: Contest, status: str) -> None:
    best, second, third = entries(contest)
    before = board(contest)
    set_status(contest, best, status)
    assert board(contest) == [(1, second.id), (2, third.id)]
    assert figures(contest.id, 1).participants == 2
    assert verify(contest) == []
    set_status(contest, best, "active")
    assert board(contest) == before
    assert verify(contest) == []


def test_who_was_erased_counts_on(contest: Contest) -> None:
    before = board(contest)
    set_status(contest, entries(contest)[0], "erased")
    assert board(contest) == before
    assert verify(contest) == []


def test_final_ranks_move_up_and_back_while_results_are_checked(contest: Contest) -> None:
    best, second, third = (entry.id for entry in entries(contest))
    freeze_round(contest, 1, now=NOW, keyring=KEYRING)
    change_state(contest, RoundState.FROZEN)
    set_status(contest, entries(contest)[0], "disqualified")
    wanted = select(Result.entry_id, Result.rank).order_by(Result.rank)
    assert [tuple(row) for row in db.session.execute(wanted)] == [(second, 1), (third, 2)]
    set_status(contest, entries(contest)[0], "active")
    assert [tuple(row) for row in db.session.execute(wanted)] == [(best, 1), (second, 2), (third, 3)]
    assert verify(contest) == []


def test_what_is_published_stays(contest: Contest) -> None:
    freeze_round(contest, 1, now=NOW, keyring=KEYRING)
    change_state(contest, RoundState.PUBLISHED)
    before = board(contest)
    set_status(contest, entries(contest)[0], "disqualified")
    assert board(contest) == before
    assert verify(contest) == []
