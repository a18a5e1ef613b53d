"""Looking at a round's papers beside the pages, keeping what was found, and setting cases aside."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select

from quiz.analysis.asking import request_where_due, request_work
from quiz.analysis.counting import stride
from quiz.attempts.closing import BY_ENTRANT
from quiz.attempts.results import epoch_ms
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.bank.queries import revisions
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.contests.queries import get_contest_by_id, get_round
from quiz.core.database import transaction
from quiz.core.errors import Invalid, NotFound
from quiz.jobs.handlers import Progress, unwatched
from quiz.jobs.models import Job
from quiz.scoring.marking import Correction, PaperItem, chosen, is_right
from quiz.vetting import annulling
from quiz.vetting import integrity_queries as queries
from quiz.vetting.integrity import Found, Sitting, look
from quiz.vetting.integrity_cases import Case, cases
from quiz.vetting.integrity_models import IntegrityCase, IntegrityReview, IntegrityVerdict
from quiz.vetting.integrity_queries import ClosedPaper
from quiz.vetting.integrity_storing import stored_figures, stored_findings, stored_moves
from quiz.vetting.similarity_model import Given

KIND = "vetting.integrity"
# More cases are no list that anybody reads; how many there are in all is kept.
MOST_CASES = 500
_AT_ONCE = 200
# While a round runs it is looked at every few hours, so that a flood is seen before the round is over.
_RUNNING_EVERY = timedelta(hours=6)


class CaseRefused(Invalid):
    """What was asked for a case cannot be done; the code says why."""


def run_review(params: Mapping[str, Any], progress: Progress, _actor: Actor, now: datetime) -> dict[str, Any]:
    """The job "vetting.integrity"."""
    contest = get_contest_by_id(params["contest_id"])
    found = review_round(contest, params["number"], now=now, progress=progress)
    return {"attempts": found.attempts, "cases": found.cases}


def review_round(
    contest: Contest, number: int, *, now: datetime, progress: Progress = unwatched
) -> IntegrityReview:
    """Look at all closed attempts of a round and replace what was found before. Raises NotFound.

    Reads in short transactions, computes without one, and writes once at the end.
    """
    contest_id = contest.id
    corrections = dict(get_round(contest, number).corrections)
    progress(0, None, "reading")
    sittings = _sittings(contest_id, number, corrections)
    placed = queries.list_placed(contest_id, number)
    longest = max((one.questions for one in sittings), default=0)
    found = look(
        sittings,
        placed,
        every=stride(len(placed), longest),
        step=lambda done, total: progress(done, total, "comparing"),
    )
    made = cases(found.findings, {one.person: one.device for one in placed if one.device is not None})
    progress(1, 1, "ranking")
    rows = _rows(get_contest_by_id(contest_id), number, made)
    counts = {"people": len(placed), "attempts": len(sittings), "cases": len(made)}
    return _store(contest_id, number, found, rows, counts, now)


def request_review(contest: Contest, number: int, *, actor: Actor, now: datetime) -> Job:
    """Ask for a look at a round; one that waits already is enough."""
    return request_work(KIND, contest, number, actor=actor, now=now)


def request_due(*, now: datetime) -> int:
    """Ask for a look at rounds that have ended or gone on since the last one; how many."""
    known = {(one.contest_id, one.round_number): one.computed_at for one in queries.list_reviews()}
    return request_where_due(
        KIND, lambda round_: _is_due(round_, known.get((round_.contest_id, round_.number)), now), now=now
    )


def set_aside(
    contest: Contest, number: int, key: str, *, reason: str, actor: Actor, now: datetime
) -> IntegrityVerdict:
    """Nothing is wrong with this case, says an organiser; a reason given again replaces the first.

    Raises NotFound, CaseRefused.
    """
    if not reason.strip():
        raise CaseRefused("reason_needed")
    with transaction() as session:
        if queries.find_case(contest.id, number, key) is None:
            raise NotFound("case")
        found = session.get(IntegrityVerdict, (contest.id, number, key), with_for_update=True)
        if found is None:
            found = IntegrityVerdict(contest_id=contest.id, round_number=number, key=key)
            session.add(found)
        found.reason, found.staff_id, found.decided_at = reason.strip(), actor.id, now
        record(
            Action.CASE_SET_ASIDE,
            f"round {number}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            case=key,
            reason=reason.strip(),
        )
    return found


def _is_due(round_: Round, seen_at: datetime | None, now: datetime) -> bool:
    phase = round_.window.phase(now)
    if not round_.counts or phase in (Phase.DRAFT, Phase.SCHEDULED, Phase.PUBLISHED):
        return False
    if phase.is_over:
        return seen_at is None or seen_at < max(round_.closes_at, round_.state_since)
    return now - (seen_at or round_.opens_at) >= _RUNNING_EVERY


def _sittings(contest_id: int, number: int, corrections: Mapping[int, Correction]) -> list[Sitting]:
    found: list[Sitting] = []
    known: dict[tuple[int, frozenset[int]], Given] = {}  # the same few answers come from everybody
    for chunk in queries.iterate_papers(contest_id, number):
        views = revisions({revision for row in chunk for revision, _order in row.paper})
        keys = {revision: frozenset(view.correct) for revision, view in views.items()}
        found += [_sitting(row, keys, corrections, known) for row in chunk]
    return found


def _sitting(
    row: ClosedPaper,
    keys: Mapping[int, frozenset[int]],
    corrections: Mapping[int, Correction],
    known: dict[tuple[int, frozenset[int]], Given],
) -> Sitting:
    answers: dict[int, Given] = {}
    # Only papers that count are compared with each other.
    for place, (revision, order) in enumerate(row.paper if row.counts else (), start=1):
        shown = row.answers.get(str(place), ())
        item = PaperItem(revision, tuple(order), keys[revision])
        correction = corrections.get(revision)
        picked = chosen(item, shown)
        if not picked or (correction is not None and correction.is_void):
            continue
        if (revision, picked) not in known:
            known[revision, picked] = Given(picked, is_right(item, shown, correction))
        answers[revision] = known[revision, picked]
    return Sitting(
        person=row.entry_id,
        attempt=row.attempt_id,
        counts=row.counts,
        answers=answers,
        questions=row.question_count,
        right=row.correct_count,
        started_ms=epoch_ms(row.started_at),
        submitted_ms=epoch_ms(row.submitted_at),
        duration_ms=row.duration_ms,
        by_hand=row.closed_by == BY_ENTRANT,
    )


def _rows(contest: Contest, number: int, made: Sequence[Case]) -> list[dict[str, Any]]:
    board = queries.list_board(contest.id, number)
    return [
        {
            "contest_id": contest.id,
            "round_number": number,
            "key": case.key,
            "place": place,
            "kinds": case.kinds,
            "p": case.p,
            "corrected": case.corrected,
            "people": list(case.people),
            "attempts": list(case.attempts),
            "findings": stored_findings(case.findings),
            "effect": stored_moves(annulling.effect_on(contest, number, case.attempts, board)),
        }
        for place, case in enumerate(made[:MOST_CASES], start=1)
    ]


def _store(
    contest_id: int,
    number: int,
    found: Found,
    rows: Sequence[dict[str, Any]],
    counts: Mapping[str, int],
    now: datetime,
) -> IntegrityReview:
    review = IntegrityReview(
        contest_id=contest_id,
        round_number=number,
        **counts,
        figures=stored_figures(found),
        computed_at=now,
    )
    with transaction() as session:
        # Two workers must not replace the same rows at once; FOR NO KEY UPDATE: people go on starting.
        session.execute(
            select(Round.number)
            .where(Round.contest_id == contest_id, Round.number == number)
            .with_for_update(key_share=True)
        )
        for model in (IntegrityCase, IntegrityReview):
            session.execute(delete(model).where(model.contest_id == contest_id, model.round_number == number))
        for start in range(0, len(rows), _AT_ONCE):
            session.execute(insert(IntegrityCase), rows[start : start + _AT_ONCE])
        session.add(review)
    return review
