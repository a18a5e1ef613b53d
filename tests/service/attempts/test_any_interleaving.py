"""Whatever order requests arrive in, the newest acknowledged is stored; state follows from row and clock."""

import itertools
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.attempts import queries, service
from quiz.attempts.closing import marks_of
from quiz.attempts.errors import OlderRevision, TimeIsOver
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet
from quiz.attempts.showing import is_running
from quiz.bank.queries import revisions
from quiz.contests.models import Contest
from quiz.contests.queries import get_round
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.parallel import at_once

LENGTH, GRACE = 15 * 60, 30  # seconds: of the attempt, and what is taken after it
# The database is emptied for each test, not for each example: every example has a person of its own.
several = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
_person = itertools.count(1)


@dataclass(frozen=True)
class Arrival:
    """A save that reaches the server so many seconds after the start."""

    revision: int
    choice: int
    after: float


arrivals = st.lists(
    st.builds(
        Arrival,
        revision=st.integers(1, 9),
        choice=st.integers(1, 4),
        after=st.sampled_from(
            [1.0, 400.0, LENGTH - 0.001, LENGTH, LENGTH + GRACE, LENGTH + GRACE + 0.001, 9000]
        ),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture
def contest(app_context: None) -> Contest:
    """With a bank and no prediction."""
    make_bank()
    return make_contest("cuoc-thi", round_definition(prediction=None))


def begin(contest: Contest) -> Attempt:
    """A running attempt of somebody new."""
    return service.start(contest, make_entry(contest, next(_person)).id, 1, now=NOW, keyring=KEYRING)


def send(attempt: Attempt, one: Arrival) -> bool:
    """Whether the server acknowledged it."""
    sheet = Sheet(one.revision, {1: (one.choice,), 2: (one.revision % 4 + 1,)})
    try:
        saved = service.save(
            attempt.code, sheet, entry_id=attempt.entry_id, now=NOW + timedelta(seconds=one.after)
        )
    except (OlderRevision, TimeIsOver):
        return False
    assert saved.revision == one.revision
    assert saved.remaining_ms == max(0, round((LENGTH - one.after) * 1000))
    return True


@several
@given(arrivals)
def test_the_stored_sheet_is_the_highest_acknowledged(contest: Contest, sent: list[Arrival]) -> None:
    attempt = begin(contest)
    acknowledged = [one for one in sent if send(attempt, one)]
    stored = queries.get_attempt(attempt.code)
    best = max((one.revision for one in acknowledged), default=0)
    assert stored.revision == best
    contents = {one.choice for one in acknowledged if one.revision == best}
    assert len(contents) <= 1, "two contents were acknowledged under one revision"
    assert stored.answers.get("1", []) == list(contents)
    # whatever was in time and newer than all before it was acknowledged
    newest = 0
    for one in sent:
        if one.after <= LENGTH + GRACE and one.revision > newest:
            assert one in acknowledged
            newest = one.revision
    # nothing late counts; the newest late one is kept apart
    late = [one for one in sent if one.after > LENGTH + GRACE and one not in acknowledged]
    assert (stored.late_sheet is not None) == bool(late)


@pytest.mark.parametrize("seed", range(4))
def test_parallel_saves_leave_the_highest_acknowledged(app: Flask, contest: Contest, seed: int) -> None:
    """Two devices that count alike: each revision comes twice, with different answers."""
    attempt = begin(contest)
    code, entry_id = attempt.code, attempt.entry_id
    sheets = [
        Sheet(revision, {1: (choice,), 2: (revision % 4 + 1,)})
        for revision in range(1, 13)
        for choice in (1, 2)
    ]
    Random(seed).shuffle(sheets)
    turns = iter(sheets)

    def one() -> Sheet | None:
        sheet = next(turns)
        try:
            service.save(code, sheet, entry_id=entry_id, now=NOW + timedelta(seconds=1))
        except OlderRevision:
            return None
        return sheet

    taken = [sheet for sheet in at_once(app, len(sheets), one) if sheet is not None]
    stored = service.sheet_of(queries.get_attempt(code))
    assert stored.revision == 12
    assert [sheet for sheet in taken if sheet.revision == 12] == [stored]


@several
@given(
    saved_after=st.integers(0, LENGTH + GRACE),
    looked_after=st.integers(0, 3 * LENGTH),
    right=st.integers(0, 6),
)
def test_state_and_mark_follow_from_row_and_clock(
    contest: Contest, saved_after: int, looked_after: int, right: int
) -> None:
    """F8: before housekeeping an attempt counts exactly as after it; the grace is never time used."""
    attempt = begin(contest)
    round_ = get_round(contest, 1)
    key = marking_key(attempt)
    answers = {place: key[place] for place in range(1, right + 1)}
    if answers:
        sent_at = NOW + timedelta(seconds=saved_after)
        service.save(attempt.code, Sheet(1, answers), entry_id=attempt.entry_id, now=sent_at)
    now = NOW + timedelta(seconds=looked_after)
    row = queries.get_attempt(attempt.code)
    assert is_running(row, round_, now) == (looked_after < LENGTH)
    before = marks_of(row, round_).correct
    assert before == right
    service.close_expired(contest.id, now=now, keyring=KEYRING)
    row = queries.get_attempt(attempt.code)
    assert (row.closed_at is not None) == (looked_after > LENGTH + GRACE)
    if row.closed_at is not None:
        assert (row.correct_count, row.duration_ms) == (before, LENGTH * 1000)
        assert row.submitted_at == row.deadline_at


def marking_key(attempt: Attempt) -> dict[int, tuple[int, ...]]:
    """The right ticks of a paper by place."""
    views = revisions([revision for revision, _order in attempt.paper])
    return {
        place: tuple(order.index(choice) + 1 for choice in views[revision].correct)
        for place, (revision, order) in enumerate(attempt.paper, start=1)
    }
