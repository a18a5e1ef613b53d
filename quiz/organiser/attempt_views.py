"""/manage/c/<slug>/entrants/<id>/attempts/<code>: what is known of one attempt, and the same as a file."""

import csv
import io

from flask import Response, render_template
from flask_babel import gettext as _

from quiz.accounts.permissions import Permission
from quiz.attempts import queries as attempts
from quiz.attempts.models import Attempt
from quiz.contests import queries as contests
from quiz.contests.models import Contest, Round
from quiz.core.errors import NotFound
from quiz.entries.models import Entry
from quiz.entries.queries import get_entry
from quiz.organiser.attempt_story import silence_of, story_of
from quiz.organiser.views import bp, contest_or_404
from quiz.web.filters import local
from quiz.web.guards import needs


@bp.get("/c/<slug>/entrants/<int:entry_id>/attempts/<code>")
@needs(Permission.SEE_CONTESTS)
def attempt(slug: str, entry_id: int, code: str) -> str:
    """The attempt on a line of time."""
    contest, entry, round_, found = _attempt_or_404(slug, entry_id, code)
    quiet = silence_of(found)
    return render_template(
        "organiser/attempt.html",
        contest=contest,
        entry=entry,
        round=round_,
        attempt=found,
        lines=story_of(contest, round_, entry, found),
        quiet_minutes=int(quiet.total_seconds() // 60) if quiet else 0,
    )


@bp.get("/c/<slug>/entrants/<int:entry_id>/attempts/<code>.csv")
@needs(Permission.SEE_CONTESTS)
def attempt_file(slug: str, entry_id: int, code: str) -> Response:
    """The same lines as a table; it names the attempt and no person."""
    contest, entry, round_, found = _attempt_or_404(slug, entry_id, code)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([_("Lúc"), _("Loại"), _("Việc"), _("Ghi chú")])
    for line in story_of(contest, round_, entry, found):
        at = local(line.at).strftime("%Y-%m-%d %H:%M:%S")
        table.writerow([at, line.kind, _plain(line.what), _plain(line.note)])
    reply = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    reply.headers["Content-Disposition"] = f'attachment; filename="luot-{found.code}.csv"'
    return reply


def _plain(text: str) -> str:
    """What a spreadsheet would take for a formula becomes text."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _attempt_or_404(slug: str, entry_id: int, code: str) -> tuple[Contest, Entry, Round, Attempt]:
    contest = contest_or_404(slug)
    entry = get_entry(contest.id, entry_id)
    found = next((one for one in attempts.list_attempts(contest.id, entry.id) if one.code == code), None)
    if found is None:
        raise NotFound("attempt")
    return contest, entry, contests.get_round(contest, found.round_number), found
