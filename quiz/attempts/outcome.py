"""The page of a closed attempt: what may be told now, and no more."""

from datetime import datetime
from typing import Any

from flask import url_for

from quiz.attempts import allowance, queries
from quiz.attempts.closing import BY_ENTRANT, marks_of
from quiz.attempts.models import Attempt
from quiz.attempts.pages import Rank, ResultPage, ReviewQuestion
from quiz.attempts.showing import prediction_of, start_url
from quiz.attempts.timing import duration_ms
from quiz.bank.queries import revisions
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import contact_of
from quiz.contests.phases import Phase
from quiz.contests.visibility import Visible, visible
from quiz.core.secrets import Keyring

_REVIEW_WORDS = {True: "right", False: "wrong"}


def shown_of(round_: Round, now: datetime) -> Visible:
    """What entrants may see of a round now."""
    definition = round_.settings
    target = definition.prediction.target if definition.prediction else None
    return visible(round_.window.phase(now), target, definition.publish)


def result_page(
    contest: Contest,
    round_: Round,
    attempt: Attempt,
    unit: ContestUnit | None,
    keyring: Keyring,
    now: datetime,
) -> ResultPage:
    """The result of an attempt that was handed in or whose time is over, closed in its row or not yet."""
    shown = shown_of(round_, now)
    prediction = prediction_of(round_)
    submitted_at = attempt.submitted_at or attempt.deadline_at
    return ResultPage(
        code=attempt.code,
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round_name=round_.settings.name,
        attempt_number=attempt.number,
        total=attempt.question_count,
        answered=len(attempt.answers),
        correct=marks_of(attempt).correct if shown.own_score else None,
        duration_ms=duration_ms(attempt.started_at, submitted_at, attempt.deadline_at),
        submitted_at=submitted_at,
        closed_by="entrant" if attempt.closed_by == BY_ENTRANT else "deadline",
        prediction=attempt.prediction,
        prediction_unit=prediction.unit if prediction else "",
        actual=round_.actual_number,
        unit=unit.name if unit else None,
        rank=_rank(attempt, round_, shown, now),
        publishes_at=None if shown.own_score else round_.closes_at,
        receipt=allowance.receipt_of(attempt, keyring),
        late_answers=len((attempt.late_sheet or {}).get("answers", {})),
        objections_until=None,
        review=_review(attempt) if shown.key else (),
        **_beside(contest, round_, attempt, shown, now),
    )


def _beside(
    contest: Contest, round_: Round, attempt: Attempt, shown: Visible, now: datetime
) -> dict[str, Any]:
    """The person's other attempts: which one counts, how many are left, and where to go on."""
    past = queries.list_attempts(contest.id, attempt.entry_id)
    result = queries.find_result(contest.id, round_.number, attempt.entry_id)
    counted = next((row.number for row in past if result and row.id == result.attempt_id), None)
    left = allowance.attempts_left(past, contest, round_, now)
    is_open = round_.window.phase(now) is Phase.OPEN
    board = url_for("standings.people", slug=contest.slug, round=round_.number)
    return {
        "counted_number": counted if shown.own_score else None,
        "attempts_left": left if is_open else None,
        "attempts_until": round_.closes_at if is_open else None,
        "again_url": start_url(contest, round_) if is_open and left != 0 else None,
        "standings_url": board if shown.board else None,
    }


def _rank(attempt: Attempt, round_: Round, shown: Visible, now: datetime) -> Rank | None:
    if not shown.own_rank:
        return None
    result = queries.find_result(attempt.contest_id, round_.number, attempt.entry_id)
    if result is None:
        return None
    place = result.rank or queries.place_of(result)
    return Rank(place, queries.count_ranked(result), now, shown.is_official)


def _review(attempt: Attempt) -> tuple[ReviewQuestion, ...]:
    views, marks = revisions([revision for revision, _order in attempt.paper]), marks_of(attempt)
    questions = []
    for place, (revision, order) in enumerate(attempt.paper, start=1):
        view, chosen = views[revision], tuple(attempt.answers.get(str(place), ()))
        questions.append(
            ReviewQuestion(
                place=place,
                text=view.text,
                choices=tuple(view.choices[choice] for choice in order),
                chosen=chosen,
                correct=tuple(shown for shown, choice in enumerate(order, 1) if choice in view.correct),
                verdict=_REVIEW_WORDS[marks.right[place - 1]] if chosen else "empty",
                is_flagged=place in attempt.flags,
                source=view.source,
                explanation=view.explanation,
            )
        )
    return tuple(questions)
