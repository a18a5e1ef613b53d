"""/manage/staff: the owner's page of everybody who works here: invite, change roles, close, sign out."""

from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts import invitations, staffing, two_steps
from quiz.accounts.errors import AccountInvalid
from quiz.accounts.models import Staff
from quiz.accounts.permissions import Permission, Role
from quiz.accounts.queries import get_staff_by_id, list_invitations, list_open_sessions, list_staff
from quiz.accounts.sessions import is_expired
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.staff.forms import DeedForm, InviteForm, RoleFields, RoleForm
from quiz.staff.views import bp
from quiz.units.queries import find_tree, find_unit, list_trees
from quiz.web.desk import ROLES
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message

F = TypeVar("F", bound=RoleFields)
Reply = Response | str | tuple[str, int]
_DEEDS = ("disable", "enable", "end_sessions", "drop_second_step")


@bp.get("/manage/staff")
@needs(Permission.EDIT_STAFF)
def people() -> str:
    """Everybody's account, open invitations, and the form to invite somebody."""
    return _people_page(_with_trees(InviteForm(formdata=None)))


@bp.post("/manage/staff/invitations")
@needs(Permission.EDIT_STAFF)
def invite() -> Reply:
    """Keep a place for somebody; the page shows the link this once."""
    form = _with_trees(InviteForm())
    if not form.validate():
        return _people_page(form), 422
    try:
        tree_id, unit_code = _unit(form)
        token = invitations.invite(
            form.username.data,
            name=form.name.data,
            role=Role(form.role.data),
            tree_id=tree_id,
            unit_code=unit_code,
            days=form.days.data,
            actor=staff_actor(),
            now=clock.now(),
        )
    except AccountInvalid as error:
        _show_error(form, error)
        return _people_page(form), 422
    address = url_for(".join", token=token, _external=True)
    return render_template("staff/invited.html", name=form.name.data, address=address, days=form.days.data)


@bp.post("/manage/staff/invitations/<int:invitation_id>/withdraw")
@needs(Permission.EDIT_STAFF)
def withdraw_invitation(invitation_id: int) -> Response:
    """Make a link worthless before it is used."""
    invitations.withdraw(invitation_id, actor=staff_actor(), now=clock.now())
    flash(_("Đã thu lại lời mời."), "success")
    return redirect(url_for(".people"), code=303)


@bp.get("/manage/staff/<int:staff_id>")
@needs(Permission.EDIT_STAFF)
def person(staff_id: int) -> str:
    """One account: role, state, sessions, second step."""
    staff = get_staff_by_id(staff_id)
    return _person_page(staff, _roles_of(staff), DeedForm(formdata=None))


@bp.post("/manage/staff/<int:staff_id>/role")
@needs(Permission.EDIT_STAFF)
def change_role(staff_id: int) -> Reply:
    """Another role, from the person's next sign-in on."""
    staff = get_staff_by_id(staff_id)
    form = _with_trees(RoleForm())
    if not form.validate():
        return _person_page(staff, form, DeedForm(formdata=None)), 422
    try:
        tree_id, unit_code = _unit(form)
        staffing.change_role(
            staff.username,
            Role(form.role.data),
            tree_id=tree_id,
            unit_code=unit_code,
            actor=staff_actor(),
            now=clock.now(),
            reason=form.reason.data,
        )
    except AccountInvalid as error:
        _show_error(form, error)
        return _person_page(staff, form, DeedForm(formdata=None)), 422
    flash(_("Đã đổi quyền của %(name)s. Người đó đăng nhập lại để làm tiếp.", name=staff.name), "success")
    return redirect(url_for(".person", staff_id=staff_id), code=303)


@bp.post("/manage/staff/<int:staff_id>/<deed>")
@needs(Permission.EDIT_STAFF)
def decide(staff_id: int, deed: str) -> Reply:
    """Close or open the account, end its sessions, or take its second step away."""
    staff = get_staff_by_id(staff_id)
    if deed not in _DEEDS:
        raise NotFound("deed")
    form = DeedForm()
    if not form.validate():
        return _person_page(staff, _roles_of(staff), form), 422
    try:
        _do(deed, staff.username, form.reason.data)
    except AccountInvalid as error:
        form.reason.errors = [domain_message(error)]
        return _person_page(staff, _roles_of(staff), form), 422
    flash(_("Đã ghi: %(what)s, %(name)s.", what=_words(deed), name=staff.name), "success")
    if staff_id == current_user.id:
        return redirect(url_for(".login"), code=303)
    return redirect(url_for(".person", staff_id=staff_id), code=303)


def _do(deed: str, username: str, reason: str) -> None:
    actor, now = staff_actor(), clock.now()
    if deed == "end_sessions":
        staffing.end_sessions(username, actor=actor, now=now, reason=reason)
    elif deed == "drop_second_step":
        two_steps.drop(username, reason, actor=actor, now=now)
    else:
        staffing.set_enabled(username, is_enabled=deed == "enable", actor=actor, now=now, reason=reason)


def _words(deed: str) -> str:
    words: dict[str, str] = {
        "disable": _("khóa tài khoản"),
        "enable": _("mở lại tài khoản"),
        "end_sessions": _("đăng xuất khỏi mọi máy"),
        "drop_second_step": _("gỡ đăng nhập hai bước"),
    }
    return words[deed]


def _with_trees(form: F) -> F:
    form.tree.choices = [("", _("không có")), *((one.tree.slug, one.tree.name) for one in list_trees())]
    return form


def _roles_of(staff: Staff) -> RoleForm:
    """The form as the account is now."""
    tree = next((one.tree.slug for one in list_trees() if one.tree.id == staff.tree_id), "")
    return _with_trees(RoleForm(formdata=None, role=staff.role, tree=tree, unit=staff.unit_code or ""))


def _unit(form: RoleFields) -> tuple[int | None, str | None]:
    """The unit of a unit's account. Raises AccountInvalid where there is none like this."""
    if form.role.data != Role.UNIT_VIEWER.value:
        return None, None
    tree = find_tree(form.tree.data or "")
    unit = find_unit(tree, form.unit.data or "") if tree else None
    if tree is None or unit is None:
        raise AccountInvalid("unit_unknown")
    return tree.id, unit.code


def _show_error(form: RoleFields, error: AccountInvalid) -> None:
    """Beside the field that it is about."""
    at = {"username_form": "username", "username_taken": "username", "staff_name_missing": "name"}
    field = form.unit if error.code in ("unit_unknown", "unit_needed") else form.role
    getattr(form, at.get(error.code, ""), field).errors = [domain_message(error)]


def _people_page(form: InviteForm) -> str:
    return render_template(
        "staff/people.html",
        form=form,
        people=list_staff(),
        invitations=list_invitations(clock.now()),
        roles={role.value: words for role, words in ROLES.items()},
    )


def _person_page(staff: Staff, roles: RoleForm, deeds: DeedForm) -> str:
    now = clock.now()
    return render_template(
        "staff/person.html",
        staff=staff,
        roles=roles,
        deeds=deeds,
        role_words=ROLES[Role(staff.role)],
        is_oneself=staff.id == current_user.id,
        is_two_step=staff.totp_cipher is not None,
        sessions=[row for row in list_open_sessions(staff.id) if not is_expired(row, now)],
        asked=request.view_args.get("deed", "") if request.view_args else "",
    )
