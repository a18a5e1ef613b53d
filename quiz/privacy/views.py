"""/me/data, one's own data in every contest that this browser acts for; /privacy, what is kept and why."""

import json
import time

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.core.errors import DomainError, Invalid, NotFound
from quiz.entries.errors import EntryRefused, IdentityTaken
from quiz.entries.models import Entry
from quiz.entries.queries import find_entry, get_entry
from quiz.limits.deeds import Deed
from quiz.privacy import service
from quiz.privacy.errors import ProofRefused
from quiz.privacy.forms import CorrectionForm, EraseForm, ObjectForm, ProofForm, correction_form
from quiz.privacy.kinds import Kind
from quiz.privacy.map_pages import DATA_MAP
from quiz.privacy.own_data import own_data
from quiz.privacy.pages import OwnPart
from quiz.privacy.proving import prove
from quiz.privacy.showing import as_file, own_part
from quiz.signin import browser
from quiz.web.entrants import entrant_id_or_404, forget_entrant, known_entrants
from quiz.web.guards import keyring
from quiz.web.labels import domain_message
from quiz.web.limiting import limited

bp = Blueprint("privacy", __name__)
_CLEAR_SECONDS = 600
_CLEAR = "own_data_until"


@bp.get("/privacy")
def policy() -> str:
    """What the site keeps of people, what for, who sees it and until when; their rights."""
    return render_template("privacy/policy.html", lines=DATA_MAP, contests=contests.list_public_contests())


@bp.get("/me/data")
def own() -> str:
    """Everything kept about the people this browser acts for, masked until they prove who they are."""
    return _page(ProofForm(formdata=None))


@bp.post("/me/data/<slug>/clear")
@limited(Deed.ASK)
def show_clear(slug: str) -> AnyResponse | tuple[str, int]:
    """Show this contest's data in full for ten minutes, to who knows what the person stated."""
    contest, entry = own_entry_or_404(slug)
    form = ProofForm()
    fine = form.validate()
    try:
        if fine:
            prove(contest, entry, form.proof.data or "", now=clock.now(), keyring=keyring())
    except ProofRefused as error:
        form.proof.errors = [domain_message(error)]
    if form.errors or not fine:
        return _page(form, slug), 422
    session[_CLEAR] = {**session.get(_CLEAR, {}), slug: int(time.time()) + _CLEAR_SECONDS}
    return redirect(url_for(".own"), code=303)


@bp.get("/me/data/<slug>/data.json")
def download(slug: str) -> AnyResponse:
    """The person's data as a file, after the same proof."""
    contest, entry = own_entry_or_404(slug)
    if not _is_clear(slug):
        flash(_("Để tải tệp, trước hết cần chứng minh là chính chủ."), "warning")
        return redirect(url_for(".own"), code=303)
    now = clock.now()
    data = as_file(own_data(contest, entry, keyring=keyring(), now=now), now)
    reply = Response(json.dumps(data, ensure_ascii=False, indent=1), mimetype="application/json")
    reply.headers["Content-Disposition"] = f'attachment; filename="du-lieu-{slug}.json"'
    return reply


@bp.post("/me/data/<slug>/publication")
@limited(Deed.ASK)
def publish_no_more(slug: str) -> AnyResponse:
    """Withdraw the agreement to publish the name."""
    contest, entry = own_entry_or_404(slug)
    service.publish_no_more(contest, entry.id, now=clock.now(), keyring=keyring())
    flash(_("Đã rút đồng ý công bố. Từ lúc này trang công khai không hiện họ tên đầy đủ."), "success")
    return redirect(url_for(".own"), code=303)


@bp.route("/me/data/<slug>/correction", methods=["GET", "POST"])
def correction(slug: str) -> AnyResponse | str | tuple[str, int]:
    """What was stated wrongly: made right at once before the contest, else with the organisers' approval."""
    contest, entry = own_entry_or_404(slug)
    if not _is_clear(slug):
        flash(_("Để sửa, trước hết cần chứng minh là chính chủ."), "warning")
        return redirect(url_for(".own"), code=303)
    form, now = correction_form(contest), clock.now()
    if not form.is_submitted():
        return _correction_page(contest, entry, form)
    if not form.check(now.astimezone(contest.settings.zone).date()):
        return _correction_page(contest, entry, form), 422
    try:
        asked = service.correct(
            contest, entry.id, form.correction, form.words.data or "", now=now, keyring=keyring()
        )
    except (Invalid, EntryRefused, IdentityTaken) as error:
        form.form_errors.append(domain_message(error))
        return _correction_page(contest, entry, form), error.status
    is_done = asked.closed_at is not None
    flash(
        _("Đã sửa.") if is_done else _("Đã gửi. Ban Tổ chức duyệt rồi mới sửa; xem ở trang này."), "success"
    )
    return redirect(url_for(".own"), code=303)


