"""/account/second-step: setting up, renewing recovery codes, giving up."""

import segno
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts import second_step as rules
from quiz.accounts import two_steps
from quiz.accounts.errors import AccountInvalid, SignInBusy, TooManyTries
from quiz.accounts.models import Staff
from quiz.accounts.queries import count_recovery_codes
from quiz.accounts.signing_in import knows_password
from quiz.core import clock
from quiz.staff.again import status_refused
from quiz.staff.forms import AgainForm, SecondStepForm
from quiz.staff.views import bp
from quiz.web.guards import keyring, lacks_second_step, needs_second_step, signed_in
from quiz.web.labels import domain_message
from quiz.web.site import site

Reply = Response | str | tuple[str, int]


@bp.get("/account/second-step")
@signed_in
def second_step() -> Reply:
    """A new QR code to scan; for those who have it already, what they can do about it."""
    if current_user.totp_cipher is not None:
        return _manage_page(AgainForm())
    return _set_up_page(SecondStepForm())


@bp.post("/account/second-step")
@signed_in
def set_up_second_step() -> Reply:
    """The password again and the first code; the recovery codes are shown this once."""
    if current_user.totp_cipher is not None:
        return redirect(url_for(".second_step"), code=303)
    form = SecondStepForm()
    if not form.validate():
        return _set_up_page(form), 422
    staff, token = _me(), current_user.session_token
    try:
        _prove_password(staff, form.password.data)
        secret = two_steps.offered(form.sealed.data or "", staff.id, token, keyring())
        codes = two_steps.set_up(
            staff, secret, form.code.data, now=clock.now(), keyring=keyring(), keep_session=token
        )
    except (TooManyTries, SignInBusy) as error:
        form.password.errors = [domain_message(error)]
        return _set_up_page(form), error.status
    except AccountInvalid as error:
        wrong = form.password if error.code == "password_wrong" else form.code
        wrong.errors = [domain_message(error)]
        return _set_up_page(form), 422
    return render_template("staff/recovery_codes.html", codes=codes, is_new=True)


@bp.post("/account/second-step/codes")
@signed_in
def renew_recovery_codes() -> Reply:
    """Ten new recovery codes instead of the old ones, shown this once."""
    form = AgainForm()
    refused = _refused(form)
    if refused is not None:
        return refused
    try:
        codes = two_steps.renew_codes(_me(), now=clock.now(), keyring=keyring())
    except AccountInvalid:
        return redirect(url_for(".second_step"), code=303)
    return render_template("staff/recovery_codes.html", codes=codes, is_new=False)


@bp.post("/account/second-step/off")
@signed_in
def give_up_second_step() -> Reply:
    """The password alone from now on, where the installation lets the role."""
    form = AgainForm()
    refused = _refused(form)
    if refused is not None:
        return refused
    try:
        two_steps.give_up(_me(), is_required=needs_second_step(), now=clock.now())
    except AccountInvalid as error:
        form.password.errors = [domain_message(error)]
        return _manage_page(form), 422
    flash(_("Từ nay đăng nhập chỉ bằng mật khẩu."), "success")
    return redirect(url_for(".account"), code=303)


def _refused(form: AgainForm) -> Reply | None:
    """The page again where the password is not right."""
    status = status_refused(form)
    return None if status is None else (_manage_page(form), status)


def _prove_password(staff: Staff, password: str) -> None:
    if not knows_password(staff, password, now=clock.now(), keyring=keyring()):
        raise AccountInvalid("password_wrong")


def _set_up_page(form: SecondStepForm) -> str:
    """A new secret for a new page; the same one again where only the code or the password was wrong."""
    staff_id, token = current_user.id, current_user.session_token
    try:
        sealed = form.sealed.data or ""
        secret = two_steps.offered(sealed, staff_id, token, keyring())
    except AccountInvalid:
        secret, sealed = two_steps.offer(staff_id, token, keyring())
    form.sealed.data = sealed
    address = rules.address(secret, username=current_user.username, issuer=site().name)
    return render_template(
        "staff/second_step.html",
        form=form,
        qr=segno.make(address, error="m").svg_data_uri(scale=5, border=2),
        secret=rules.in_groups(secret),
        address=address,
        must_set_up=lacks_second_step(),
    )


def _manage_page(form: AgainForm) -> str:
    if current_user.totp_cipher is None:
        return _set_up_page(SecondStepForm(formdata=None))
    return render_template(
        "staff/second_step_on.html",
        form=form,
        is_required=needs_second_step(),
        codes_left=count_recovery_codes(current_user.id),
    )


def _me() -> Staff:
    staff: Staff = current_user._get_current_object()
    return staff
