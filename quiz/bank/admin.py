"""/manage/banks: the banks, one bank with its search, files out of it."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from question_bank.values import Kind
from question_bank.writers import find_writer
from question_bank.writers.xlsx import template
from quiz.accounts.permissions import Permission
from quiz.bank import browsing, queries, reviewing, samples
from quiz.bank.banks import create_bank
from quiz.bank.errors import BankInvalid
from quiz.bank.forms import BankForm
from quiz.bank.labels import KINDS, STATES
from quiz.bank.models import Bank
from quiz.bank.reviewing import Queue
from quiz.bank.states import QuestionState
from quiz.bank.topic_queries import topic_tree
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.limits.deeds import Deed
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.limiting import always, limited
from quiz.web.paging import asked_page, pages

_FILTER = ("q", "topic", "level", "tag", "state", "source", "near")

bp = Blueprint("bank", __name__, url_prefix="/manage/banks")


@bp.get("")
@needs(Permission.SEE_BANKS)
def banks() -> str:
    """All banks, and the form for a new one."""
    return _banks_page(BankForm(formdata=None))


@bp.post("")
@needs(Permission.MANAGE_BANKS)
def create() -> AnyResponse | tuple[str, int]:
    """Make an empty bank and go on to its import."""
    form = BankForm()
    if not form.validate():
        return _banks_page(form), 422
    try:
        made = create_bank(form.slug.data, form.title.data, actor=staff_actor(), now=clock.now())
    except BankInvalid as error:
        form.slug.errors = [domain_message(error)]
        return _banks_page(form), 422
    return redirect(url_for(".upload", slug=made.slug), code=303)


@bp.get("/<slug>")
@needs(Permission.SEE_BANKS)
def bank(slug: str) -> str:
    """One bank: how many questions of each topic and level, and the questions themselves."""
    bank_ = bank_or_404(slug)
    search, matrix = asked_search(), browsing.matrix(bank_.id)
    found = browsing.list_questions(bank_.id, search, asked_page())
    return render_template(
        "bank/bank.html",
        bank=bank_,
        matrix=matrix,
        found=found,
        search=search,
        kept=asked_filter(),
        states={state: str(words) for state, words in STATES.items()},
        kinds={kind.value: str(KINDS[kind]) for kind in Kind},
        pages=pages(
            found.page,
            found.pages,
            slug=slug,
            q=search.text,
            topic=search.topic,
            level=search.level,
            tag=search.tag,
            state=search.state.value if search.state else "",
            source="none" if search.lacks_source else "",
            near="y" if search.has_twins else "",
        ),
        topics=[(branch.topic.name, branch.depth) for branch in matrix.tree.walk()],
        levels=browsing.list_levels(bank_.id),
        tags=browsing.list_tags(bank_.id),
        counts=reviewing.count_states(bank_.id),
        waiting=reviewing.count_waiting(Queue(bank=slug, reviewer_id=current_user.id)),
        may_edit=current_user.can(Permission.EDIT_BANKS),
        may_review=current_user.can(Permission.REVIEW_QUESTIONS),
        may_manage=current_user.can(Permission.MANAGE_BANKS),
    )


@bp.get("/sample.xlsx")
@needs(Permission.SEE_BANKS)
def sample() -> Response:
    """An empty workbook to fill in, with the topics of a bank where one is named."""
    named = queries.find_bank(request.args.get("bank", "")[:40])
    names = [branch.topic.name for branch in topic_tree(named.id).walk()] if named else []
    return _attached(
        template(names),
        "mau-cau-hoi.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


@bp.get("/samples/<name>")
@needs(Permission.SEE_BANKS)
def sample_of(name: str) -> Response:
    """Two questions in a format, to start a file from."""
    writer = find_writer(name)
    if writer not in samples.sample_writers() or writer is None:
        raise NotFound("format")
    return _attached(writer.write(samples.QUESTIONS), f"mau-cau-hoi.{writer.extension}", writer.media_type)


@bp.get("/<slug>/export.<extension>")
@limited(Deed.EXPORT, always)
@needs(Permission.SEE_BANKS)
def export(slug: str, extension: str) -> Response:
    """The bank's questions as a file, with their keys."""
    bank_, writer = bank_or_404(slug), find_writer(extension)
    if writer is None:
        raise NotFound("format")
    questions = queries.list_exported(bank_.id, pictures="images" in writer.carries)
    return _attached(writer.write(questions), f"{slug}.{writer.extension}", writer.media_type)


def bank_or_404(slug: str) -> Bank:
    """The bank. Raises NotFound."""
    return queries.get_bank(slug)


def asked_filter() -> dict[str, Any]:
    """The parts of the address that narrow a list, for links to one question and back."""
    return {name: request.args[name] for name in _FILTER if request.args.get(name)}


def asked_search() -> browsing.Search:
    """The search that the address asks for; an unknown state is none."""
    states = {state.value: state for state in QuestionState}
    return browsing.Search(
        text=request.args.get("q", "").strip()[:80],
        topic=request.args.get("topic", "")[:300],
        level=request.args.get("level", "")[:40],
        tag=request.args.get("tag", "")[:100],
        state=states.get(request.args.get("state", "")),
        lacks_source=request.args.get("source") == "none",
        has_twins=request.args.get("near") == "y",
    )


def _banks_page(form: BankForm) -> str:
    return render_template(
        "bank/banks.html",
        banks=browsing.list_banks(),
        form=form,
        may_manage=current_user.can(Permission.MANAGE_BANKS),
        may_review=current_user.can(Permission.REVIEW_QUESTIONS),
    )


def _attached(data: bytes, name: str, media_type: str) -> Response:
    response = Response(data, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
