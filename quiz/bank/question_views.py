"""/manage/banks/<slug>/questions: one question and its form, a new one, and checks while it is typed."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from question_bank.pictures import PictureRefused
from question_bank.problems import problem
from question_bank.values import Image, Kind, Question
from quiz.accounts.permissions import Permission
from quiz.bank import browsing, editing, queries, service
from quiz.bank.admin import asked_filter, asked_search, bank_or_404, bp
from quiz.bank.checks import faults
from quiz.bank.errors import QuestionInvalid
from quiz.bank.labels import KINDS, NOTES, STATES
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.picture_uploads import keep_picture
from quiz.bank.question_forms import NoteForm, QuestionForm, fill, show_picture
from quiz.bank.question_pages import QuestionPage, check_lines, editor, question_page
from quiz.bank.review_forms import number_of
from quiz.bank.values import PictureRef
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.documents.queries import find_passage
from quiz.web.files import given_name
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message
from quiz.web.reader_words import mending, wrong
from quiz.web.uploads import takes_files

_NEW = Question("", "", Kind.SINGLE, "", (), (), "hand")
_SAVES = {"save": False, "submit": True, "next": True}


@bp.get("/<slug>/questions/<int:number>")
@needs(Permission.SEE_BANKS)
def question(slug: str, number: int) -> str:
    """One question as it is, and a form where the person may change it."""
    page = question_or_404(slug, number)
    return _page(page, _filled(page.value, page.view.pictures, page.revision.id))


@bp.post("/<slug>/questions/<int:number>")
@needs(Permission.EDIT_BANKS)
@takes_files
def revise(slug: str, number: int) -> Response | str | tuple[str, int]:
    """Save another wording as a new revision; or what a button of the form does without saving."""
    page, form = question_or_404(slug, number), QuestionForm()
    wording, problems, status = _understood(page.bank, form, page.value)
    if problems or status != 200 or request.form.get("do") not in _SAVES:
        return _page(page, form, wording, problems), status
    submit = _SAVES[request.form["do"]]
    try:
        made = service.revise(
            page.question.id,
            wording,
            seen_revision=form.seen,
            submit=submit,
            actor=staff_actor(),
            now=clock.now(),
        )
    except DomainError as error:
        return _page(page, form, wording, [domain_message(error)]), error.status
    _tell_revised(page, made, submit)
    return redirect(url_for(".question", slug=slug, number=number, **page.kept), code=303)


@bp.get("/<slug>/questions/new")
@needs(Permission.EDIT_BANKS)
def new_question(slug: str) -> str:
    """A form for a question that is not there yet: empty, about a passage, or a copy of another one."""
    bank = bank_or_404(slug)
    value = _NEW
    pictures: tuple[PictureRef, ...] = ()
    if copied := number_of(request.args.get("copy")):
        row, revision = browsing.get_question(bank.id, copied)
        value, pictures = queries.as_question(row, revision), queries.view(revision).pictures
    value = replace(
        value,
        topic=request.args.get("topic", "")[:300] or value.topic,
        level=request.args.get("level", "")[:40] or value.level,
    )
    form = _filled(value, pictures, 0)
    if passage := request.args.get("passage", ""):
        _cite(form, passage)
    return _new_page(bank, form, form.wording(value))


@bp.post("/<slug>/questions/new")
@needs(Permission.EDIT_BANKS)
@takes_files
def add(slug: str) -> Response | str | tuple[str, int]:
    """Add a question that was written by hand; or what a button of the form does without saving."""
    bank, form = bank_or_404(slug), QuestionForm()
    before = _NEW
    if copied := number_of(request.args.get("copy")):
        before = queries.as_question(*browsing.get_question(bank.id, copied))
    wording, problems, status = _understood(bank, form, before)
    do = request.form.get("do", "")
    if problems or status != 200 or do not in _SAVES:
        return _new_page(bank, form, wording, problems), status
    try:
        made = service.add_question(bank.id, wording, submit=_SAVES[do], actor=staff_actor(), now=clock.now())
    except DomainError as error:
        return _new_page(bank, form, wording, [domain_message(error)]), error.status
    told = _("Đã thêm câu %(n)s và gửi duyệt.") if _SAVES[do] else _("Đã thêm câu %(n)s, còn là bản nháp.")
    flash(told % {"n": made.number}, "success")
    if do == "next":
        same = url_for(".new_question", slug=slug, topic=wording.topic, level=wording.level)
        return redirect(same, code=303)
    return redirect(url_for(".question", slug=slug, number=made.number), code=303)


@bp.post("/<slug>/questions/checks")
@needs(Permission.EDIT_BANKS)
@takes_files
def checks(slug: str) -> str:
    """The card of checks for what stands in the form now; nothing is saved."""
    bank, form = bank_or_404(slug), QuestionForm()
    kinds = [kind.value for kind in Kind]
    form.kind.data = form.kind.data if form.kind.data in kinds else Kind.SINGLE.value
    number = number_of(request.args.get("number")) or None
    return render_template(
        "bank/_checks.html", checks=check_lines(bank, form.wording(_NEW), number), is_alone=True
    )


def question_or_404(slug: str, number: int) -> QuestionPage:
    """The question of this bank with what its pages show. Raises NotFound."""
    bank = bank_or_404(slug)
    row, revision = browsing.get_question(bank.id, number)
    return page_of(bank, row, revision)


def page_of(bank: Bank, row: BankQuestion, revision: QuestionRevision) -> QuestionPage:
    """What the pages of a question show, with the filter that the address names."""
    return question_page(bank, row, revision, asked_search(), asked_filter())


def _understood(bank: Bank, form: QuestionForm, before: Question) -> tuple[Question, list[str], int]:
    """What was typed after the button's deed, what keeps it from being saved, and the reply's status."""
    do = request.form.get("do", "")
    is_valid = form.validate()
    if form.seen_newer.data:
        form.seen_revision.data = str(form.seen)
    problems = _take_picture(bank, form)
    if form.kind.data not in [kind.value for kind in Kind]:
        form.kind.data = Kind.SINGLE.value
    _deed(form, do)
    wording = form.wording(before)
    if do in _SAVES:
        problems += [domain_message(QuestionInvalid(fault.value)) for fault in faults(wording)]
        return wording, problems, 200 if is_valid and not problems else 422
    for field in () if problems else form:
        if field.name not in ("pictures", "choices"):
            field.errors = ()
    return wording, problems, 422 if problems else 200


def _deed(form: QuestionForm, do: str) -> None:
    """What a button does to the form, for browsers without a script: rows, a passage."""
    name, _colon, value = do.partition(":")
    rows, place = form.rows, number_of(value)
    if name == "add":
        rows = editing.add_row(rows)
    elif name == "remove":
        rows = editing.remove_row(rows, place)
    elif name in ("up", "down"):
        rows = editing.move_row(rows, place, -1 if name == "up" else 1)
    elif name == "cite":
        _cite(form, value)
    elif name == "uncite":
        form.passage.data = ""
    if name in ("add", "remove", "up", "down"):
        form.show_rows(rows)


def _cite(form: QuestionForm, address: str) -> None:
    """Cite a passage; what was not typed yet is filled in from its document."""
    passage = find_passage(address)
    if passage is None:
        return
    form.passage.data, form.passage_words.data = passage.address, ""
    form.source.data = form.source.data or passage.document_title
    form.where.data = form.where.data or " › ".join(passage.headings)[:300]


def _take_picture(bank: Bank, form: QuestionForm) -> list[str]:
    """Keep a picture that was sent along and show it in the form; why not, where it cannot be."""
    file = form.picture.data
    if not isinstance(file, FileStorage) or not file.filename:
        return []
    name, alt = given_name(file), form.picture_alt.data or ""
    if not alt:
        form.picture_alt.errors = [_("chưa mô tả hình. Người không xem được hình cần nghe mô tả này.")]
        return [_("Hình “%(name)s” chưa có mô tả bằng lời nên chưa được thêm. Chọn lại tệp.", name=name)]
    try:
        ref = keep_picture(bank.id, Image(name, "", file.read(), alt), now=clock.now())
    except PictureRefused as refused:
        found = problem(refused.code, "", "", **{"name": name} | refused.values)
        return [f"{wrong(found)} {mending(found)}"]
    slot = number_of(form.picture_slot.data) if form.picture_slot.data else None
    kept = Image(name, "", b"", alt, slot, ref.digest)
    if len(form.pictures) < (form.pictures.max_entries or 0):
        show_picture(form, kept, ref.extension)
    form.picture_alt.data = ""
    return []


def _filled(value: Question, pictures: tuple[PictureRef, ...], revision_id: int) -> QuestionForm:
    form = QuestionForm(formdata=None)
    fill(form, value, revision_id, {one.digest: one.extension for one in pictures})
    return form


def _tell_revised(page: QuestionPage, made: QuestionRevision, submit: bool) -> None:
    if made.id == page.revision.id:
        flash(_("Không có gì thay đổi."), "info")
    elif submit:
        flash(_("Đã lưu bản %(n)s và gửi duyệt. Bài đã phát vẫn theo bản cũ.", n=made.number), "success")
    else:
        flash(_("Đã lưu bản %(n)s làm bản nháp. Bài đã phát vẫn theo bản cũ.", n=made.number), "success")


def _page(
    page: QuestionPage, form: QuestionForm, wording: Question | None = None, problems: list[str] | None = None
) -> str:
    return render_template(
        "bank/question.html",
        page=page,
        form=form,
        editor=editor(page.bank, form, wording or page.value, page.number),
        note_form=NoteForm(formdata=None),
        problems=problems or [],
        may_edit=current_user.can(Permission.EDIT_BANKS),
        states=STATES,
        kinds=KINDS,
        notes=NOTES,
    )


def _new_page(bank: Bank, form: QuestionForm, wording: Question, problems: list[str] | None = None) -> str:
    return render_template(
        "bank/new_question.html",
        bank=bank,
        form=form,
        editor=editor(bank, form, wording, None),
        problems=problems or [],
        copied=number_of(request.args.get("copy")) or None,
    )
