"""The saving protocol: GET and PUT /attempts/<code>/sheet, one transaction and one statement a save."""

from datetime import UTC, datetime

from flask import Response, current_app, jsonify, request
from flask_babel import gettext as _

from quiz.attempts import queries, service
from quiz.attempts.allowance import is_paused
from quiz.attempts.errors import OlderRevision
from quiz.attempts.sheets import SheetInvalid, parse_sheet
from quiz.attempts.showing import notice_for
from quiz.attempts.timing import remaining_ms
from quiz.attempts.views import bp, own_attempt_or_404
from quiz.core import clock
from quiz.web.entrants import entrant_id_or_404
from quiz.web.errors import problem
from quiz.web.limiting import unlimited


def stamp(moment: datetime) -> str:
    """2026-11-22T09:15:00.123Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@bp.get("/attempts/<code>/sheet")
def sheet(code: str) -> Response:
    """The stored sheet, its revision and the honest time left; while the round is paused, that it is."""
    attempt, _contest, round_ = own_attempt_or_404(code)
    paused = attempt.closed_at is None and is_paused(round_, attempt)
    now = round_.state_since if paused else clock.now()
    body = service.sheet_of(attempt).as_json()
    body["saved_at"] = stamp(attempt.saved_at) if attempt.saved_at else None
    body["remaining_ms"] = 0 if attempt.closed_at else remaining_ms(attempt.deadline_at, now)
    body["paused"] = paused  # the page must not hand in by itself while its clock stands still
    body["notice"] = notice_for(round_, clock.now())
    return jsonify(body)


@bp.put("/attempts/<code>/sheet")
@unlimited
def save_sheet(code: str) -> Response:
    """Store the whole sheet if its revision is newer than what is stored."""
    entry_id = entrant_id_or_404(queries.contest_of(code))
    try:
        sent = parse_sheet(request.get_json(silent=True))
    except SheetInvalid as error:
        return problem(
            422, f"sheet_{error.code}", _("Bài gửi lên không đúng dạng. Tải lại trang rồi làm tiếp.")
        )
    try:
        saved = service.save(code, sent, entry_id=entry_id, now=clock.now())
    except OlderRevision as error:
        body = error.sheet.as_json()
        body |= {
            "error": error.code,
            "saved_at": stamp(error.saved_at) if error.saved_at else None,
            "remaining_ms": error.remaining_ms,
        }
        return current_app.make_response((jsonify(body), 409))
    return jsonify(revision=saved.revision, saved_at=stamp(saved.saved_at), remaining_ms=saved.remaining_ms)
