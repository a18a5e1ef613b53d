"""/manage/c/<slug>/two-persons: whether correcting a key and publishing take a second person."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.approvals.queries import list_approvers
from quiz.contests.models import Contest
from quiz.contests.two_persons import switch
from quiz.core import clock
from quiz.organiser.second_forms import Rule, RuleForm
from quiz.organiser.views import bp, contest_or_404
from quiz.web.guards import needs, staff_actor


@bp.get("/c/<slug>/two-persons")
@needs(Permission.WAIVE_SECOND_PERSON)
def two_persons(slug: str) -> str:
    """The rule as it stands, and the form."""
    contest = contest_or_404(slug)
    rule = Rule.ON if contest.settings.two_persons else Rule.OFF
    return _page(contest, RuleForm(formdata=None, data={"rule": rule.value}))


@bp.post("/c/<slug>/two-persons")
@needs(Permission.WAIVE_SECOND_PERSON)
def switch_two_persons(slug: str) -> Response | tuple[str, int]:
    """Switch the rule for a reason."""
    contest, form = contest_or_404(slug), RuleForm()
    if not form.validate():
        return _page(contest, form), 422
    is_on = form.rule.data == Rule.ON.value
    switch(contest, is_on, reason=form.reason.data or "", actor=staff_actor(), now=clock.now())
    alone = _("Từ giờ một người làm được một mình. Nhật ký ghi lại việc này.")
    flash(_("Từ giờ cần hai người.") if is_on else alone, "success")
    return redirect(url_for(".edit_contest", slug=slug), code=303)


def _page(contest: Contest, form: RuleForm) -> str:
    return render_template(
        "organiser/two_persons.html", contest=contest, form=form, approvers=list_approvers()
    )
