"""/manage/c/<slug>/clone: a new contest with the rules of this one."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.clone_service import clone_contest
from quiz.contests.cloning import first_day
from quiz.contests.service import definition_of
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.organiser.clone_forms import CloneForm
from quiz.organiser.labels import refusal_words
from quiz.organiser.views import bp, contest_or_404
from quiz.web.guards import needs, staff_actor


@bp.get("/c/<slug>/clone")
@needs(Permission.EDIT_CONTESTS)
def clone(slug: str) -> str:
    """What is taken over and what is not, and the new contest's name, address and first day."""
    return _page(slug, CloneForm(formdata=None))


@bp.post("/c/<slug>/clone")
@needs(Permission.EDIT_CONTESTS)
def make_clone(slug: str) -> Response | tuple[str, int]:
    """Make the draft and go on to putting it together."""
    contest, form = contest_or_404(slug), CloneForm()
    if not form.validate():
        return _page(slug, form), 422
    try:
        made = clone_contest(
            contest,
            slug=form.slug.data or "",
            title=form.title.data or "",
            opens_on=form.opens_on.data,
            actor=staff_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        return _page(slug, form, refusal_words(error)), 409
    flash(_("Đã lập cuộc thi theo mẫu. Các vòng đang là bản nháp, chưa ai thấy."), "success")
    return redirect(url_for(".rounds", slug=made.slug), code=303)


def _page(slug: str, form: CloneForm, refusal: tuple[str, ...] = ()) -> str:
    definition = definition_of(contest_or_404(slug))
    return render_template(
        "organiser/clone.html",
        definition=definition,
        first_day=first_day(definition),
        form=form,
        refusal=refusal,
    )
