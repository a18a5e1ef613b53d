"""/manage/c/<slug>/rules: the rules before they are public, and a ranking of made-up people."""

from flask import render_template, request

from quiz.accounts.permissions import Permission
from quiz.organiser.views import bp, contest_or_404
from quiz.rulebook.pages import rules_draft
from quiz.web.guards import needs


@bp.get("/c/<slug>/rules")
@needs(Permission.SEE_CONTESTS)
def rules_draft_page(slug: str) -> str:
    """What people will read, and whom the rounds' rules would put where."""
    seed = min(max(request.args.get("seed", 1, type=int), 1), 9999)
    return render_template("organiser/rules.html", page=rules_draft(contest_or_404(slug), seed))
