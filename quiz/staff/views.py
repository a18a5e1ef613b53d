"""Signing in and out, and one's own account."""

from dataclasses import asdict

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from quiz.accounts import service, sessions
from quiz.accounts.browsers import describe
from quiz.accounts.errors import AccountInvalid, SignInBusy, SignInRefused, TooManyTries
from quiz.accounts.queries import count_recovery_codes, list_open_sessions
from quiz.accounts.signing_in import HalfIn, SignedIn, finish_sign_in, sign_in
from quiz.core import clock
from quiz.limits.deeds import Deed
from quiz.staff.again import status_refused
from quiz.staff.forms import AgainForm, CodeForm, LoginForm, PasswordForm
from quiz.web import desk
from quiz.web.entrants import network
from quiz.web.guards import keyring, lacks_second_step, needs_second_step, signed_in
from quiz.web.labels import domain_message
from quiz.web.limiting import limited, unlimited
from quiz.web.redirects import safe_next

bp = Blueprint("accounts", __name__)

_MARKS = "known"  # the cookie of browsers that have signed in before
_MARKS_KEPT = 180 * 24 * 3600
_HALF = "half_in"  # who gave the right password and owes the second step
_KEPT_AT_SIGN_IN = ("lang", "entries")  # the rest of the session is of whoever was here before


@bp.route("/login", methods=["GET", "POST"])
@limited(Deed.LOGIN)
def login() -> Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """The sign-in page; afterwards the page that was asked for, or where the person's work begins."""
    form = LoginForm()
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(safe_next(request.args.get("next")) or desk.home(), code=303)
        form.next.data = safe_next(request.args.get("next")) or ""
        return _login_page(form)
    if not form.validate():
        return _login_page(form), 422
    try:
        entered = sign_in(
            form.username.data,
            form.password.data,
            network=network(),
            marks=request.cookies.get(_marks_name(), ""),
            now=clock.now(),
            keyring=keyring(),
            browser=describe(request.user_agent.string),
        )
    except TooManyTries as error:
        return _login_page(form, domain_message(error)), error.status, {"Retry-After": str(error.seconds)}
    except (SignInRefused, SignInBusy) as error:
        return _login_page(form, domain_message(error)), error.status
    if isinstance(entered, HalfIn):
        session[_HALF] = asdict(entered)
        return redirect(url_for(".login_code", next=safe_next(form.next.data)), code=303)
    return _enter(entered, safe_next(form.next.data))


@bp.route("/login/code", methods=["GET", "POST"])
@limited(Deed.LOGIN)
def login_code() -> Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """The second step: the code that the phone shows, or a recovery code."""
    if _HALF not in session:
        return redirect(url_for(".login", next=safe_next(request.args.get("next"))), code=303)
    form = CodeForm()
    if request.method == "GET":
        form.next.data = safe_next(request.args.get("next")) or ""
        return _code_page(form)
    if not form.validate():
        return _code_page(form), 422
    try:
        entered = finish_sign_in(
            HalfIn(**session[_HALF]),
            form.recovery.data or form.code.data,
            marks=request.cookies.get(_marks_name(), ""),
            now=clock.now(),
            keyring=keyring(),
            browser=describe(request.user_agent.string),
        )
    except TooManyTries as error:
        return _code_page(form, domain_message(error)), error.status, {"Retry-After": str(error.seconds)}
    except SignInRefused as error:
        if error.code == "wrong_code":
            return _code_page(form, domain_message(error)), error.status
        session.pop(_HALF)
        flash(domain_message(error), "warning")
        return redirect(url_for(".login", next=safe_next(form.next.data)), code=303)
    reply = _enter(entered, safe_next(form.next.data))
    if form.recovery.data:
        left = count_recovery_codes(entered.staff.id)
        flash(_("Đã dùng một mã dự phòng, còn %(n)s mã. Làm lại mã mới khi sắp hết.", n=left), "warning")
    return reply


