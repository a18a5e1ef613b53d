"""Forms for what organisers do for people in the middle of an attempt."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from quiz.attempts.deadlines import MOST_MINUTES
from quiz.attempts.helping import MOST_PERCENT, MOST_WORDS
from quiz.web.forms import BaseForm

REASON = [
    InputRequired(_l("cần ghi lý do.")),
    Length(max=500, message=_l("dài quá; nhiều nhất %(max)d ký tự.")),
]
_MINUTES = [
    InputRequired(_l("cần số phút.")),
    NumberRange(1, MOST_MINUTES, _l("số phút từ %(min)s đến %(max)s.")),
]


class TimeForm(BaseForm):
    """More time for everybody who is working now, or for one unit."""

    unit = SelectField(_l("Cho ai"), choices=[])
    minutes = IntegerField(_l("Thêm mấy phút"), _MINUTES)
    reason = StringField(_l("Lý do"), REASON)


class PersonTimeForm(BaseForm):
    """More time for one person's running attempt."""

    minutes = IntegerField(_l("Thêm mấy phút"), _MINUTES)
    reason = StringField(_l("Lý do"), REASON)


class WordsForm(BaseForm):
    """An announcement."""

    words = TextAreaField(
        _l("Nội dung"),
        [
            InputRequired(_l("chưa có nội dung.")),
            Length(max=MOST_WORDS, message=_l("dài quá; nhiều nhất %(max)d ký tự.")),
        ],
    )


class GiveBackForm(BaseForm):
    """Why an attempt is given back."""

    reason = StringField(_l("Lý do"), REASON)


class NeedForm(BaseForm):
    """What a person needs in every round."""

    extra_percent = IntegerField(
        _l("Thêm thời gian, phần trăm"),
        [
            InputRequired(_l("cần một số, 0 nếu không thêm.")),
            NumberRange(0, MOST_PERCENT, _l("từ %(min)s đến %(max)s phần trăm.")),
        ],
        default=0,
    )
    hides_clock = BooleanField(_l("Không hiện đồng hồ đếm ngược"))
    reason = StringField(_l("Lý do"), REASON)
