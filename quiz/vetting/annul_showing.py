"""What annulling would do, as the page shows it."""

from collections.abc import Mapping
from typing import Any

from quiz.attempts.models import Result
from quiz.contests.models import Contest
from quiz.contests.queries import list_units
from quiz.standings.queries import list_unit_sums
from quiz.vetting import annul_queries
from quiz.vetting import integrity_queries as queries
from quiz.vetting.annul_units import UnitMove, unit_moves
from quiz.vetting.annulling import Change, fingerprint
from quiz.vetting.integrity_pages import ObjectionLine, PersonLine, PreviewPage, UnitLine
from quiz.vetting.integrity_showing import person_line

_FIRST = 50


def preview_page(contest: Contest, number: int, change: Change) -> PreviewPage:
    """The change with the names of the first people and units."""
    first = change.moves.people[:_FIRST]
    entries = annul_queries.list_entries(contest.id, [one.person for one in first])
    units = {unit.id: unit for unit in list_units(contest.id)}
    people: tuple[PersonLine, ...] = tuple(
        person_line(contest, entries[one.person], units, (one.before, one.after))
        for one in first
        if one.person in entries
    )
    moved = unit_moves(
        list_units(contest.id),
        list_unit_sums(contest.id, number),
        [(_columns(row), change.fresh.get(person)) for person, row in change.before.items()],
        contest.collective[0] if contest.collective else None,
    )
    return PreviewPage(
        seen=fingerprint(change.attempts),
        attempts=len(change.attempts),
        people=people,
        count=len(change.moves.people),
        out=change.moves.out,
        risen=change.moves.risen,
        units=tuple(_unit(one) for one in moved[:_FIRST]),
        unit_count=len(moved),
    )


def _unit(one: UnitMove) -> UnitLine:
    before, after = one.before, one.after
    return UnitLine(
        name=before.unit.name,
        people_before=before.totals.participants,
        people_after=after.totals.participants,
        attempts_before=before.totals.attempts,
        attempts_after=after.totals.attempts,
        rank_before=before.rank if before.totals.participants else None,
        rank_after=after.rank if after.totals.participants else None,
    )


def _columns(row: Result) -> Mapping[str, Any]:
    names = ("unit_id", "attempts", "correct_count", "question_count")
    return {name: getattr(row, name) for name in names}


def objection_lines(contest: Contest, number: int) -> dict[int, list[ObjectionLine]]:
    """What entrants said against the round's annulments, by annulment."""
    found: dict[int, list[ObjectionLine]] = {}
    for said, name in queries.list_objections(contest.id, number):
        line = ObjectionLine(said.entry_id, name, said.words, said.objected_at, said.answer, said.answered_at)
        found.setdefault(said.annulment_id, []).append(line)
    return found
