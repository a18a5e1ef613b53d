"""Forms in which organisers decide about entries."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from quiz.vetting.appealing import MOST_LETTERS
from quiz.vetting.labels import CATEGORIES
from quiz.vetting.ruling import Category
from quiz.web.forms import BaseForm, choices

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")
_REASON = [InputRequired(_l("cần ghi lý do.")), Length(max=500, message=_TOO_LONG)]
_WORDS = [InputRequired(_l("chưa viết gì.")), Length(max=MOST_LETTERS, message=_TOO_LONG)]


class Verdict(StrEnum):
    """What an organiser concludes of a pair."""

    DIFFERENT = "different"
    MERGE = "merge"
    DISQUALIFY = "disqualify"


class Which(StrEnum):
    """One of the two, or both."""

    FIRST = "1"
    SECOND = "2"
    BOTH = "both"


VERDICTS = {
    Verdict.DIFFERENT: _l("Hai người khác nhau"),
    Verdict.MERGE: _l("Một người, gộp lại"),
    Verdict.DISQUALIFY: _l("Loại khỏi xét giải"),
}
_KEPT = {Which.FIRST: _l("Người dự thi 1"), Which.SECOND: _l("Người dự thi 2")}
_OUT = {**_KEPT, Which.BOTH: _l("Cả hai")}


# What is settled with a number is said on the page of shared numbers.
_GIVEN = tuple(one for one in Category if one is not Category.SHARED_NUMBER)


class VerdictForm(BaseForm):
    """What is concluded of a pair, and why."""

    verdict = RadioField(
        _l("Kết luận"), [InputRequired(_l("chưa chọn kết luận."))], choices=choices(VERDICTS)
    )
    kept = SelectField(_l("Giữ đăng ký nào"), choices=choices(_KEPT), default=Which.FIRST.value)
    out = SelectField(_l("Loại đăng ký nào"), choices=choices(_OUT), default=Which.SECOND.value)
    category = SelectField(_l("Báo cho người dự thi là"), choices=choices(CATEGORIES, _GIVEN))
    reason = TextAreaField(_l("Lý do"), _REASON)


class DisqualifyForm(BaseForm):
    """Why one entry is set aside."""

    category = SelectField(_l("Báo cho người dự thi là"), choices=choices(CATEGORIES, _GIVEN))
    reason = TextAreaField(_l("Lý do"), _REASON)


class UndoForm(BaseForm):
    """Why a ruling is taken back."""

    reason = TextAreaField(_l("Lý do"), _REASON)


class AnswerForm(BaseForm):
    """The answer to an appeal."""

    words = TextAreaField(_l("Trả lời"), _WORDS)


class AppealForm(BaseForm):
    """What an entrant says against a ruling."""

    words = TextAreaField(_l("Vì sao quyết định chưa đúng"), _WORDS)
