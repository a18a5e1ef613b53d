"""Forms of a whole contest: its definition as a file, and its settings field by field."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from quiz.contests.definition import (
    ContestDefinition,
    Decision,
    Study,
)
from quiz.organiser.labels import STUDY_NAMES
from quiz.web.forms import BaseForm, choices

MAX_LINE, MAX_PROSE = 300, 20_000
_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")


class DefinitionForm(BaseForm):
    """A definition as a file or as pasted text."""

    file = FileField(_l("Tệp định nghĩa (.toml)"))
    text = TextAreaField(_l("Hoặc dán nội dung tệp"))


class ContestForm(BaseForm):
    """What the contest is called, who holds it, who may enter."""

    title = StringField(
        _l("Tên cuộc thi"),
        [InputRequired(_l("chưa nhập tên cuộc thi.")), Length(max=MAX_LINE, message=_TOO_LONG)],
    )
    short_title = StringField(_l("Tên ngắn"), [Length(max=MAX_LINE, message=_TOO_LONG)])
    organiser = StringField(_l("Cơ quan tổ chức"), [Length(max=MAX_LINE, message=_TOO_LONG)])
    decision_number = StringField(_l("Số văn bản"), [Length(max=MAX_LINE, message=_TOO_LONG)])
    decision_date = DateField(
        _l("Ngày văn bản"), [Optional()], format=["%d/%m/%Y", "%Y-%m-%d"], widget=TextInput()
    )
    hotline = StringField(_l("Số điện thoại hỗ trợ"), [Length(max=MAX_LINE, message=_TOO_LONG)])
    hotline_hours = StringField(_l("Giờ trực hỗ trợ"), [Length(max=MAX_LINE, message=_TOO_LONG)])
    audience = StringField(_l("Ai được dự thi"), [Length(max=MAX_LINE, message=_TOO_LONG)])
    barred = StringField(_l("Không được dự thi"), [Length(max=MAX_LINE, message=_TOO_LONG)])
    about = TextAreaField(_l("Giới thiệu"), [Length(max=MAX_PROSE, message=_TOO_LONG)])
    complaints_days = IntegerField(
        _l("Nhận khiếu nại mấy ngày sau khi công bố"),
        [InputRequired(_l("cần một số ngày.")), NumberRange(0, 60, _l("số ngày từ %(min)s đến %(max)s."))],
    )
    further_rules = TextAreaField(
        _l("Quy định khác trong thể lệ"), [Length(max=MAX_PROSE, message=_TOO_LONG)]
    )
    documents = SelectMultipleField(
        _l("Văn bản"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    study = SelectField(_l("Khi nào được đọc"), choices=choices(STUDY_NAMES), default=Study.ALWAYS.value)

    def validate(self, extra_validators: Any = None) -> bool:
        """A decision has a number and a date, or there is none; documents are some of those there are."""
        is_valid = super().validate(extra_validators)
        known = {slug for slug, _title in self.documents.choices or ()}
        if set(self.documents.data or ()) - known:
            self.documents.errors = [_("có văn bản không còn. Tải lại trang rồi chọn lại.")]
        number, date = self.decision_number, self.decision_date
        if number.data and not date.data and not date.errors:
            date.errors = [_("có số văn bản thì cần cả ngày văn bản.")]
        elif date.data and not number.data:
            number.errors = [_("có ngày văn bản thì cần cả số văn bản.")]
        return is_valid and not (number.errors or date.errors or self.documents.errors)


SETTINGS = (
    "title",
    "short_title",
    "organiser",
    "hotline",
    "hotline_hours",
    "audience",
    "barred",
    "about",
    "further_rules",
)


def contest_values(definition: ContestDefinition) -> dict[str, object]:
    """What the form shows at first."""
    settings = definition.settings
    return {
        **{name: getattr(settings, name) for name in SETTINGS},
        "complaints_days": settings.complaints_days,
        "documents": list(settings.documents),
        "study": settings.study.value,
        "decision_number": settings.decision.number if settings.decision else "",
        "decision_date": settings.decision.date if settings.decision else None,
    }


def with_contest_values(definition: ContestDefinition, form: ContestForm) -> ContestDefinition:
    """The definition with what was typed; everything that the form does not show stays."""
    number = form.decision_number.data
    texts: dict[str, Any] = {
        name: (getattr(form, name).data or "").replace("\r\n", "\n") for name in SETTINGS
    }
    settings = replace(
        definition.settings,
        **texts,
        complaints_days=form.complaints_days.data,
        documents=_in_order(definition.settings.documents, form.documents.data or []),
        study=Study(form.study.data),
        decision=Decision(number, form.decision_date.data) if number else None,
    )
    return replace(definition, settings=settings)


def _in_order(old: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """The documents chosen: those that were there keep their order, others come behind."""
    return (*(slug for slug in old if slug in chosen), *(slug for slug in chosen if slug not in old))
