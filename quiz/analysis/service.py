"""Computing a round's item statistics, and asking for it when it is due."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from question_bank.statistics import Asked
from quiz.analysis import queries
from quiz.analysis.asking import request_where_due, request_work
from quiz.analysis.counting import Calibration, RoundCount, stride
from quiz.analysis.models import ItemFigures, RoundAnalysis
from quiz.analysis.tallies import stored_tally
from quiz.attempts.papers import as_items
from quiz.audit.actors import Actor
from quiz.bank.queries import revisions
from quiz.bank.usage import record_usage
from quiz.bank.values import RevisionView, RoundUsage
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.contests.queries import get_contest_by_id, get_round
from quiz.core.database import db, transaction
from quiz.jobs.handlers import Progress, unwatched
from quiz.jobs.models import Job

KIND = "analysis.round"
_AT_ONCE = 500
# While a round runs its figures change little from hour to hour.
_RUNNING_EVERY = timedelta(hours=1)
_GROWTH = 1.1


def run_round(params: Mapping[str, Any], progress: Progress, _actor: Actor, now: datetime) -> dict[str, Any]:
    """The job "analysis.round"."""
    contest = get_contest_by_id(params["contest_id"])
    found = analyse_round(contest, params["number"], now=now, progress=progress)
    return {"attempts": found.attempts, "closed": found.closed}


def analyse_round(
    contest: Contest, number: int, *, now: datetime, progress: Progress = unwatched
) -> RoundAnalysis:
    """Count all closed attempts of a round and store the figures of its questions and their usage.

    Reads in short transactions and writes once at the end. Raises NotFound.
    """
    contest_id, slug = contest.id, contest.slug
    name = get_round(contest, number).settings.name
    total = queries.count_closed(contest_id, number)
    people, questions = queries.count_results(contest_id, number), queries.longest_paper(contest_id, number)
    count = RoundCount(every=stride(people, questions))
    views = _count(count, contest_id, number, total, progress)
    progress(total, total, "computing")
    calibration = count.calibration()
    rows = _rows(count, calibration, views, contest_id, number, questions, now)
    found = _analysis(count, calibration, contest_id, number, now)
    with transaction() as session:
        # Two workers must not replace the same rows at once; FOR NO KEY UPDATE: people go on starting.
        session.execute(
            select(Round.number)
            .where(Round.contest_id == contest_id, Round.number == number)
            .with_for_update(key_share=True)
        )
        for model in (ItemFigures, RoundAnalysis):
            session.execute(delete(model).where(model.contest_id == contest_id, model.round_number == number))
        for start in range(0, len(rows), _AT_ONCE):
            session.execute(insert(ItemFigures), rows[start : start + _AT_ONCE])
        session.add(found)
        record_usage(_usage(count, views, contest_id, number, slug, name), now)
    return found


def request_round(contest: Contest, number: int, *, actor: Actor, now: datetime) -> Job:
    """Ask for a round's statistics; one that waits already is enough."""
    return request_work(KIND, contest, number, actor=actor, now=now)


def request_due(*, now: datetime) -> int:
    """Ask for the statistics of rounds that have ended, or grown, since they were computed; how many."""
    known = {(one.contest_id, one.round_number): one for one in queries.list_analyses()}
    return request_where_due(
        KIND, lambda round_: _is_due(round_, known.get((round_.contest_id, round_.number)), now), now=now
    )


def _is_due(round_: Round, known: RoundAnalysis | None, now: datetime) -> bool:
    phase = round_.window.phase(now)
    if phase in (Phase.DRAFT, Phase.SCHEDULED):
        return False
    if phase.is_over:
        # Attempts are still closed until the results are frozen; publishing changes none.
        settled = round_.closes_at if phase is Phase.PUBLISHED else max(round_.closes_at, round_.state_since)
        return known is None or known.computed_at < settled
    if known is not None and now - known.computed_at < _RUNNING_EVERY:
        return False
    people = queries.count_results(round_.contest_id, round_.number)
    return people > (known.attempts * _GROWTH if known else 0)


def _count(
    count: RoundCount, contest_id: int, number: int, total: int, progress: Progress
) -> dict[int, RevisionView]:
    """Go through the attempts; the wordings that stood on their papers."""
    views: dict[int, RevisionView] = {}
    correct: dict[int, frozenset[int]] = {}
    for sittings in queries.iterate_sittings(contest_id, number):
        new = {revision for one in sittings for revision, _order in one.paper if revision not in views}
        if new:
            views.update(revisions(new))
            correct.update({revision: frozenset(views[revision].correct) for revision in new})
            db.session.rollback()
        for one in sittings:
            count.add(as_items(one.paper, correct), one.answers, counts=one.counts)
        progress(min(count.closed, total), max(total, count.closed), "counting")
    return views


def _rows(
    count: RoundCount,
    calibration: Calibration,
    views: Mapping[int, RevisionView],
    contest_id: int,
    number: int,
    questions: int,
    now: datetime,
) -> list[dict[str, Any]]:
    asked = {one.id: Asked(len(one.choices), one.correct) for one in views.values()}
    rows = []
    for revision, item in count.collector.statistics(asked).items():
        fit = calibration.fits.get(revision)
        rows.append(
            {
                "contest_id": contest_id,
                "round_number": number,
                "revision_id": revision,
                "question_id": views[revision].question_id,
                "attempts": item.attempts,
                "questions": questions,
                "facility": item.facility,
                "discrimination": item.discrimination,
                "efficiency": item.efficiency,
                "weight": item.weight,
                "difficulty": calibration.levels.get(revision),
                "difficulty_error": fit.error if fit else None,
                "infit": fit.infit if fit else None,
                "outfit": fit.outfit if fit else None,
                "flags": [flag.value for flag in item.flags],
                "suspected_key": item.suspected_key,
                "tally": stored_tally(count.collector.tallies[revision]),
                "computed_at": now,
            }
        )
    return rows


def _analysis(
    count: RoundCount, calibration: Calibration, contest_id: int, number: int, now: datetime
) -> RoundAnalysis:
    figures = count.totals.reliability()
    return RoundAnalysis(
        contest_id=contest_id,
        round_number=number,
        attempts=count.counted,
        closed=count.closed,
        calibrated=calibration.attempts,
        mean=figures.mean,
        deviation=figures.deviation,
        alpha=figures.alpha,
        error=figures.error,
        distribution=count.distribution(),
        computed_at=now,
    )


def _usage(
    count: RoundCount,
    views: Mapping[int, RevisionView],
    contest_id: int,
    number: int,
    slug: str,
    name: str,
) -> list[RoundUsage]:
    """Drawn and right by question, over all of its wordings."""
    sums: dict[int, list[int]] = {}
    for revision, drawn in count.drawn.items():
        one = sums.setdefault(views[revision].question_id, [0, 0])
        one[0] += drawn
        one[1] += count.right[revision]
    return [
        RoundUsage(question_id, contest_id, number, slug, name, drawn, right)
        for question_id, (drawn, right) in sorted(sums.items())
    ]
