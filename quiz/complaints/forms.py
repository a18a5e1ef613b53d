"""Forms for writing a complaint and for answering it."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from quiz.complaints.labels import VERDICTS
from quiz.complaints.service import MOST_LETTERS
from quiz.web.forms import BaseForm, choices

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")
_WORDS = [DataRequired(_l("chưa viết gì.")), Length(max=MOST_LETTERS, message=_TOO_LONG)]


class ComplaintForm(BaseForm):
    """What an entrant says, and about which round."""

    round = SelectField(_l("Vòng thi"), choices=[])
    words = TextAreaField(_l("Nội dung khiếu nại"), _WORDS)


class AnswerForm(BaseForm):
    """What the organisers find, in writing."""

    verdict = RadioField(
        _l("Kết luận"), [InputRequired(_l("chưa chọn kết luận."))], choices=choices(VERDICTS)
    )
    words = TextAreaField(_l("Trả lời"), _WORDS)
