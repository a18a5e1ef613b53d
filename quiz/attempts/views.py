"""The way through an attempt: ready, start, play, hand in, result."""

from datetime import datetime, timedelta

from flask import Blueprint, flash, json, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.attempts import allowance, queries, service
from quiz.attempts.allowance import CONSENT_OUTDATED
from quiz.attempts.crowd import door_of, is_crowd, join_line
from quiz.attempts.errors import (
    AnswersMissing,
    MustWait,
    OlderRevision,
    PredictionNeeded,
    StartRefused,
    TimeIsOver,
)
from quiz.attempts.languages import asked_language, remember_language
from quiz.attempts.line import find_ticket, own_opening
from quiz.attempts.models import Attempt
from quiz.attempts.outcome import result_page
from quiz.attempts.page_queries import get_with_all
from quiz.attempts.question_forms import question_on_paper
from quiz.attempts.sheets import Sheet, SheetInvalid, parse_sheet
from quiz.attempts.showing import confirm_page, is_running, play_page, ready_page
from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.entries import queries as entries
from quiz.entries.consenting import needs_renewal
from quiz.entries.models import Entry
from quiz.limits.deeds import Deed
from quiz.web.entrants import entrant_id, entrant_id_or_404
from quiz.web.errors import problem
from quiz.web.guards import keyring, start_spacing, starts_per_second
from quiz.web.labels import domain_message
from quiz.web.limiting import limited, unlimited
from quiz.web.offline import running_paper

bp = Blueprint("attempts", __name__)
bp.add_app_template_global(question_on_paper)
_IN_LANGUAGE = "language-"
_BEFORE_THE_RUSH = timedelta(hours=1)


@bp.before_request
def remember() -> None:
    """Whatever page of an attempt is asked for in a language of the questions, they stay in it."""
    remember_language(asked_language())


@bp.get("/c/<slug>/rounds/<int:number>")
def ready(slug: str, number: int) -> Response | str:
    """What the attempt will be, before the clock runs."""
    contest, round_, entry = entrant_of(slug, number)
    if entry is None:
        return redirect(url_for("entries.enter", slug=slug), code=303)
    if (
        needs_renewal(contest, entry)
        and allowance.why_not(contest, round_, entry, clock.now()) == CONSENT_OUTDATED
    ):
        return redirect(url_for("entries.consent", slug=slug), code=303)
    return _ready(contest, round_, entry)


def _has_place(slug: str, number: int) -> bool:
    """Whether this browser's person has an attempt that is running, or a ticket: the line lets them in."""
    contest, round_, entry = entrant_of(slug, number)
    if entry is None:
        return False
    past = queries.list_attempts(contest.id, entry.id)
    running = allowance.running_attempt(past, round_, clock.now())
    return running is not None or find_ticket(contest.id, number, entry.id) is not None


def _entered_before(slug: str, number: int) -> bool:
    """Whether this browser's person entered before the present rush."""
    _contest, _round, entry = entrant_of(slug, number)
    return entry is not None and entry.registered_at + _BEFORE_THE_RUSH <= clock.now()


def _is_counted() -> bool:
    """Whether a press counts for the limits: while people wait the line is one, with one place a person."""
    return not is_crowd(clock.now(), starts_per_second())


@bp.post("/c/<slug>/rounds/<int:number>/start")
@limited(Deed.START, when=_is_counted, spared=_has_place, known=_entered_before)
def start(slug: str, number: int) -> Response | tuple[str, int]:
    """Open an attempt, or lead to the one that is running."""
    now, rate = clock.now(), starts_per_second()
    if _joins_the_line(slug, number, now, rate):
        return redirect(url_for("attempts.wait", slug=slug, number=number), code=303)
    door = door_of(slug, number)
    known = entrant_id(door.contest.id)
    if known is None:
        return redirect(url_for("entries.enter", slug=slug), code=303)
    try:
        attempt = service.start(
            door.contest, known, number, now=now, keyring=keyring(), rate=rate, spacing=start_spacing()
        )
    except NotFound:  # the browser remembers an entry that is gone
        return redirect(url_for("entries.enter", slug=slug), code=303)
    except MustWait:
        return redirect(url_for("attempts.wait", slug=slug, number=number), code=303)
    except StartRefused as error:
        if error.code == CONSENT_OUTDATED:
            return redirect(url_for("entries.consent", slug=slug), code=303)
        contest, round_, entry = entrant_of(slug, number)
        assert entry is not None
        return _ready(contest, round_, entry, domain_message(error)), 409
    return redirect(url_for("attempts.play", code=attempt.code), code=303)


@bp.get("/attempts/<code>")
def play(code: str) -> Response | str:
    """The running attempt, or its result once it is over."""
    attempt, contest, round_ = own_attempt_or_404(code)
    now = clock.now()
    if is_running(attempt, round_, now):
        page = render_template("attempts/play.html", page=play_page(contest, round_, attempt, now))
        return running_paper(page)
    entry = entries.get_entry(contest.id, attempt.entry_id)
    result = result_page(contest, round_, attempt, unit_of(contest, entry), keyring(), now)
    return render_template("attempts/result.html", page=result)


