"""/manage/c/<slug>/hooks: addresses of other programs that are told of the contest's rounds."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.hooks import queries, service
from quiz.hooks.errors import AddressRefused
from quiz.hooks.events import ROUND_EVENTS, HookEvent
from quiz.hooks.forms import EventsForm, HookForm
from quiz.hooks.models import Hook
from quiz.hooks.pages import hook_lines, hook_page
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message

bp = Blueprint("hooks", __name__, url_prefix="/manage/c/<slug>/hooks")


@bp.get("")
@needs(Permission.EDIT_CONTESTS)
def hooks(slug: str) -> str:
    """All addresses with what came of the last delivery, and the form for one more."""
    form = HookForm(formdata=None, data={"events": [event.value for event in ROUND_EVENTS]})
    return _list_page(contests.get_contest(slug), form)


@bp.post("")
@needs(Permission.EDIT_CONTESTS)
def add(slug: str) -> str | tuple[str, int]:
    """Add an address. The page that follows shows the secret, this once."""
    contest, form = contests.get_contest(slug), HookForm()
    if not form.validate():
        return _list_page(contest, form), 422
    try:
        hook = service.add(
            contest,
            form.address.data or "",
            form.chosen(),
            loopback_ok=not current_app.config["SETTINGS"].is_production,
            actor=staff_actor(),
            now=clock.now(),
        )
    except AddressRefused as error:
        form.address.errors = [domain_message(error)]
        return _list_page(contest, form), 422
    return _page(contest, hook, secret=hook.secret)


@bp.get("/<int:hook_id>")
@needs(Permission.EDIT_CONTESTS)
def hook(slug: str, hook_id: int) -> str:
    """One address: its events, what was sent, what can be done."""
    contest, found = _found(slug, hook_id)
    return _page(contest, found)


@bp.post("/<int:hook_id>/events")
@needs(Permission.EDIT_CONTESTS)
def choose(slug: str, hook_id: int) -> Response | tuple[str, int]:
    """Tell it of other events."""
    contest, found = _found(slug, hook_id)
    form = EventsForm()
    if not form.validate():
        return _page(contest, found, form), 422
    service.choose_events(found, form.chosen(), actor=staff_actor(), now=clock.now())
    flash(_("Đã lưu."), "success")
    return _back(slug, hook_id)


@bp.post("/<int:hook_id>/secret")
@needs(Permission.EDIT_CONTESTS)
def rotate(slug: str, hook_id: int) -> str:
    """A new secret, shown this once; the former one is good for a day more."""
    contest, found = _found(slug, hook_id)
    changed = service.rotate(found, actor=staff_actor(), now=clock.now())
    return _page(contest, changed, secret=changed.secret)


@bp.post("/<int:hook_id>/on")
@needs(Permission.EDIT_CONTESTS)
def switch_on(slug: str, hook_id: int) -> Response:
    """Tell it again."""
    service.switch(_found(slug, hook_id)[1], on=True, actor=staff_actor(), now=clock.now())
    flash(_("Đã bật. Địa chỉ này nhận các tin từ bây giờ."), "success")
    return _back(slug, hook_id)


@bp.post("/<int:hook_id>/off")
@needs(Permission.EDIT_CONTESTS)
def switch_off(slug: str, hook_id: int) -> Response:
    """Tell it nothing more."""
    service.switch(_found(slug, hook_id)[1], on=False, actor=staff_actor(), now=clock.now())
    flash(_("Đã tắt. Các tin đang chờ sẽ không gửi nữa."), "success")
    return _back(slug, hook_id)


@bp.post("/<int:hook_id>/remove")
@needs(Permission.EDIT_CONTESTS)
def remove(slug: str, hook_id: int) -> Response:
    """Forget the address and what was sent to it."""
    service.remove(_found(slug, hook_id)[1], actor=staff_actor(), now=clock.now())
    flash(_("Đã bỏ địa chỉ báo tin."), "success")
    return redirect(url_for(".hooks", slug=slug), code=303)


@bp.post("/<int:hook_id>/ping")
@needs(Permission.EDIT_CONTESTS)
def ping(slug: str, hook_id: int) -> Response:
    """Send a word to try the address."""
    contest, found = _found(slug, hook_id)
    service.ping(contest, found, now=clock.now())
    flash(_("Đang gửi tin thử. Tải lại trang sau vài giây để xem kết quả."), "info")
    return _back(slug, hook_id)


@bp.post("/<int:hook_id>/deliveries/<int:delivery_id>")
@needs(Permission.EDIT_CONTESTS)
def redeliver(slug: str, hook_id: int, delivery_id: int) -> Response:
    """Send an event once more."""
    service.redeliver(_found(slug, hook_id)[1], delivery_id, now=clock.now())
    flash(_("Đang gửi lại. Tải lại trang sau vài giây để xem kết quả."), "info")
    return _back(slug, hook_id)


def _found(slug: str, hook_id: int) -> tuple[Contest, Hook]:
    contest = contests.get_contest(slug)
    return contest, queries.get_hook(contest.id, hook_id)


def _back(slug: str, hook_id: int) -> Response:
    return redirect(url_for(".hook", slug=slug, hook_id=hook_id), code=303)


def _list_page(contest: Contest, form: HookForm) -> str:
    return render_template(
        "hooks/hooks.html",
        contest=contest,
        lines=hook_lines(contest),
        form=form,
        has_room=len(queries.list_hooks(contest.id)) < service.MOST_HOOKS,
    )


def _page(contest: Contest, hook: Hook, form: EventsForm | None = None, secret: str = "") -> str:
    form = form or EventsForm(formdata=None, data={"events": [HookEvent(one).value for one in hook.events]})
    return render_template(
        "hooks/hook.html", contest=contest, page=hook_page(hook, now=clock.now()), form=form, secret=secret
    )
