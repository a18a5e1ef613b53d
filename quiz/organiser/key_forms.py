"""The form that corrects a key after attempts exist."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from question_bank.values import Kind
from quiz.bank.values import RevisionView
from quiz.scoring.marking import Correction
from quiz.web.forms import BaseForm, choices

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")


class Way(StrEnum):
    """How a key is corrected."""

    ACCEPT = "accept"
    REPLACE = "replace"
    VOID = "void"


WAYS = {
    Way.ACCEPT: _l("Nhận thêm đáp án: phương án đánh dấu dưới đây cũng được tính đúng"),
    Way.REPLACE: _l("Thay đáp án: chỉ phương án đánh dấu dưới đây được tính đúng"),
    Way.VOID: _l("Bỏ câu: ai gặp câu này cũng được tính đúng"),
}


class KeyForm(BaseForm):
    """Which correction, why, and what the public is told."""

    way = RadioField(_l("Cách sửa"), [InputRequired(_l("chưa chọn cách sửa."))], choices=choices(WAYS))
    picked = SelectMultipleField(
        _l("Phương án"), coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    reason = StringField(
        _l("Lý do"), [InputRequired(_l("cần ghi lý do.")), Length(max=500, message=_TOO_LONG)]
    )
    notice = TextAreaField(
        _l("Thông báo cho mọi người"),
        [InputRequired(_l("cần có thông báo.")), Length(max=500, message=_TOO_LONG)],
    )

    def correction(self, view: RevisionView) -> Correction:
        """What the form says. Of a question with one answer each ticked choice is right by itself."""
        way, picked = Way(self.way.data), frozenset(self.picked.data or ())
        if way is Way.VOID:
            return Correction(is_void=True)
        alternatives = (
            (picked,) if view.kind is Kind.MULTIPLE else tuple(frozenset({one}) for one in sorted(picked))
        )
        if way is Way.REPLACE:
            return Correction(alternatives)
        key = frozenset(view.correct)
        return Correction((key, *(one for one in alternatives if one != key)) if picked else ())
