"""/manage/banks/<slug>/import/<token>: what a person decides about a file before it is imported."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from question_bank.offers import as_draft, offers
from question_bank.values import Draft, Question
from quiz.accounts.permissions import Permission
from quiz.bank.admin import bank_or_404, bp
from quiz.bank.decisions import Verdict
from quiz.bank.mend_forms import MendForm, mend_form
from quiz.bank.models import Bank
from quiz.bank.pages import Tab, anchor_of, excerpt_of, given
from quiz.bank.planning import ImportPlan
from quiz.bank.preview_pages import decisions_of, get_kept, keep_decisions, plan_of, report_of
from quiz.core.errors import NotFound
from quiz.web.guards import needs
from quiz.web.paging import asked_page
from quiz.web.reader_words import mending, wrong
from quiz.web.uploads import Kept, takes_files


@bp.post("/<slug>/import/<token>/decide")
@needs(Permission.EDIT_BANKS)
def decide(slug: str, token: str) -> Response:
    """One decision about one question; then back to the same place of the page."""
    bank = bank_or_404(slug)
    kept = get_kept(bank, token)
    number, decisions = request.form.get("number", ""), decisions_of(kept)
    place = number
    match request.form.get("act", "").split(":"):
        case ["leave"]:
            _given_or_404(kept, number)
            decisions = decisions.leave_out(number)
            place = _neighbour(plan_of(bank, kept), number)
        case ["accept"]:
            decisions = decisions.accept(number)
        case ["undo"]:
            decisions = decisions.forget(number)
        case ["offer", code]:
            decisions = decisions.mend(_offered(bank, kept, number, code))
        case _:
            abort(400)
    keep_decisions(kept, decisions)
    return _back(slug, token, place)


@bp.post("/<slug>/import/<token>/pairs")
@needs(Permission.EDIT_BANKS)
def judge_pair(slug: str, token: str) -> Response:
    """What becomes of two questions that are much alike, or of all such pairs at once."""
    bank = bank_or_404(slug)
    kept = get_kept(bank, token)
    decisions, plan = decisions_of(kept), plan_of(bank, kept)
    pair = request.form.get("number", ""), request.form.get("other", "")
    if request.form.get("undo"):
        keep_decisions(kept, decisions.forget_pair(pair))
        return _to_pair(slug, token, asked_page())
    verdict = _verdict(request.form.get("verdict") or request.form.get("verdict_all", ""))
    if request.form.get("verdict_all"):
        least = request.form.get("at_least", 95, type=int) / 100
        chosen = [
            one for one in plan.alike if one.verdict is None and not one.is_conflict and one.likeness >= least
        ]
        keep_decisions(
            kept, decisions.judge({one.pair: verdict for one in chosen if verdict in one.possible})
        )
        return _to_pair(slug, token, 1)
    found = next((one for one in plan.alike if one.pair == pair), None)
    if found is None or verdict not in found.possible:
        abort(400)
    decisions = decisions.judge({pair: verdict})
    keep_decisions(kept, decisions)
    return _to_pair(slug, token, _next_open(plan_of(bank, get_kept(bank, token)), pair))


@bp.route("/<slug>/import/<token>/mend", methods=["GET", "POST"])
@needs(Permission.EDIT_BANKS)
@takes_files
def mend(slug: str, token: str) -> Response | str | tuple[str, int]:
    """Change a question in place: what is wrong is judged by the rules that files have to pass."""
    bank = bank_or_404(slug)
    kept = get_kept(bank, token)
    number = request.values.get("number", "")
    text, decisions = _given_or_404(kept, number), decisions_of(kept)
    before = decisions.mended.get(number, text)
    draft = as_draft(before) if isinstance(before, Question) else before
    if request.method == "GET":
        return _mend_page(bank, kept, text, mend_form(draft))
    form = MendForm()
    if not form.validate():
        return _mend_page(bank, kept, text, form), 422
    settled = form.settled(draft)
    if settled.question is None:
        return _mend_page(
            bank, kept, text, form, [f"{wrong(one)} {mending(one)}" for one in settled.problems]
        ), 422
    keep_decisions(kept, decisions.forget(number).mend(settled.question))
    return _back(slug, token, number)


def _offered(bank: Bank, kept: Kept, number: str, code: str) -> Question:
    text = _given_or_404(kept, number)
    found = [one for one in plan_of(bank, kept).report.problems if one.number == number]
    for offer in offers(text, found, report_of(kept).as_typed.get(number)):
        if offer.code == code:
            return offer.question
    raise NotFound("offer")


def _neighbour(plan: ImportPlan, number: str) -> str:
    """Where to go on when a good question goes from the list: the one below it, or above the last."""
    numbers = [one.question.number for one in plan.new]
    if request.form.get("tab") != Tab.GOOD.value or number not in numbers:
        return number
    here = numbers.index(number)
    return next(iter(numbers[here + 1 :] or numbers[:here][::-1]), number)


def _given_or_404(kept: Kept, number: str) -> Draft | Question:
    """What the file says of a question. Raises NotFound."""
    found = given(report_of(kept), number)
    if found is None:
        raise NotFound("question")
    return found


def _verdict(given_word: str) -> Verdict:
    try:
        return Verdict(given_word)
    except ValueError:
        abort(400)


def _next_open(plan: ImportPlan, pair: tuple[str, str]) -> int:
    """The page of the next pair to decide about, behind this one first; this one's own if there is none."""
    places = {one.pair: place for place, one in enumerate(plan.alike, start=1)}
    here = places.get(pair, 1)
    waiting = [place for place, one in enumerate(plan.alike, start=1) if one.verdict is None]
    return next((place for place in waiting if place > here), waiting[0] if waiting else here)


def _back(slug: str, token: str, number: str) -> Response:
    tab = request.form.get("tab") or Tab.WRONG.value
    return redirect(
        url_for(".preview", slug=slug, token=token, tab=tab, page=_page(), _anchor=anchor_of(number)),
        code=303,
    )


def _page() -> int | None:
    page = request.form.get("page", 1, type=int)
    return page if page > 1 else None


def _to_pair(slug: str, token: str, page: int) -> Response:
    return redirect(
        url_for(".preview", slug=slug, token=token, tab=Tab.NEAR.value, page=page, _anchor="cap"), code=303
    )


def _mend_page(
    bank: Bank, kept: Kept, text: Draft | Question, form: MendForm, problems: list[str] | None = None
) -> str:
    if request.method == "POST":
        form.spare_rows()
    found = [one for one in report_of(kept).problems if one.number == text.number]
    return render_template(
        "bank/preview_mend.html",
        bank=bank,
        kept=kept,
        text=text,
        form=form,
        found=found,
        excerpt=excerpt_of(text, found),
        problems=problems or [],
        tab=request.values.get("tab") or Tab.WRONG.value,
        page=request.values.get("page", 1, type=int),
        anchor=anchor_of(text.number),
    )
