"""/manage/banks/<slug>/questions/<number>/translations/<language>: a question in other languages."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import FieldList, HiddenField, TextAreaField
from wtforms.validators import Length

from question_bank.limits import MAX_TEXT
from question_bank.values import MAX_CHOICES, Question, Translation
from quiz.accounts.permissions import Permission
from quiz.bank import browsing, queries, service
from quiz.bank.admin import bp
from quiz.bank.labels import STATES
from quiz.bank.languages import OFFERED, language_name
from quiz.bank.question_forms import one_newline
from quiz.bank.question_pages import QuestionPage
from quiz.bank.question_views import question_or_404
from quiz.bank.review_forms import number_of
from quiz.bank.translating import find_translation, is_whole, states_of, with_translation
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.web.forms import BaseForm, tidy
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.uploads import takes_files

_LINES = [one_newline, tidy]
_LONG = [Length(max=MAX_TEXT, message=_l("dài quá %(max)d ký tự."))]


class TranslationForm(BaseForm):
    """A question in one other language: as many choices as it has, in its order."""

    text = TextAreaField(_l("Nội dung câu hỏi"), _LONG, filters=_LINES)
    choices = FieldList(TextAreaField(validators=_LONG, filters=_LINES), max_entries=MAX_CHOICES)
    explanation = TextAreaField(_l("Giải thích"), _LONG, filters=_LINES)
    seen_revision = HiddenField()


@bp.get("/<slug>/questions/<int:number>/translations/<language>")
@needs(Permission.SEE_BANKS)
def translation(slug: str, number: int, language: str) -> str:
    """The question beside its translation."""
    page = question_or_404(slug, number)
    _known(page.value, language)
    form = TranslationForm(formdata=None)
    found = find_translation(page.value, language) or Translation(language, "", ())
    form.text.data, form.explanation.data = found.text, found.explanation or ""
    for place in range(len(page.value.choices)):
        form.choices.append_entry(found.choices[place] if place < len(found.choices) else "")
    form.seen_revision.data = str(page.revision.id)
    return _page(page, language, form)


@bp.post("/<slug>/questions/<int:number>/translations/<language>")
@needs(Permission.EDIT_BANKS)
@takes_files
def translate(slug: str, number: int, language: str) -> Response | tuple[str, int]:
    """Save a translation with a new revision; with all fields empty it is taken out."""
    page = question_or_404(slug, number)
    _known(page.value, language)
    form = TranslationForm()
    choices = [field.data or "" for field in form.choices]
    given = Translation(language, form.text.data or "", tuple(choices), form.explanation.data or None)
    wording = with_translation(replace(page.value, key_from="hand"), given)
    is_there = find_translation(wording, language) is not None
    if not form.validate():
        return _page(page, language, form), 422
    if is_there and not is_whole(given, page.value):
        problem = _("Bản dịch cần có nội dung và đủ %(n)s phương án.", n=len(page.value.choices))
        return _page(page, language, form, [problem]), 422
    try:
        made = service.revise(
            page.question.id,
            wording,
            seen_revision=number_of(form.seen_revision.data),
            submit=request.form.get("do") != "save",
            actor=staff_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        return _page(page, language, form, [domain_message(error)]), error.status
    if made.id == page.revision.id:
        flash(_("Không có gì thay đổi."), "info")
    else:
        flash(_("Đã lưu bản dịch trong bản %(n)s.", n=made.number), "success")
    return redirect(request.url, code=303)


def _known(value: Question, language: str) -> None:
    """Raises NotFound for a language that is neither offered nor there already."""
    if language not in OFFERED and find_translation(value, language) is None:
        raise NotFound("language")


def _page(page: QuestionPage, language: str, form: TranslationForm, problems: list[str] | None = None) -> str:
    revisions = browsing.list_revisions(page.question.id)
    wordings = [(one.number, queries.as_question(page.question, one)) for one in revisions]
    there = {one.language: one for one in states_of(wordings)}
    names = {tag: language_name(tag) for tag in (*OFFERED, *there)}
    return render_template(
        "bank/translation.html",
        page=page,
        form=form,
        language=language,
        names=names,
        there=there,
        addresses={
            tag: url_for(".translation", slug=page.bank.slug, number=page.number, language=tag)
            for tag in names
        },
        problems=problems or [],
        may_edit=current_user.can(Permission.EDIT_BANKS),
        states=STATES,
    )
