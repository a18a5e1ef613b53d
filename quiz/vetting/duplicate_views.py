"""/manage/c/<slug>/vetting: entries that may be one person's, side by side, and what is decided."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.vetting import comparing
from quiz.vetting import duplicate_queries as queries
from quiz.vetting.duplicate_forms import Verdict, VerdictForm, Which
from quiz.vetting.duplicate_pages import (
    losses_of,
    pair_lines,
    ruling_lines,
    sides_of,
    signs_of,
    story_of,
)
from quiz.vetting.merging import plan_merge
from quiz.vetting.models import Suspicion
from quiz.vetting.ruling import Category, disqualify_all, merge
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.paging import asked_page, pages

bp = Blueprint("vetting", __name__)
_PER_PAGE = 50


@bp.get("/manage/c/<slug>/vetting")
@needs(Permission.SEE_CONTESTS)
def suspicions(slug: str) -> str:
    """Pairs that nobody has looked at yet, the most alike first."""
    contest = get_contest(slug)
    found = queries.list_open(contest.id)
    groups = [case.members for case in comparing.list_cases(contest.id)]
    sizes = {entry: len(members) for members in groups for entry in members}
    number = min(asked_page(), max(1, -(-len(found) // _PER_PAGE)))
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    return render_template(
        "vetting/suspicions.html",
        **_frame(contest, "open"),
        done=queries.find_pass(contest.id),
        pairs=len(found),
        lines=pair_lines(contest.id, shown, sizes),
        pages=pages(number, max(1, -(-len(found) // _PER_PAGE)), slug=slug),
    )


@bp.post("/manage/c/<slug>/vetting")
@needs(Permission.JUDGE_ENTRIES)
def compare(slug: str) -> Response:
    """Have the entries compared, and go on to the page that shows how far that is."""
    contest = get_contest(slug)
    job = comparing.request_pass(contest, actor=staff_actor(), now=clock.now())
    return redirect(url_for("jobs.job", job_id=job.id), code=303)


@bp.get("/manage/c/<slug>/vetting/dismissed")
@needs(Permission.SEE_CONTESTS)
def dismissed(slug: str) -> str:
    """Pairs that turned out to be two people."""
    contest = get_contest(slug)
    lines = pair_lines(contest.id, queries.list_dismissed(contest.id), {})
    return render_template("vetting/dismissed.html", **_frame(contest, "dismissed"), lines=lines)


@bp.get("/manage/c/<slug>/vetting/decided")
@needs(Permission.SEE_CONTESTS)
def decided(slug: str) -> str:
    """Merges and disqualifications; appeals that wait come first."""
    contest = get_contest(slug)
    lines = ruling_lines(contest.id, queries.list_rulings(contest.id))
    return render_template("vetting/decided.html", **_frame(contest, "decided"), lines=lines)


@bp.get("/manage/c/<slug>/vetting/<int:first>-<int:second>")
@needs(Permission.SEE_CONTESTS)
def pair(slug: str, first: int, second: int) -> str:
    """Two entries side by side, the evidence, and the form."""
    contest = get_contest(slug)
    return _pair_page(contest, _suspicion_or_404(contest, first, second), VerdictForm(formdata=None))


@bp.post("/manage/c/<slug>/vetting/<int:first>-<int:second>")
@needs(Permission.JUDGE_ENTRIES)
def decide(slug: str, first: int, second: int) -> Response | str | tuple[str, int]:
    """Conclude; merging and disqualifying first show what will happen."""
    contest = get_contest(slug)
    found = _suspicion_or_404(contest, first, second)
    form = VerdictForm()
    if not form.validate():
        return _pair_page(contest, found, form), 422
    try:
        if form.verdict.data != Verdict.DIFFERENT and request.form.get("step") != "apply":
            return _pair_page(contest, found, form, shows=True)
        words = _apply(contest, found, form)
    except DomainError as error:
        return _pair_page(contest, found, form, refusal=domain_message(error)), error.status
    flash(words, "success")
    return redirect(_next_url(contest, found), code=303)


def _apply(contest: Contest, found: Suspicion, form: VerdictForm) -> str:
    """Do what the form says; the words for it."""
    who: dict[str, Any] = {"reason": form.reason.data or "", "actor": staff_actor(), "now": clock.now()}
    match Verdict(form.verdict.data):
        case Verdict.DIFFERENT:
            comparing.dismiss(contest, [found.first_id, found.second_id], **who)
            return _("Đã ghi: hai người khác nhau. Cặp này chỉ hiện lại khi có dấu hiệu mới.")
        case Verdict.MERGE:
            kept, other = _kept_first(found, form)
            merge(contest, kept, other, seen=request.form.get("seen", ""), **who)
            return _("Đã gộp. Hoàn tác được ở mục Đã quyết định, đến khi công bố.")
        case Verdict.DISQUALIFY:
            disqualify_all(contest, _out(found, form), category=Category(form.category.data), **who)
            return _("Đã loại. Hoàn tác được ở mục Đã quyết định, đến khi công bố.")


def _pair_page(
    contest: Contest, found: Suspicion, form: VerdictForm, refusal: str = "", *, shows: bool = False
) -> str:
    known = queries.list_entries(contest.id, [found.first_id, found.second_id])
    one, other = known[found.first_id], known[found.second_id]
    is_open = found.dismissed_at is None and {one.status, other.status} == {"active"}
    order = [(row.first_id, row.second_id) for row in queries.list_open(contest.id)]
    own = (found.first_id, found.second_id)
    place = order.index(own) if own in order else None
    merging = form.verdict.data == Verdict.MERGE
    return render_template(
        "vetting/pair.html",
        contest=contest,
        found=found,
        entries=(one, other),
        place=place,
        count=len(order),
        before=_pair_url(contest, order[place - 1]) if place else "",
        after=_pair_url(contest, order[place + 1]) if place is not None and place + 1 < len(order) else "",
        sides=sides_of(contest, found, one, other),
        signs=signs_of(found),
        story=story_of(contest, one, other),
        form=form,
        refusal=refusal,
        plan=plan_merge(contest, *_kept_first(found, form)) if shows and merging else None,
        losses=losses_of(contest, [known[entry] for entry in _out(found, form)])
        if shows and not merging
        else None,
        is_open=is_open,
        may_judge=is_open and bool(current_user.can(Permission.JUDGE_ENTRIES)),
        may_see_people=bool(current_user.can(Permission.SEE_PERSONAL_DATA)),
    )


def _kept_first(found: Suspicion, form: VerdictForm) -> tuple[int, int]:
    if form.kept.data == Which.SECOND:
        return found.second_id, found.first_id
    return found.first_id, found.second_id


def _out(found: Suspicion, form: VerdictForm) -> list[int]:
    chosen = {Which.FIRST: [found.first_id], Which.SECOND: [found.second_id]}
    return chosen.get(Which(form.out.data), [found.first_id, found.second_id])


def _suspicion_or_404(contest: Contest, first: int, second: int) -> Suspicion:
    found = queries.find_suspicion(contest.id, first, second)
    if found is None:
        raise NotFound("suspicion")
    return found


def _next_url(contest: Contest, done: Suspicion) -> str:
    """The next pair as strong as this one or weaker, else the list."""
    later = [row for row in queries.list_open(contest.id) if row.score <= done.score]
    return (
        _pair_url(contest, (later[0].first_id, later[0].second_id))
        if later
        else url_for("vetting.suspicions", slug=contest.slug)
    )


def _pair_url(contest: Contest, pair_: tuple[int, int]) -> str:
    return url_for("vetting.pair", slug=contest.slug, first=pair_[0], second=pair_[1])


def _frame(contest: Contest, current: str) -> dict[str, object]:
    """What the three lists have in common."""
    return {
        "contest": contest,
        "current": current,
        "appeals": queries.count_appeals(contest.id),
        "may_judge": bool(current_user.can(Permission.JUDGE_ENTRIES)),
    }
