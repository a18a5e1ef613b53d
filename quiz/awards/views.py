"""/manage/c/<slug>/rounds/<n>/awards: who gets which prize, checked one by one; and the public list."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.awards import service
from quiz.awards.deciding import changing_takes_two
from quiz.awards.errors import AwardInvalid
from quiz.awards.key_paper import is_key_public
from quiz.awards.pages import awards_page, public_winners
from quiz.awards.prized import find_prized, prized
from quiz.awards.requests import Act, ask, ask_tie
from quiz.awards.service import Checked
from quiz.awards.unit_pages import public_units, unit_awards_page
from quiz.contests.models import Contest, Round, StandingList
from quiz.contests.pages import contact_of
from quiz.contests.queries import get_contest, get_list, get_public_contest, get_public_round, get_round
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import add_messages, domain_message

add_messages(
    {
        "results_not_frozen": _l("Vòng chưa chốt kết quả nên chưa xét giải được."),
        "certificates_after_publication": _l("Công bố kết quả rồi mới cấp giấy chứng nhận."),
        "tie_changed": _l("Nhóm bằng hạng này đã thay đổi. Xem lại rồi quyết định."),
        "order_incomplete": _l("Ghi thứ tự 1, 2, 3… cho từng người trong nhóm, không trùng nhau."),
    }
)
Answer = Response | tuple[str, int]
bp = Blueprint("awards", __name__)
BASE = "/manage/c/<slug>/rounds/<int:number>/awards"
_LIST = "/manage/c/<slug>/lists/<int:list_number>/awards"


@bp.get(_LIST)
@bp.get(BASE)
@needs(Permission.SEE_CONTESTS)
def awards(slug: str, number: int = 0, list_number: int = 0) -> str:
    """The list of prizes, groups that wait for a decision, and what was decided."""
    return page_of(get_contest(slug), number, list_number=list_number)


@bp.post(_LIST)
@bp.post(BASE)
@needs(Permission.PUBLISH)
def list_prizes(slug: str, number: int = 0, list_number: int = 0) -> Answer:
    """Work the prizes out from the results as they are now."""
    contest = get_contest(slug)
    try:
        service.list_prizes(contest, number, list_number=list_number, actor=staff_actor(), now=clock.now())
    except NotFound:
        raise
    except DomainError as error:
        return page_of(contest, number, domain_message(error), list_number=list_number), error.status
    return done(contest, number, _("Đã lập danh sách giải."), list_number=list_number)


@bp.post(f"{_LIST}/ties")
@bp.post(f"{BASE}/ties")
@needs(Permission.PUBLISH)
def decide_tie(slug: str, number: int = 0, list_number: int = 0) -> Answer:
    """Decide about equal people."""
    contest = get_contest(slug)
    try:
        all_alike = request.form.get("how") == "alike"
        order = typed_order(request.form.get("seen", ""), needs_order=not all_alike)
        if changing_takes_two(contest, find_prized(contest, number, list_number)):
            return ask_about_tie(contest, number, order, all_alike=all_alike, list_number=list_number)
        service.decide_tie(
            contest,
            number,
            order,
            all_alike=all_alike,
            list_number=list_number,
            reason=request.form.get("reason", ""),
            actor=staff_actor(),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return page_of(contest, number, domain_message(error), list_number=list_number), error.status
    return done(contest, number, _("Đã ghi quyết định; danh sách giải đã lập lại."), list_number=list_number)


@bp.post(f"{_LIST}/<int:entry_id>/check")
@bp.post(f"{BASE}/<int:entry_id>/check")
@needs(Permission.PUBLISH)
def check_winner(slug: str, *, entry_id: int, number: int = 0, list_number: int = 0) -> Response:
    """Note how far the check of a winner is."""
    contest, form = get_contest(slug), request.form
    checked = Checked(
        called="called" in form, identity="identity" in form, unit="unit" in form, note=form.get("note", "")
    )
    service.check_winner(
        contest, number, entry_id, checked, list_number=list_number, actor=staff_actor(), now=clock.now()
    )
    return done(contest, number, _("Đã ghi việc kiểm tra."), f"nguoi-{entry_id}", list_number=list_number)


@bp.post(f"{_LIST}/<int:entry_id>/refuse")
@bp.post(f"{BASE}/<int:entry_id>/refuse")
@needs(Permission.PUBLISH)
def take_out(slug: str, *, entry_id: int, number: int = 0, list_number: int = 0) -> Answer:
    """Give somebody no prize."""
    contest, reason = get_contest(slug), request.form.get("reason", "")
    try:
        if changing_takes_two(contest, find_prized(contest, number, list_number)):
            return ask_another(contest, number, Act.OUT, entry_id, reason, list_number=list_number)
        service.take_out(
            contest,
            number,
            entry_id,
            reason=reason,
            list_number=list_number,
            actor=staff_actor(),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return page_of(contest, number, domain_message(error), list_number=list_number), error.status
    return done(contest, number, _("Đã ghi. Người kế tiếp được đưa lên."), list_number=list_number)


@bp.post(f"{_LIST}/rulings/<int:ruling_id>/undo")
@bp.post(f"{BASE}/rulings/<int:ruling_id>/undo")
@needs(Permission.PUBLISH)
def put_back(slug: str, *, ruling_id: int, number: int = 0, list_number: int = 0) -> Answer:
    """Take a decision back."""
    contest, reason = get_contest(slug), request.form.get("reason", "")
    try:
        if changing_takes_two(contest, find_prized(contest, number, list_number)):
            return ask_another(contest, number, Act.BACK, ruling_id, reason, list_number=list_number)
        service.put_back(
            contest,
            number,
            ruling_id,
            reason=reason,
            list_number=list_number,
            actor=staff_actor(),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return page_of(contest, number, domain_message(error), list_number=list_number), error.status
    return done(contest, number, _("Đã hoàn tác; danh sách giải đã lập lại."), list_number=list_number)


@bp.get("/c/<slug>/lists/<int:list_number>/winners")
@bp.get("/c/<slug>/rounds/<int:number>/winners")
def winners(slug: str, number: int = 0, list_number: int = 0) -> str:
    """The winners of a published round, for everybody."""
    contest, now = get_public_contest(slug), clock.now()
    of = get_list(contest, list_number) if list_number else get_public_round(contest, number)
    found = prized(of)
    if not found.is_published:
        raise NotFound("winners")
    round_ = None if list_number else found.round_
    return render_template(
        "awards/winners.html",
        contest=contest,
        contact=contact_of(contest),
        name=found.name,
        board={"round": f"chung-{list_number}" if list_number else number},
        groups=public_winners(contest, of, now),
        units=public_units(contest, found.round_) if round_ else (),
        key_url=url_for(".public_key", slug=slug, number=number)
        if round_ and is_key_public(round_, now)
        else "",
    )


def ask_another(
    contest: Contest,
    number: int,
    act: Act,
    about: int,
    reason: str,
    rule: str = "",
    *,
    list_number: int = 0,
) -> Response:
    """Let another person decide: everybody sees these prizes already."""
    actor, now = staff_actor(), clock.now()
    found = ask(
        contest,
        number,
        act,
        about,
        list_number=list_number,
        rule=rule,
        reason=reason,
        actor=actor,
        now=now,
    )
    return asked(contest, found.id)


def ask_about_tie(
    contest: Contest,
    number: int,
    order: Sequence[int],
    *,
    all_alike: bool,
    list_number: int = 0,
    rule: str = "",
) -> Response:
    """The same for equal people or units."""
    found = ask_tie(
        contest,
        number,
        order,
        all_alike=all_alike,
        list_number=list_number,
        rule=rule,
        reason=request.form.get("reason", ""),
        actor=staff_actor(),
        now=clock.now(),
    )
    return asked(contest, found.id)


def asked(contest: Contest, approval_id: int) -> Response:
    """To the page of a request that was made."""
    flash(_("Kết quả đã công bố nên việc này cần hai người. Đã gửi đề nghị; một người khác duyệt."), "info")
    address = url_for("organiser.approval", slug=contest.slug, approval_id=approval_id)
    return redirect(address, code=303)


def typed_order(seen: str, *, needs_order: bool) -> list[int]:
    """The group in the order that was typed. Raises AwardInvalid."""
    people = [int(one) for one in seen.split() if one.isascii() and one.isdecimal()]
    if not needs_order:
        return people
    places = [request.form.get(f"place-{entry_id}", "").strip() for entry_id in people]
    if sorted(places) != sorted(str(place) for place in range(1, len(people) + 1)):
        raise AwardInvalid("order_incomplete")
    return [entry_id for _place, entry_id in sorted(zip(map(int, places), people, strict=True))]


def done(
    contest: Contest, number: int, words: str, anchor: str | None = None, *, list_number: int = 0
) -> Response:
    """Back to the page, which says what was done."""
    flash(words, "success")
    where = url_for(".awards", slug=contest.slug, **address_of(number, list_number), _anchor=anchor)
    return redirect(where, code=303)


def address_of(number: int, list_number: int) -> dict[str, Any]:
    """What stands in addresses."""
    return {"list_number": list_number} if list_number else {"number": number}


def asked_for(contest: Contest, number: int, list_number: int) -> Round | StandingList:
    """The round, or the combined list. Raises NotFound."""
    return get_list(contest, list_number) if list_number else get_round(contest, number)


def page_of(contest: Contest, number: int, refusal: str = "", *, list_number: int = 0) -> str:
    """The page of the organisers, with what was refused."""
    of = asked_for(contest, number, list_number)
    return render_template(
        "awards/awards.html",
        page=awards_page(contest, of),
        units=unit_awards_page(contest, of),
        refusal=refusal,
        may_decide=current_user.can(Permission.PUBLISH),
        may_see_people=current_user.can(Permission.SEE_PERSONAL_DATA),
    )
