"""/manage/c/<slug>/rounds/<n>/winners: the people with a prize as a workbook, in clear, for a reason."""

from flask import Response, render_template
from werkzeug.wrappers import Response as AnyResponse

from quiz.accounts.permissions import Permission
from quiz.contests import queries as contests
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.privacy import disclosure
from quiz.privacy.desk_views import bp
from quiz.privacy.forms import ReasonForm
from quiz.privacy.winner_pages import XLSX, winners, workbook
from quiz.web.guards import keyring, needs, staff_actor
from quiz.web.labels import domain_message


@bp.route("/rounds/<int:number>/winners", methods=["GET", "POST"])
@needs(Permission.SEE_PERSONAL_DATA)
def winners_file(slug: str, number: int) -> AnyResponse | str | tuple[str, int]:
    """How many people have a prize; with a reason, who they are, as a file. Each of them sees that."""
    contest = contests.get_contest(slug)
    round_ = contests.get_round(contest, number)
    rows, form = winners(contest, round_), ReasonForm()
    if form.is_submitted() and form.validate() and rows:
        people = [row.entry_id for row, _prize in rows]
        try:
            disclosure.note_export(
                contest, people, form.reason.data or "", actor=staff_actor(), now=clock.now()
            )
        except DomainError as error:
            form.reason.errors = [domain_message(error)]
        else:
            reply = Response(workbook(contest, rows, keyring()), mimetype=XLSX)
            reply.headers["Content-Disposition"] = f'attachment; filename="dat-giai-{slug}-{number}.xlsx"'
            return reply
    page = render_template("privacy/winners.html", contest=contest, round=round_, people=len(rows), form=form)
    return (page, 422) if form.is_submitted() else page
