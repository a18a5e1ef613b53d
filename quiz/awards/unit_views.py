"""/manage/c/<slug>/rounds/<n>/awards/units: decisions about collective prizes, and the check of units."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.awards import unit_service
from quiz.awards.deciding import changing_takes_two
from quiz.awards.prized import find_prized
from quiz.awards.requests import Act
from quiz.awards.views import BASE, ask_about_tie, ask_another, bp, done, page_of, typed_order
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message

_UNITS = f"{BASE}/units"


@bp.post(f"{_UNITS}/ties")
@needs(Permission.PUBLISH)
def decide_unit_tie(slug: str, number: int) -> Response | tuple[str, int]:
    """Decide about equal units."""
    contest, form = get_contest(slug), request.form
    all_alike = form.get("how") == "alike"
    try:
        order, rule = typed_order(form.get("seen", ""), needs_order=not all_alike), form.get("rule", "")
        if changing_takes_two(contest, find_prized(contest, number)):
            if not rule:
                raise NotFound("rule")
            return ask_about_tie(contest, number, order, all_alike=all_alike, rule=rule)
        unit_service.decide_unit_tie(
            contest,
            number,
            rule,
            order,
            all_alike=all_alike,
            reason=form.get("reason", ""),
            actor=staff_actor(),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return page_of(contest, number, domain_message(error)), error.status
    return done(contest, number, _("Đã ghi quyết định; danh sách giải đã lập lại."))


@bp.post(f"{_UNITS}/<int:unit_id>/check")
@needs(Permission.PUBLISH)
def check_unit(slug: str, number: int, unit_id: int) -> Response:
    """Note how far the check of a unit's prize is."""
    contest, form = get_contest(slug), request.form
    unit_service.check_unit(
        contest,
        number,
        form.get("rule", ""),
        unit_id,
        [name for name in unit_service.CHECKS if name in form],
        form.get("note", ""),
        actor=staff_actor(),
        now=clock.now(),
    )
    return done(contest, number, _("Đã ghi việc kiểm tra."), f"don-vi-{unit_id}")


@bp.post(f"{_UNITS}/<int:unit_id>/refuse")
@needs(Permission.PUBLISH)
def take_unit_out(slug: str, number: int, unit_id: int) -> Response | tuple[str, int]:
    """Give a unit no prize of a rule."""
    contest, form = get_contest(slug), request.form
    try:
        if changing_takes_two(contest, find_prized(contest, number)):
            reason = form.get("reason", "")
            return ask_another(contest, number, Act.UNIT_OUT, unit_id, reason, form.get("rule", ""))
        unit_service.take_unit_out(
            contest,
            number,
            form.get("rule", ""),
            unit_id,
            reason=form.get("reason", ""),
            actor=staff_actor(),
            now=clock.now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        return page_of(contest, number, domain_message(error)), error.status
    return done(contest, number, _("Đã ghi. Đơn vị kế tiếp được đưa lên."))
