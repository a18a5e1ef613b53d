"""Entrants' accounts: sign in, open one or set another password by code, sign out."""

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts.errors import SignInBusy, TooManyTries
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.limits.deeds import Deed
from quiz.signin import accounts, browser, codes, service
from quiz.signin.codes import Purpose
from quiz.signin.contacts import Channel, Contact
from quiz.signin.errors import AccountRefused, CodeNotSent, CodeRefused, CodeWrong, PasswordUnfit
from quiz.signin.forms import CodeForm, ContactForm, PasswordForm, SignInForm
from quiz.signin.models import EntrantAccount
from quiz.signin.pages import AccountPage, CodePage, GatePage, PasswordPage
from quiz.signin.provider import provider
from quiz.signin.views import bp
from quiz.web.entrants import network
from quiz.web.guards import keyring
from quiz.web.labels import domain_message
from quiz.web.limiting import limited, unlimited
from quiz.web.redirects import safe_next
from quiz.web.site import site

_ACCOUNT: Final = Purpose.ACCOUNT
Page = Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.route("/me/sign-in", methods=["GET", "POST"])
@limited(Deed.RESUME)
def sign_in() -> Page:
    """Contact and password; afterwards the page that was asked for."""
    if request.method == "GET":
        if target := safe_next(request.args.get("next")):
            browser.remember_target(target)
        return _gate_page(SignInForm())
    form, channels = SignInForm(), frozenset(Channel)
    if not form.check(channels) or form.understood is None:
        return _gate_page(form), 422
    try:
        account = accounts.sign_in(
            form.understood,
            form.password.data or "",
            network=network(),
            now=clock.now(),
            keyring=keyring(),
        )
    except TooManyTries as error:
        form.form_errors.append(domain_message(error))
        return _gate_page(form), error.status, {"Retry-After": str(error.seconds)}
    except (AccountRefused, SignInBusy) as error:
        form.form_errors.append(domain_message(error))
        return _gate_page(form), error.status
    return _enter(account)


@bp.route("/me/new", methods=["GET", "POST"])
@limited(Deed.RESUME)
def new() -> Page:
    """Open an account or set another password: both begin with a code, so that no reply tells which."""
    channels = browser.senders().channels
    if not channels:
        raise NotFound("way")
    if request.method == "GET":
        return _contact_page(ContactForm().offer(channels))
    form = ContactForm()
    if "again" in request.form:
        contact = browser.asked_contact(_ACCOUNT, None)
        if contact is None:
            return redirect(url_for(".new"), code=303)
    elif form.check(channels) and form.understood is not None:
        contact = form.understood
    else:
        return _contact_page(form), 422
    try:
        browser.ask_for_code(contact, _ACCOUNT, None)
    except (CodeRefused, CodeNotSent) as error:
        form.offer(channels).form_errors.append(domain_message(error))
        return _contact_page(form), error.status
    return redirect(url_for(".account_code"), code=303)


@bp.route("/me/code", methods=["GET", "POST"])
@limited(Deed.RESUME)
def account_code() -> Page:
    """Type the code that opens an account."""
    request_id, contact = browser.request_id_of(_ACCOUNT, None), browser.asked_contact(_ACCOUNT, None)
    if request_id is None or contact is None:
        return redirect(url_for(".new"), code=303)
    if request.method == "GET":
        if browser.proven(_ACCOUNT, None):
            return redirect(url_for(".set_password"), code=303)
        return _code_page(CodeForm(), contact)
    form = CodeForm()
    if not form.check():
        return _code_page(form, contact), 422
    try:
        service.prove(request_id, form.typed, now=clock.now(), keyring=keyring())
    except CodeWrong as error:
        form.code.errors = [domain_message(error)]
        return _code_page(form, contact, is_over=error.code != "code_wrong"), 422
    return redirect(url_for(".set_password"), code=303)


