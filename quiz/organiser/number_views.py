"""/manage/c/<slug>/numbers: people who entered with one number, decided about before there are prizes."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response
from wtforms import StringField

from quiz.accounts.permissions import Permission
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.entries.shared_numbers import Number, browse_open, list_decisions
from quiz.organiser.help_forms import REASON
from quiz.organiser.number_pages import decisions_of, groups_of
from quiz.organiser.views import bp, contest_or_404, may
from quiz.vetting import settling
from quiz.web.forms import BaseForm
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import add_messages, domain_message
from quiz.web.paging import asked_page, pages

add_messages(
    {
        "people_changed": _l(
            "Trong lúc xem, có người vừa đăng ký thêm hoặc đã có quyết định. Xem lại rồi ghi."
        ),
        "decision_ended": _l("Quyết định này đã được hoàn tác hoặc xét lại."),
        "results_rest_on_decision": _l("Kết quả đã công bố theo quyết định này nên không hoàn tác được nữa."),
        "numbers_unsettled": _l(
            "Có %(count)s số dùng chung của người trong diện nhận giải chưa xét. "
            "Xét ở trang Số dùng chung rồi công bố."
        ),
    }
)
_ALL = "all"


class SettleForm(BaseForm):
    """Why a decision was taken, or taken back."""

    reason = StringField(_l("Lý do"), REASON)


@bp.get("/c/<slug>/numbers")
@needs(Permission.SEE_CONTESTS)
def numbers(slug: str) -> str:
    """Numbers that wait, with their people side by side, and what was decided."""
    return _page(contest_or_404(slug))


@bp.post("/c/<slug>/numbers/<kind>/<key>")
@needs(Permission.JUDGE_ENTRIES)
def settle_number(slug: str, kind: str, key: str) -> Response | tuple[str, int]:
    """Keep everybody under the number, or one of them."""
    contest, form, keep = contest_or_404(slug), SettleForm(), request.form.get("keep", "")
    if kind not in set(Number):
        raise NotFound("number")
    if keep != _ALL and not keep.isdecimal():
        return _page(contest, _("chọn công nhận cả nhóm hay chỉ một người.")), 422
    if not form.validate():
        return _page(contest, f"{form.reason.label.text}: {form.reason.errors[0]}"), 422
    try:
        settling.settle(
            contest,
            Number(kind),
            key,
            kept_id=None if keep == _ALL else int(keep),
            seen=_ids(request.form.get("seen", "")),
            reason=form.reason.data or "",
            actor=staff_actor(),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return _page(contest, domain_message(error)), error.status
    flash(_("Đã ghi quyết định. Bảng xếp hạng theo ngay."), "success")
    return redirect(url_for(".numbers", slug=slug), code=303)


@bp.post("/c/<slug>/numbers/keep")
@needs(Permission.JUDGE_ENTRIES)
def keep_numbers(slug: str) -> Response | tuple[str, int]:
    """Keep everybody under all the numbers that were chosen: families who share a phone."""
    contest, form, done = contest_or_404(slug), SettleForm(), 0
    chosen = list(_chosen(request.form.getlist("group")))
    if not chosen:
        return _page(contest, _("chưa chọn nhóm nào.")), 422
    if not form.validate():
        return _page(contest, f"{form.reason.label.text}: {form.reason.errors[0]}"), 422
    refusal = ""
    for kind, key, seen in chosen:
        try:
            settling.settle(
                contest,
                kind,
                key,
                kept_id=None,
                seen=seen,
                reason=form.reason.data or "",
                actor=staff_actor(),
                now=clock.now(),
            )
            done += 1
        except DomainError as error:
            refusal = domain_message(error)
    if refusal:
        flash(refusal, "warning")
    flash(ngettext("Đã ghi cho %(num)s nhóm.", "Đã ghi cho %(num)s nhóm.", done), "success")
    return redirect(url_for(".numbers", slug=slug), code=303)


@bp.post("/c/<slug>/numbers/decisions/<int:decision_id>/undo")
@needs(Permission.JUDGE_ENTRIES)
def undo_decision(slug: str, decision_id: int) -> Response | tuple[str, int]:
    """Take a decision back."""
    contest, form = contest_or_404(slug), SettleForm()
    if not form.validate():
        return _page(contest, f"{form.reason.label.text}: {form.reason.errors[0]}"), 422
    try:
        settling.undo(
            contest, decision_id, reason=form.reason.data or "", actor=staff_actor(), now=clock.now()
        )
    except NotFound:
        raise
    except DomainError as error:
        return _page(contest, domain_message(error)), error.status
    flash(_("Đã hoàn tác. Số này chờ xét lại."), "success")
    return redirect(url_for(".numbers", slug=slug), code=303)


def _chosen(values: list[str]) -> Iterator[tuple[Number, str, list[int]]]:
    """The groups that were ticked: "phone|key|id,id"; anything else is passed over."""
    for value in values:
        kind, _bar, rest = value.partition("|")
        key, _bar, seen = rest.partition("|")
        if kind in set(Number):
            yield Number(kind), key, _ids(seen)


def _ids(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.isdecimal()]


def _page(contest: Contest, refusal: str = "") -> str:
    found = browse_open(contest, asked_page())
    return render_template(
        "organiser/numbers.html",
        contest=contest,
        groups=groups_of(contest, found.rows),
        total=found.total,
        decisions=decisions_of(contest, list_decisions(contest.id)),
        refusal=refusal,
        may_decide=may(Permission.JUDGE_ENTRIES),
        pages=pages(found.page, found.pages, slug=contest.slug),
    )
