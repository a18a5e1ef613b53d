"""The choice of ways into a contest, and the way by one-time code."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.contests import queries as contests
from quiz.contests.definition_entry import Way
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.limits.deeds import Deed
from quiz.signin import browser, codes, service
from quiz.signin.codes import Purpose
from quiz.signin.contacts import Channel, Contact
from quiz.signin.errors import CodeNotSent, CodeRefused, CodeWrong
from quiz.signin.forms import CodeForm, ContactForm
from quiz.signin.pages import CodePage, WaysPage
from quiz.signin.provider import init_app as set_up_provider
from quiz.signin.provider import provider
from quiz.signin.senders import read_senders
from quiz.web.guards import keyring
from quiz.web.labels import domain_message
from quiz.web.limiting import limited

bp = Blueprint("signin", __name__)


@bp.record_once
def set_up(state: BlueprintSetupState) -> None:
    """Make the senders when the application is built: unsafe settings are refused before anybody comes."""
    state.app.extensions["senders"] = read_senders(state.app.config["SETTINGS"])
    set_up_provider(state.app)  # type: ignore[arg-type]  # Flask names its base class here


@bp.get("/c/<slug>/ways")
def ways(slug: str) -> Response | str:
    """The ways into the contest; where only the open form is offered, the form itself."""
    contest = contests.get_public_contest(slug)
    if contest.entry.ways == (Way.FORM,):
        return redirect(url_for("entries.enter", slug=slug), code=303)
    return _ways_page(contest, ContactForm(formdata=None))


@bp.post("/c/<slug>/code")
@limited(Deed.RESUME)
def send(slug: str) -> Response | tuple[str, int]:
    """Send a code to the contact that was typed, or once more to the same one."""
    contest = _contest_with_codes(slug)
    form, channels = ContactForm(), browser.channels_for(contest)
    if "again" in request.form:
        contact = browser.asked_contact(Purpose.ENTRY, contest.id)
        if contact is None:
            return redirect(url_for(".ways", slug=slug), code=303)
    elif form.check(channels) and form.understood is not None:
        contact = form.understood
    else:
        return _ways_page(contest, form), 422
    try:
        browser.ask_for_code(contact, Purpose.ENTRY, contest.id)
    except (CodeRefused, CodeNotSent) as error:
        form.offer(channels).form_errors.append(domain_message(error))
        return _ways_page(contest, form), error.status
    return redirect(url_for(".check", slug=slug), code=303)


@bp.route("/c/<slug>/code/check", methods=["GET", "POST"])
@limited(Deed.RESUME)
def check(slug: str) -> Response | str | tuple[str, int]:
    """Type the code; then the person's own entries, or the form."""
    contest = _contest_with_codes(slug)
    request_id = browser.request_id_of(Purpose.ENTRY, contest.id)
    contact = browser.asked_contact(Purpose.ENTRY, contest.id)
    if request_id is None or contact is None:
        return redirect(url_for(".ways", slug=slug), code=303)
    if request.method == "GET":
        if browser.proven(Purpose.ENTRY, contest.id):
            return redirect(url_for("entries.who", slug=slug), code=303)
        return _code_page(contest, CodeForm(), contact)
    form = CodeForm()
    if not form.check():
        return _code_page(contest, form, contact), 422
    try:
        service.prove(request_id, form.typed, now=clock.now(), keyring=keyring())
    except CodeWrong as error:
        form.code.errors = [domain_message(error)]
        return _code_page(contest, form, contact, is_over=error.code != "code_wrong"), 422
    return redirect(url_for("entries.who", slug=slug), code=303)


def _contest_with_codes(slug: str) -> Contest:
    contest = contests.get_public_contest(slug)
    if Way.CODE not in contest.entry.ways:
        raise NotFound("way")
    return contest


def _ways_page(contest: Contest, form: ContactForm) -> str:
    offered, channels = contest.entry.ways, browser.channels_for(contest)
    has_codes = Way.CODE in offered and bool(channels)
    way, chosen = browser.way_in(contest), provider()
    onward = url_for("entries.who", slug=contest.slug)
    page = WaysPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        form_url=url_for("entries.enter", slug=contest.slug) if Way.FORM in offered else "",
        code_url=url_for(".send", slug=contest.slug) if has_codes else "",
        code_hint=_code_hint(channels),
        resume_url=url_for("entries.resume", slug=contest.slug) if Way.FORM in offered else "",
        account_url=url_for(".sign_in", next=onward) if Way.ACCOUNT in offered else "",
        provider=chosen.name if chosen and Way.OIDC in offered else "",
        provider_url=url_for(".to_provider", next=onward) if chosen and Way.OIDC in offered else "",
        broken=_broken(contest, has_codes=has_codes),
        known=way.shown if way and way.is_proven else "",
        known_url=onward if way and way.is_proven else "",
    )
    if has_codes:
        form.offer(channels)
    return render_template("signin/ways.html", page=page, form=form)


def _broken(contest: Contest, *, has_codes: bool) -> str:
    """What the contest offers and this installation cannot do now."""
    offered = contest.entry.ways
    if Way.CODE in offered and not has_codes:
        return _("Lúc này chưa gửi được mã xác nhận. Dùng cách khác, hoặc gọi Ban Tổ chức.")
    if Way.OIDC in offered and provider() is None:
        return _("Lúc này chưa đăng nhập chung được. Dùng cách khác, hoặc gọi Ban Tổ chức.")
    return ""


def _code_hint(channels: frozenset[Channel]) -> str:
    if Channel.PHONE in channels:
        return _("Mã gồm 6 chữ số, gửi ngay, không mất phí. Số điện thoại không hiện trên trang công khai.")
    return _("Mã gồm 6 chữ số, gửi ngay vào hộp thư.")


def _code_page(contest: Contest, form: CodeForm, sent_to: Contact, *, is_over: bool = False) -> str:
    page = CodePage(
        title=contest.settings.display_title,
        contact=contact_of(contest),
        slug=contest.slug,
        sent_to=sent_to.masked,
        minutes=int(codes.LIFE.total_seconds() // 60),
        check_url=url_for(".check", slug=contest.slug),
        again_url=url_for(".send", slug=contest.slug),
        other_url=url_for(".ways", slug=contest.slug),
        is_over=is_over,
    )
    return render_template("signin/code.html", page=page, form=form)
