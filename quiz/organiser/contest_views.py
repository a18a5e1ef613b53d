"""/manage/contests/new and /manage/c/<slug>/edit: contests from definitions, and their settings."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.contests.definition import (
    ContestDefinition,
    DefinitionProblem,
    DefinitionRefused,
    check_definition,
    parse_definition,
)
from quiz.contests.service import apply_definition, definition_of
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.documents.queries import list_documents
from quiz.organiser.contest_forms import ContestForm, DefinitionForm, contest_values, with_contest_values
from quiz.organiser.labels import problem_part, problem_words, refusal_words
from quiz.organiser.views import bp, contest_or_404, may
from quiz.web import uploads
from quiz.web.forms import BaseForm
from quiz.web.guards import needs, staff_actor

_OUTCOMES = {
    "created": lambda: _("Đã lập cuộc thi. Các vòng đang là bản nháp, chưa ai thấy."),
    "changed": lambda: _("Đã cập nhật cuộc thi theo tệp."),
    "unchanged": lambda: _("Tệp giống hệt cuộc thi hiện có; không có gì thay đổi."),
}


@bp.get("/contests/new")
@needs(Permission.EDIT_CONTESTS)
def new_contest() -> str:
    """The form for a definition."""
    return _new_page(DefinitionForm(formdata=None))


@bp.post("/contests/new")
@needs(Permission.EDIT_CONTESTS)
@uploads.takes_files
def create_contest() -> Response | tuple[str, int]:
    """Create or update a contest from a definition; with any problem nothing is saved."""
    form = DefinitionForm()
    text = _given_text(form)
    if form.errors or not text:
        return _new_page(form), 422
    try:
        definition = parse_definition(text)
    except DefinitionRefused as refused:
        return _new_page(form, problems=refused.problems), 422
    try:
        applied = apply_definition(definition, actor=staff_actor(), now=clock.now())
    except DomainError as error:
        return _new_page(form, refusal=refusal_words(error)), 409
    flash(_OUTCOMES[applied.outcome](), "info" if applied.outcome == "unchanged" else "success")
    return redirect(url_for(".contest", slug=definition.slug), code=303)


def _given_text(form: DefinitionForm) -> str:
    """The file's text, or what was pasted; without either, or in a wrong encoding, the form has an error."""
    form.validate()
    file = form.file.data
    if not isinstance(file, FileStorage) or not file.filename:
        if not form.text.data:
            form.file.errors = [_("chưa chọn tệp, cũng chưa dán nội dung.")]
        return str(form.text.data or "")
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        form.file.errors = [_("tệp không phải văn bản UTF-8. Lưu lại tệp ở bảng mã UTF-8.")]
        return ""
    if not text.strip() or "\0" in text:
        form.file.errors = [_("tệp trống hoặc không phải văn bản. Chọn tệp .toml.")]
        return ""
    return text


def _new_page(
    form: DefinitionForm, *, problems: tuple[DefinitionProblem, ...] = (), refusal: tuple[str, ...] = ()
) -> str:
    return render_template("organiser/new_contest.html", form=form, problems=problems, refusal=refusal)


@bp.get("/c/<slug>/edit")
@needs(Permission.EDIT_CONTESTS)
def edit_contest(slug: str) -> str:
    """The contest's settings as a form."""
    definition = definition_of(contest_or_404(slug))
    form = ContestForm(formdata=None, data=contest_values(definition))
    return _edit_page(definition, _with_documents(form))


@bp.post("/c/<slug>/edit")
@needs(Permission.EDIT_CONTESTS)
def save_contest(slug: str) -> Response | tuple[str, int]:
    """Save the settings by the rules that definitions from files obey."""
    definition, form = definition_of(contest_or_404(slug)), _with_documents(ContestForm())
    if not form.validate():
        return _edit_page(definition, form), 422
    wanted = with_contest_values(definition, form)
    if problems := check_definition(wanted):
        return _edit_page(definition, form, placed(form, problems)), 422
    try:
        applied = apply_definition(wanted, actor=staff_actor(), now=clock.now())
    except DomainError as error:
        return _edit_page(definition, form, refusal_words(error)), 409
    flash(
        _("Đã lưu.") if applied.changes else _("Không có gì thay đổi."),
        "success" if applied.changes else "info",
    )
    return redirect(url_for(".contest", slug=slug), code=303)


def _with_documents(form: ContestForm) -> ContestForm:
    """The form with the documents that there are to choose from."""
    form.documents.choices = [(row.document.slug, row.document.title) for row in list_documents()]
    return form


def placed(form: BaseForm, problems: tuple[DefinitionProblem, ...]) -> tuple[str, ...]:
    """Give each problem to its field; what belongs to none is returned."""
    rest = []
    for problem in problems:
        name, words = problem_part(problem), problem_words(problem)
        if name in form and not form[name].errors:
            form[name].errors = [words]
        else:
            rest.append(words)
    return tuple(rest)


def _edit_page(definition: ContestDefinition, form: ContestForm, extra: tuple[str, ...] = ()) -> str:
    return render_template(
        "organiser/edit_contest.html",
        definition=definition,
        form=form,
        extra=extra,
        may_waive=may(Permission.WAIVE_SECOND_PERSON),
    )