@bp.route("/me/data/<slug>/erasure", methods=["GET", "POST"])
@limited(Deed.ASK)
def erasure(slug: str) -> AnyResponse | str | tuple[str, int]:
    """What being erased means, and the request."""
    contest, entry = own_entry_or_404(slug)
    form = EraseForm()
    if not form.is_submitted() or not form.check():
        page = render_template("privacy/erasure.html", contest=contest, form=form)
        return (page, 422) if form.is_submitted() else page
    return _asked(contest, entry, Kind.ERASE, form.words.data)


@bp.route("/me/data/<slug>/objection", methods=["GET", "POST"])
@limited(Deed.ASK)
def objection(slug: str) -> AnyResponse | str | tuple[str, int]:
    """To restrict the use of the data, or object to it."""
    contest, entry = own_entry_or_404(slug)
    form = ObjectForm()
    if not form.validate_on_submit():
        page = render_template("privacy/objection.html", contest=contest, form=form)
        return (page, 422) if form.is_submitted() else page
    return _asked(contest, entry, Kind.OBJECT, form.words.data)


@bp.post("/me/data/<slug>/requests/<int:request_id>/back")
@limited(Deed.ASK)
def take_back(slug: str, request_id: int) -> AnyResponse:
    """The person no longer wants it."""
    contest, entry = own_entry_or_404(slug)
    service.take_back(contest, entry.id, request_id, now=clock.now())
    flash(_("Đã rút lại yêu cầu."), "success")
    return redirect(url_for(".own"), code=303)


@bp.post("/me/forget")
@limited(Deed.ASK)
def forget() -> AnyResponse:
    """Tôi dùng chung máy: this browser acts for nobody any more; the entries stay as they are."""
    for contest_id in known_entrants():
        forget_entrant(contest_id)
    session.pop(_CLEAR, None)
    browser.spend_proof()
    browser.sign_out_account()
    flash(_("Máy này không còn giữ thông tin của người dự thi nào."), "success")
    reply = redirect(url_for("public.home"), code=303)
    reply.headers["Clear-Site-Data"] = '"storage"'  # copies of answers that scripts kept on this device
    return reply


def own_entry_or_404(slug: str) -> tuple[Contest, Entry]:
    """A contest and the entry that this browser acts for, unless it is erased. Raises NotFound."""
    contest = contests.get_public_contest(slug)
    entry = get_entry(contest.id, entrant_id_or_404(contest.id))
    if entry.is_erased:
        raise NotFound("entry")
    return contest, entry


def _asked(contest: Contest, entry: Entry, kind: Kind, words: str | None) -> AnyResponse | tuple[str, int]:
    service.ask(contest, entry.id, kind, wish={"words": words or ""}, now=clock.now(), keyring=keyring())
    flash(_("Đã gửi yêu cầu. Ban Tổ chức trả lời trong 2 ngày làm việc; xem ở trang này."), "success")
    return redirect(url_for(".own"), code=303)


def _correction_page(contest: Contest, entry: Entry, form: CorrectionForm) -> str:
    is_free = service.is_free_to_correct(contest, entry.id, clock.now())
    return render_template("privacy/correction.html", contest=contest, form=form, is_free=is_free)


def _is_clear(slug: str) -> bool:
    return int(session.get(_CLEAR, {}).get(slug, 0)) > time.time()


def _page(form: ProofForm, wrong: str = "") -> str:
    return render_template("privacy/own.html", parts=_parts(), form=form, wrong=wrong)


def _parts() -> list[OwnPart]:
    """The contests of this browser, the newest entry first."""
    now, parts = clock.now(), []
    for contest_id, entry_id in known_entrants().items():
        entry = find_entry(contest_id, entry_id)
        if entry is None:
            continue
        try:
            contest = contests.get_contest_by_id(contest_id)
        except DomainError:
            continue
        data = own_data(contest, entry, keyring=keyring(), now=now)
        parts.append((entry.registered_at, own_part(data, is_clear=_is_clear(contest.slug))))
    return [part for _at, part in sorted(parts, key=lambda one: one[0], reverse=True)]