@bp.post("/logout")
@unlimited
def logout() -> Response:
    """End the session here and on the server."""
    if current_user.is_authenticated:
        sessions.end_session(current_user.session_token, now=clock.now())
    logout_user()
    session.clear()
    response = redirect(url_for(".login"), code=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/account")
@signed_in
def account() -> str:
    """One's own account: password and open sessions."""
    return _account_page(PasswordForm())


@bp.post("/account/password")
@signed_in
def change_password() -> Response | tuple[str, int]:
    """Another password; every other session ends."""
    form = PasswordForm()
    if not form.validate():
        return _account_page(form), 422
    try:
        service.change_password(
            current_user._get_current_object(),
            old=form.old.data,
            new=form.new.data,
            now=clock.now(),
            keyring=keyring(),
            keep_session=current_user.session_token,
        )
    except (TooManyTries, SignInBusy) as error:
        form.old.errors = [domain_message(error)]
        return _account_page(form), error.status
    except AccountInvalid as error:
        wrong = form.old if error.code == "password_wrong" else form.new
        wrong.errors = [domain_message(error)]
        return _account_page(form), 422
    flash(_("Đã đổi mật khẩu. Các phiên làm việc khác đã kết thúc."), "success")
    return redirect(url_for(".account"), code=303)


@bp.post("/account/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> Response | tuple[str, int]:
    """End one session of the account, on a machine that is elsewhere, after the password again."""
    again = AgainForm()
    status = status_refused(again)
    if status is not None:
        return _account_page(PasswordForm(formdata=None), again), status
    sessions.end_one_session(current_user.id, session_id, now=clock.now())
    flash(_("Phiên làm việc đó đã kết thúc."), "success")
    return redirect(url_for(".account"), code=303)


@bp.post("/account/sessions")
@signed_in
def end_sessions() -> Response | tuple[str, int]:
    """End every session of the account, this one too, after the password again."""
    again = AgainForm()
    status = status_refused(again)
    if status is not None:
        return _account_page(PasswordForm(formdata=None), again), status
    service.sign_out_everywhere(current_user._get_current_object(), now=clock.now())
    logout_user()
    session.clear()
    flash(_("Mọi phiên làm việc đã kết thúc. Đăng nhập lại để làm tiếp."), "success")
    return redirect(url_for(".login"), code=303)


def _enter(entered: SignedIn, target: str | None) -> Response:
    """A fresh session for the account, and the mark by which it knows this browser."""
    before = session.get("_user_id")
    if before:  # who signs in again leaves no open session behind
        sessions.end_session(before, now=clock.now())
    kept = {name: session[name] for name in _KEPT_AT_SIGN_IN if name in session}
    session.clear()
    session.update(kept)
    login_user(entered.staff)
    response = redirect(target or desk.home(), code=303)
    response.set_cookie(
        _marks_name(),
        entered.marks,
        max_age=_MARKS_KEPT,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Strict",
    )
    return response


def _marks_name() -> str:
    """Bound to this host where that can be said: __Host- asks for HTTPS and the path /."""
    return f"__Host-{_MARKS}" if current_app.config["SESSION_COOKIE_SECURE"] else _MARKS


def _login_page(form: LoginForm, refusal: str = "") -> str:
    return render_template("staff/login.html", form=form, refusal=refusal)


def _code_page(form: CodeForm, refusal: str = "") -> str:
    return render_template("staff/login_code.html", form=form, refusal=refusal)


def _account_page(form: PasswordForm, again: AgainForm | None = None) -> str:
    now = clock.now()
    rows = [row for row in list_open_sessions(current_user.id) if not sessions.is_expired(row, now)]
    own = sessions.hashed(current_user.session_token)
    return render_template(
        "staff/account.html",
        form=form,
        again=again or AgainForm(formdata=None),
        sessions=rows,
        own=own,
        is_two_step=current_user.totp_cipher is not None,
        must_set_up=lacks_second_step(),
        is_required=needs_second_step(),
        codes_left=count_recovery_codes(current_user.id),
    )