@bp.route("/me/password", methods=["GET", "POST"])
@limited(Deed.RESUME)
def set_password() -> Page:
    """Choose the password of the account whose contact was proven; who has one may keep it."""
    contact = browser.proven(_ACCOUNT, None)
    if contact is None:
        return redirect(url_for(".new"), code=303)
    found = accounts.find_for(contact, keyring())
    known = found if found is not None and found.password_hash is not None else None  # one may be closed
    form = PasswordForm()
    if request.method == "GET":
        return _password_page(form, contact, is_known=known is not None)
    if known is not None and "keep" in request.form:
        accounts.note_visit(known, now=clock.now())
        return _enter(known)
    if not form.validate():
        return _password_page(form, contact, is_known=known is not None), 422
    try:
        account = accounts.set_password(contact, form.password.data, now=clock.now(), keyring=keyring())
    except PasswordUnfit as error:
        form.password.errors = [domain_message(error)]
        return _password_page(form, contact, is_known=known is not None), 422
    if known is not None:
        flash(_("Đã đặt mật khẩu mới. Các máy khác đã được đăng xuất."), "success")
    return _enter(account)


@bp.get("/me/account")
def account() -> Page:
    """One's own account: what it was opened with, signing out."""
    found = browser.signed_in_account()
    if found is None:
        return redirect(url_for(".sign_in"), code=303)
    return _account_page(found)


@bp.post("/me/sign-out")
@unlimited
def sign_out() -> Response:
    """Sign out here, or on every device."""
    found = browser.signed_in_account()
    if found is not None and "everywhere" in request.form:
        accounts.end_sessions(found, now=clock.now())
    browser.sign_out_account()
    flash(_("Đã đăng xuất."), "success")
    return redirect(url_for("public.home"), code=303)


@bp.post("/me/account/close")
@limited(Deed.ASK)
def close_account() -> Response | tuple[str, int]:
    """Close one's account: what can be read of it goes; entries are erased on /me/data."""
    found = browser.signed_in_account()
    if found is None:
        return redirect(url_for(".sign_in"), code=303)
    if "sure" not in request.form:
        return _account_page(found, is_sure_missing=True), 422
    accounts.close(found, now=clock.now())
    browser.sign_out_account()
    flash(_("Đã xóa tài khoản. Dữ liệu đăng ký dự thi xem và xóa ở trang Dữ liệu của tôi."), "success")
    return redirect(url_for("public.home"), code=303)


def _account_page(found: EntrantAccount, *, is_sure_missing: bool = False) -> str:
    contact = accounts.contact_of(found, keyring())
    page = AccountPage(
        contact=site().contact,
        shown=contact.masked if contact else accounts.name_of(found, keyring()),
        opened_at=found.created_at,
        has_password=found.password_hash is not None,
        is_sure_missing=is_sure_missing,
    )
    return render_template("signin/account.html", page=page)


def _enter(account: EntrantAccount) -> Response:
    """Sign the browser in and go where the person was going."""
    browser.spend_proof()
    browser.sign_in_account(account)
    return redirect(browser.take_target() or url_for(".account"), code=303)


def _gate_page(form: SignInForm) -> str:
    chosen = provider()
    page = GatePage(
        contact=site().contact,
        provider=chosen.name if chosen else "",
        new_url=url_for(".new") if browser.senders().channels else "",
    )
    form.offer(frozenset(Channel))
    return render_template("signin/sign_in.html", page=page, form=form)


def _contact_page(form: ContactForm) -> str:
    page = GatePage(contact=site().contact, provider="", new_url=url_for(".new"))
    return render_template("signin/new.html", page=page, form=form)


def _code_page(form: CodeForm, sent_to: Contact, *, is_over: bool = False) -> str:
    page = CodePage(
        title=_("Tài khoản dự thi"),
        contact=site().contact,
        slug="",
        sent_to=sent_to.masked,
        minutes=int(codes.LIFE.total_seconds() // 60),
        check_url=url_for(".account_code"),
        again_url=url_for(".new"),
        other_url=url_for(".new"),
        is_over=is_over,
    )
    return render_template("signin/code.html", page=page, form=form)


def _password_page(form: PasswordForm, contact: Contact, *, is_known: bool) -> str:
    page = PasswordPage(
        contact=site().contact, shown=contact.masked, least=accounts.MIN_PASSWORD, is_known=is_known
    )
    return render_template("signin/password.html", page=page, form=form)