@bp.post("/attempts/<code>/answers")
@unlimited
def answers(code: str) -> Response:
    """Save the form's answers without JavaScript, then stay or go on to the check before handing in."""
    attempt, _contest, _round = own_attempt_or_404(code)
    try:
        service.save(code, _form_sheet(attempt), entry_id=attempt.entry_id, now=clock.now())
    except SheetInvalid:
        flash(_("Bài gửi lên không đúng dạng. Trang đã hiện bản đang lưu."), "warning")
        return redirect(url_for("attempts.play", code=code), code=303)
    except OlderRevision as error:
        flash(domain_message(error) + " " + _("Trang đã hiện bản mới nhất."), "warning")
        return redirect(url_for("attempts.play", code=code), code=303)
    except TimeIsOver:
        return redirect(url_for("attempts.play", code=code), code=303)
    then = request.form.get("then", "")
    if then == "confirm":
        return redirect(url_for("attempts.confirm", code=code), code=303)
    if then.startswith(_IN_LANGUAGE):
        remember_language(then.removeprefix(_IN_LANGUAGE))
    flash(_("Đã lưu bài."), "success")
    return redirect(url_for("attempts.play", code=code), code=303)


@bp.get("/attempts/<code>/confirm")
def confirm(code: str) -> Response | str:
    """The check before handing in."""
    attempt, contest, round_ = own_attempt_or_404(code)
    now = clock.now()
    if not is_running(attempt, round_, now):
        return redirect(url_for("attempts.play", code=code), code=303)
    return render_template("attempts/confirm.html", page=confirm_page(contest, round_, attempt, now))


@bp.post("/attempts/<code>/submit")
@unlimited
def submit(code: str) -> Response:
    """Hand in; again: the same result."""
    entry_id = entrant_id_or_404(queries.contest_of(code))
    try:
        sheet = _posted_sheet(request.form.get("sheet"))
        service.submit(code, sheet, entry_id=entry_id, now=clock.now(), keyring=keyring())
    except SheetInvalid:
        return _refused("sheet", _("Bài gửi lên không đúng dạng. Tải lại trang rồi nộp lại."), code)
    except (PredictionNeeded, AnswersMissing) as error:
        return _refused(error.code, domain_message(error), code)
    return redirect(url_for("attempts.play", code=code), code=303)


def _joins_the_line(slug: str, number: int, now: datetime, rate: float) -> bool:
    """Whether others wait and this person has a ticket now: the short way while a crowd is at the door."""
    if not is_crowd(now, rate):
        return False
    door = door_of(slug, number)
    known = entrant_id(door.contest.id)
    return known is not None and join_line(door, known, now=now, rate=rate)


def own_attempt_or_404(code: str) -> tuple[Attempt, Contest, Round]:
    """The attempt of the entrant behind the request, with its contest and round. Raises NotFound."""
    contest_id = queries.contest_of(code)
    entry_id = entrant_id_or_404(contest_id)
    attempt, contest = get_with_all(code)
    if attempt.entry_id != entry_id and not _was_merged(contest_id, entry_id, attempt.entry_id):
        raise NotFound("attempt")
    return attempt, contest, contests.get_round(contest, attempt.round_number)


def _was_merged(contest_id: int, entry_id: int, kept_id: int) -> bool:
    """Whether the browser's entry was merged into that one: its attempts went there, their addresses stay."""
    entry = entries.find_entry(contest_id, entry_id)
    return entry is not None and entry.merged_into == kept_id


def entrant_of(slug: str, number: int) -> tuple[Contest, Round, Entry | None]:
    """The contest, its round, and the entry that this browser acts for. Raises NotFound."""
    contest = contests.get_contest(slug)
    round_ = contests.get_public_round(contest, number)
    known = entrant_id(contest.id)
    return contest, round_, entries.find_entry(contest.id, known) if known else None


def unit_of(contest: Contest, entry: Entry) -> ContestUnit | None:
    """The unit that somebody entered with."""
    return next((unit for unit in contests.list_units(contest.id) if unit.id == entry.unit_id), None)


def _ready(contest: Contest, round_: Round, entry: Entry, refusal: str | None = None) -> str:
    now = clock.now()
    if refusal is None:
        why = allowance.why_not(contest, round_, entry, now)
        refusal = domain_message(StartRefused(why)) if why else None
    begins_at = own_opening(round_, entry.id, keyring())
    page = ready_page(contest, round_, entry, unit_of(contest, entry), refusal, begins_at, now)
    return render_template("attempts/ready.html", page=page)


def _form_sheet(attempt: Attempt) -> Sheet:
    """The sheet in the form fields q1…qN, f1…fN, prediction, and the revision that the page was made from."""
    places = range(1, attempt.question_count + 1)
    data: dict[str, object] = {
        "revision": (request.form.get("revision", type=int) or 0) + 1,
        "answers": {
            str(place): [int(text) for text in request.form.getlist(f"q{place}") if text.isdecimal()]
            for place in places
        },
        "flags": [place for place in places if request.form.get(f"f{place}") == "1"],
        "prediction": request.form.get("prediction", ""),
    }
    return parse_sheet(data)


def _posted_sheet(text: str | None) -> Sheet | None:
    """The sheet sent along when handing in; None without JavaScript, where it was saved before."""
    if not text:
        return None
    try:
        data = json.loads(text)
    except ValueError as error:
        raise SheetInvalid("not_json") from error
    return parse_sheet(data)


def _refused(code: str, message: str, attempt_code: str) -> Response:
    if request.accept_mimetypes.best == "application/json":
        return problem(409, code, message)
    flash(message, "warning")
    return redirect(url_for("attempts.play", code=attempt_code), code=303)
