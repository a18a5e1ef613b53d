"""Proving the boards: every mark, result and final rank follows from the stored answers."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from sqlalchemy import select

from quiz.attempts import results
from quiz.attempts.closing import marks_of
from quiz.attempts.models import Attempt, Result
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.database import db
from quiz.entries.models import COUNTED, Entry
from quiz.scoring.ranking import places
from quiz.standings.differences import Difference, columns_of, compare, compare_places
from quiz.standings.list_verifying import verify_lists
from quiz.standings.recounting import contender

_AT_ONCE = 1000


def verify(contest: Contest) -> list[Difference]:
    """Mark every closed attempt anew from its answers, make every result anew, rank anew, and compare.

    An empty list proves the boards. Attempts that were given back count for nothing, and those of people who
    were set aside only in rounds that were published before.
    """
    rounds = {
        round_.number: round_
        for round_ in db.session.scalars(select(Round).where(Round.contest_id == contest.id))
    }
    stored = {
        (result.round_number, result.entry_id): result
        for result in db.session.scalars(select(Result).where(Result.contest_id == contest.id))
    }
    differences = list(_ranks(stored, rounds))
    for number, entry, closed in _closed_attempts(contest.id):
        round_ = rounds[number]
        if entry.status not in COUNTED and not _was_published_with(round_, entry, stored):
            continue
        differences += _marks(round_, entry, closed)
        if not round_.counts:
            continue
        actual = None if round_.actual_number is None else Decimal(round_.actual_number)
        expected = results.result_values(entry, round_.settings, closed, actual)
        result = stored.pop((number, entry.id), None)
        is_published = round_.state == RoundState.PUBLISHED.value
        differences += compare(_place(number), result, expected, is_published=is_published)
    differences += [
        Difference(_place(number), entry_id, "row", "stored", None) for number, entry_id in stored
    ]
    return differences + verify_lists(contest)


def _place(number: int) -> str:
    return f"round {number}"


def _was_published_with(round_: Round, entry: Entry, stored: Mapping[tuple[int, int], Result]) -> bool:
    return round_.state == RoundState.PUBLISHED.value and (round_.number, entry.id) in stored


def _marks(round_: Round, entry: Entry, closed: Sequence[Attempt]) -> Iterator[Difference]:
    for attempt in closed:
        right = marks_of(attempt, round_).correct
        if right != attempt.correct_count:
            what = f"correct_count of attempt {attempt.number}"
            yield Difference(_place(round_.number), entry.id, what, attempt.correct_count, right)


def _ranks(stored: Mapping[tuple[int, int], Result], rounds: Mapping[int, Round]) -> Iterator[Difference]:
    """Final ranks that do not follow from the rank keys; rounds without any are passed over."""
    rows = sorted(stored.values(), key=lambda row: row.round_number)
    for number, group in groupby(rows, key=lambda row: row.round_number):
        of_round = list(group)
        if all(row.rank is None for row in of_round):
            continue
        found = places([contender(rounds[number].settings, columns_of(row)) for row in of_round])
        yield from compare_places(_place(number), of_round, found)


def _closed_attempts(contest_id: int) -> Iterator[tuple[int, Entry, list[Attempt]]]:
    """Round number, entry and its closed attempts of that round, one entry after the other."""
    rows = db.session.execute(
        select(Attempt, Entry)
        .join(Entry, (Entry.contest_id == Attempt.contest_id) & (Entry.id == Attempt.entry_id))
        .where(Attempt.contest_id == contest_id, Attempt.closed_at.is_not(None), Attempt.voided_at.is_(None))
        .order_by(Attempt.round_number, Attempt.entry_id, Attempt.number)
        .execution_options(yield_per=_AT_ONCE)
    )
    for (number, _entry_id), group in groupby(rows, key=lambda row: (row[0].round_number, row[0].entry_id)):
        pairs = list(group)
        yield number, pairs[0][1], [pair[0] for pair in pairs]
