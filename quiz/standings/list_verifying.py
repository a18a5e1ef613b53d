"""Proving the combined lists: every row and every final place follows from the results and the attempts."""

from sqlalchemy import select

from quiz.attempts.combining import fresh_rows
from quiz.attempts.list_values import has_place
from quiz.attempts.models import ListResult
from quiz.contests.models import Contest, StandingList
from quiz.contests.phases import RoundState
from quiz.contests.queries import list_lists, list_rounds
from quiz.core.database import db
from quiz.entries.models import Entry
from quiz.scoring.ranking import Contender, Place, places
from quiz.standings.differences import Difference, columns_of, compare, compare_places
from quiz.standings.recounting import FINAL

_AT_ONCE = 500


def verify_lists(contest: Contest) -> list[Difference]:
    """Make every list anew and compare. An empty list proves them."""
    return [difference for one in list_lists(contest) for difference in _verify(contest, one)]


def _verify(contest: Contest, list_: StandingList) -> list[Difference]:
    place = f"list {list_.number}"
    states = {round_.state for round_ in list_rounds(contest) if round_.number in list_.settings.rounds}
    is_published = states == {RoundState.PUBLISHED.value}
    stored = {
        row.entry_id: row
        for row in db.session.scalars(
            select(ListResult).where(
                ListResult.contest_id == contest.id, ListResult.list_number == list_.number
            )
        )
    }
    kept = frozenset(stored) if is_published else frozenset()
    differences: list[Difference] = []
    seen: set[int] = set()
    people = db.session.scalars(
        select(Entry.id).where(Entry.contest_id == contest.id).order_by(Entry.id)
    ).all()
    for start in range(0, len(people), _AT_ONCE):
        for expected in fresh_rows(db.session(), list_, people[start : start + _AT_ONCE], kept):
            seen.add(expected["entry_id"])
            differences += compare(
                place, stored.get(expected["entry_id"]), expected, is_published=is_published
            )
    differences += [
        Difference(place, entry_id, "row", "stored", None) for entry_id in sorted(stored.keys() - seen)
    ]
    found = dict.fromkeys(stored, Place(None, None))
    if states <= FINAL:
        rows = [columns_of(row) for row in stored.values()]
        found = places(
            [
                Contender(
                    bytes(row["rank_key"]), row["entry_id"], row["category"], has_place(list_.settings, row)
                )
                for row in rows
            ]
        )
    return [*differences, *compare_places(place, list(stored.values()), found)]
