"""The page of a closed attempt: what may be told now, and no more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from quiz.attempts import allowance, queries
from quiz.attempts.citing import citations_of
from quiz.attempts.closing import BY_ENTRANT, marks_of
from quiz.attempts.languages import choices_of, language_for
from quiz.attempts.models import Attempt
from quiz.attempts.pages import ResultPage, ReviewQuestion, ShownCitation
from quiz.attempts.showing import images_of, paper_of, prediction_of, start_url
from quiz.attempts.timing import duration_ms
from quiz.attempts.wording import available_languages, wording_in
from quiz.bank.values import RevisionView
from quiz.contests.complaint_window import complaints_until, may_complain
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import contact_of
from quiz.contests.phases import Phase
from quiz.contests.visibility import Visible, visible
from quiz.core.secrets import Keyring
from quiz.entries import queries as entries
from quiz.scoring.marking import Correction

_REVIEW_WORDS = {True: "right", False: "wrong"}


def shown_of(round_: Round, now: datetime) -> Visible:
    """What entrants may see of a round now."""
    definition = round_.settings
    target = definition.prediction.target if definition.prediction else None
    is_held = round_.held_since(now) is not None
    return visible(round_.window.phase(now), target, definition.publish, is_held=is_held)


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
        round_number=round_.number,
        entry_id=attempt.entry_id,
        is_practice=not round_.counts,
        attempt_number=attempt.number,
        total=attempt.question_count,
        answered=len(attempt.answers),
        correct=marks_of(attempt, round_).correct if shown.own_score else None,
        duration_ms=duration_ms(attempt.started_at, submitted_at, attempt.deadline_at),
        submitted_at=submitted_at,
        is_given_back=attempt.voided_at is not None and attempt.annulment_id is None,
        annulled=attempt.void_notice,
        closed_by="entrant" if attempt.closed_by == BY_ENTRANT else "deadline",
        prediction=attempt.prediction,
        prediction_unit=prediction.unit if prediction else "",
        actual=round_.actual_number,
        unit=unit.name if unit else None,
        publishes_at=None if shown.own_score else round_.closes_at,
        receipt=allowance.receipt_of(attempt, keyring),
        late_answers=_late_answers(attempt),
        **_reviewed(contest, round_, attempt, shown, now),
        **_beside(contest, round_, attempt, shown, now),
    )


def _late_answers(attempt: Attempt) -> int:
    """How many answers came too late; one that was stored in time as well is not late."""
    late = (attempt.late_sheet or {}).get("answers", {})
    return sum(1 for place, chosen in late.items() if attempt.answers.get(place) != chosen)


def _beside(
    contest: Contest, round_: Round, attempt: Attempt, shown: Visible, now: datetime
) -> dict[str, Any]:
    """The person's other attempts: which one counts, how many are left, and where to go on."""
    past = queries.list_attempts(contest.id, attempt.entry_id)
    result = queries.find_result(contest.id, round_.number, attempt.entry_id)
    counted = next((row.number for row in past if result and row.id == result.attempt_id), None)
    left = allowance.attempts_left(past, contest, round_, now)
    entry = entries.find_entry(contest.id, attempt.entry_id)
    goes_on = entry is not None and entry.status == "active"
    is_open = round_.window.phase(now) is Phase.OPEN and goes_on
    board = url_for("standings.people", slug=contest.slug, round=round_.number)
    return {
        "counted_number": counted if shown.own_score else None,
        "attempts_left": left if is_open else None,
        "attempts_until": round_.window.ends_at(now) if is_open else None,
        "again_url": start_url(contest, round_) if is_open and left != 0 else None,
        "standings_url": board if shown.board and round_.counts else None,
        **_complaining(contest, round_, now),
    }


def _complaining(contest: Contest, round_: Round, now: datetime) -> dict[str, Any]:
    """Where and until when the result may be complained about."""
    asked = (round_.window, round_.state_since, contest.settings.complaints_days, now)
    is_open = round_.counts and may_complain(*asked)
    url = url_for("complaints.own", slug=contest.slug, round=round_.number)
    return {
        "objections_until": complaints_until(*asked) if is_open else None,
        "complaint_url": url if is_open else None,
    }


def _reviewed(
    contest: Contest, round_: Round, attempt: Attempt, shown: Visible, now: datetime
) -> dict[str, Any]:
    """The person's own paper with the key once that is public, in the language that they read it in."""
    if not shown.key:
        return {"review": (), "languages": ()}
    paper, marks = paper_of(attempt), marks_of(attempt, round_)
    languages = available_languages(view for view, _order in paper)
    language = language_for(languages)
    citations = citations_of(contest, [view for view, _order in paper], now)
    return {
        "review": tuple(
            _review(
                attempt,
                place,
                view,
                order,
                citations.get(view.id),
                round_.corrections.get(view.id),
                is_right=is_right,
                language=language,
            )
            for place, ((view, order), is_right) in enumerate(zip(paper, marks.right, strict=True), start=1)
        ),
        "languages": choices_of(languages, language, "attempts.play", code=attempt.code, _anchor="tung-cau"),
    }


def _review(
    attempt: Attempt,
    place: int,
    view: RevisionView,
    order: Sequence[int],
    citation: ShownCitation | None,
    correction: Correction | None,
    *,
    is_right: bool,
    language: str,
) -> ReviewQuestion:
    wording = wording_in(view, order, language)
    images, choice_images = images_of(place, view, order)
    chosen = tuple(attempt.answers.get(str(place), ()))
    right = frozenset[int]().union(*correction.accepted) if correction else frozenset(view.correct)
    verdict = "void" if correction and correction.is_void else _REVIEW_WORDS[is_right] if chosen else "empty"
    return ReviewQuestion(
        place=place,
        text=wording.text,
        choices=wording.choices,
        chosen=chosen,
        correct=tuple(shown for shown, choice in enumerate(order, 1) if choice in right),
        verdict=verdict,
        is_corrected=correction is not None,
        is_flagged=place in attempt.flags,
        source=view.source,
        citation=citation,
        explanation=wording.explanation,
        explanation_language=wording.explanation_language,
        language=wording.language,
        images=images,
        choice_images=choice_images,
    )
