"""The page of one case: its people, their attempts, the answers of two of them side by side."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import request, url_for
from flask_babel import gettext as _

from quiz.attempts.models import Attempt
from quiz.bank.queries import revisions
from quiz.contests.models import Contest, Round
from quiz.contests.queries import list_units
from quiz.core.errors import NotFound
from quiz.entries.models import Entry
from quiz.scoring.marking import PaperItem, chosen, is_right
from quiz.vetting import annul_queries
from quiz.vetting import integrity_queries as queries
from quiz.vetting.integrity_pages import AnswerPair, AttemptFacts, CasePage, PersonLine
from quiz.vetting.integrity_showing import case_line, frame_of
from quiz.web.filters import local

_MOST_ATTEMPTS = 60


def case_page(contest: Contest, round_: Round, key: str, now: datetime) -> CasePage:
    """One case; the address may name the two whose answers stand side by side. Raises NotFound."""
    case = queries.find_case(contest.id, round_.number, key)
    if case is None:
        raise NotFound("case")
    entries = annul_queries.list_entries(contest.id, case.people)
    units = {unit.id: unit for unit in list_units(contest.id)}
    verdict = queries.find_verdict(contest.id, round_.number, key)
    line = case_line(contest, round_.number, case, verdict, entries, units, most=len(case.people))
    rows = [
        row for row in queries.list_round_attempts(contest.id, round_.number, case.people) if row.closed_at
    ]
    counted = {
        row.attempt_id for row in annul_queries.results_of(contest.id, round_.number, case.people).values()
    }
    sides = _sides(line.people)
    answers = _answers(round_, rows, counted, sides) if sides else ()
    return CasePage(
        frame=frame_of(contest, round_, now),
        line=line,
        attempts=tuple(_facts(row, entries, counted) for row in rows[:_MOST_ATTEMPTS]),
        sides=sides,
        answers=answers,
        same=sum(one.is_same for one in answers),
        annul_url=url_for("integrity.annul_page", slug=contest.slug, number=round_.number, case=key),
    )


def _facts(row: Attempt, entries: Mapping[int, Entry], counted: set[int]) -> AttemptFacts:
    return AttemptFacts(
        name=entries[row.entry_id].name if row.entry_id in entries else "",
        number=row.number,
        started=_seconds(row.started_at),
        submitted=_seconds(row.submitted_at) if row.submitted_at else "",
        duration_ms=row.duration_ms or 0,
        correct=row.correct_count or 0,
        total=row.question_count,
        is_counted=row.id in counted,
        is_annulled=row.annulment_id is not None,
    )


def _seconds(moment: datetime) -> str:
    return local(moment).strftime("%H:%M:%S %d/%m/%Y")


def _sides(people: Sequence[PersonLine]) -> tuple[PersonLine, PersonLine] | None:
    """The two that the address names, else the first two."""
    by_id = {one.entry_id: one for one in people}
    asked = [by_id.get(request.args.get(name, 0, type=int)) for name in ("a", "b")]
    if asked[0] and asked[1] and asked[0] is not asked[1]:
        return asked[0], asked[1]
    return (people[0], people[1]) if len(people) > 1 else None


def _answers(
    round_: Round, rows: Sequence[Attempt], counted: set[int], sides: tuple[PersonLine, PersonLine]
) -> tuple[AnswerPair, ...]:
    """The questions that the two counted papers share, in the order of the first."""
    papers = [
        next((row for row in rows if row.entry_id == one.entry_id and row.id in counted), None)
        for one in sides
    ]
    if papers[0] is None or papers[1] is None:
        return ()
    one, other = (_chosen(round_, paper) for paper in papers if paper is not None)
    views = revisions(one.keys() & other.keys())
    return tuple(
        AnswerPair(
            views[revision].text,
            _words(views[revision].choices, picked),
            right,
            _words(views[revision].choices, other[revision][0]),
            other[revision][1],
            bool(picked) and picked == other[revision][0],
        )
        for revision, (picked, right) in one.items()
        if revision in other
    )


def _chosen(round_: Round, attempt: Attempt) -> dict[int, tuple[frozenset[int], bool]]:
    views = revisions([revision for revision, _order in attempt.paper])
    found = {}
    for place, (revision, order) in enumerate(attempt.paper, start=1):
        item = PaperItem(revision, tuple(order), frozenset(views[revision].correct))
        shown = attempt.answers.get(str(place), ())
        found[revision] = (chosen(item, shown), is_right(item, shown, round_.corrections.get(revision)))
    return found


def _words(choices: Sequence[str], picked: frozenset[int]) -> str:
    return "; ".join(choices[one] for one in sorted(picked)) if picked else _("bỏ trống")
