"""The form of a round: everything but its matrix and its ranking, which are lists of their own."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from quiz.contests import labels
from quiz.contests.definition import PublishTime
from quiz.organiser.prize_lines import check_prize_lines
from quiz.organiser.round_access import AccessFields
from quiz.organiser.round_categories import CategoryFields
from quiz.scoring.prediction import MAX_DECIMALS
from quiz.web.forms import BaseForm, choices

MAX_MINUTES, MAX_COUNT, MAX_SPREAD, MAX_FREEZE = 600, 1000, 3600, 24 * 60
# Typed as they are written in Viet Nam; a browser's own picker follows the language of the machine instead.
DAY, TIME = ["%d/%m/%Y", "%Y-%m-%d"], ["%H:%M", "%H:%M:%S"]
_SCORE_TIMES = (PublishTime.AT_ONCE, PublishTime.AFTER_CLOSE, PublishTime.AFTER_PUBLICATION)
_KEY_TIMES = (PublishTime.AFTER_PUBLICATION, PublishTime.AFTER_CLOSE, PublishTime.NEVER)
_NO_DAY = _l("chưa có ngày, hoặc ngày không có trong lịch.")
_NO_TIME = _l("chưa có giờ; ví dụ 08:00.")


class RoundForm(AccessFields, CategoryFields, BaseForm):
    """A round's times, attempts, prediction, prizes, publication, hours, categories and who may start."""

    name = StringField(
        _l("Tên vòng"),
        [InputRequired(_l("chưa nhập tên vòng.")), Length(max=300, message=_l("dài quá 300 ký tự."))],
    )
    opens_day = DateField(_l("Ngày mở"), [InputRequired(_NO_DAY)], format=DAY, widget=TextInput())
    opens_time = TimeField(_l("Giờ mở"), [InputRequired(_NO_TIME)], format=TIME, widget=TextInput())
    closes_day = DateField(_l("Ngày đóng"), [InputRequired(_NO_DAY)], format=DAY, widget=TextInput())
    closes_time = TimeField(_l("Giờ đóng"), [InputRequired(_NO_TIME)], format=TIME, widget=TextInput())
    minutes = IntegerField(
        _l("Thời gian làm bài (phút)"),
        [Optional(), NumberRange(0, MAX_MINUTES, _l("số phút từ 1 đến 600, hoặc để trống."))],
    )
    spread = IntegerField(
        _l("Vào rải ra trong (giây)"),
        [Optional(), NumberRange(0, MAX_SPREAD, _l("số giây từ 0 đến 3600, hoặc để trống."))],
    )
    finish = SelectField(_l("Bài đang làm lúc đóng vòng"), choices=choices(labels.FINISHES))
    limit = IntegerField(
        _l("Số lượt tối đa"),
        [Optional(), NumberRange(0, MAX_COUNT, _l("số lượt từ 1 đến 1000, hoặc để trống."))],
    )
    per = SelectField(_l("Tính lượt theo"), choices=choices(labels.SPANS))
    counts = SelectField(_l("Lượt được tính"), choices=choices(labels.COUNTS))
    practice = BooleanField(_l("Vòng thi thử: không tính vào kết quả, xếp hạng và số lượt vòng khác"))
    must_answer_all = BooleanField(_l("Phải trả lời hết các câu mới nộp được"))
    bank = SelectField(_l("Ngân hàng câu hỏi"))
    fixed = StringField(_l("Bộ câu cố định"), [Length(max=2000, message=_l("dài quá 2000 ký tự."))])
    exposure_cap = IntegerField(
        _l("Một người thấy nhiều nhất (% ngân hàng)"),
        [Optional(), NumberRange(1, 100, _l("số phần trăm từ 1 đến 100, hoặc để trống."))],
    )
    shuffle_questions = BooleanField(_l("Đảo thứ tự câu hỏi"))
    shuffle_choices = BooleanField(_l("Đảo thứ tự phương án"))
    target = SelectField(
        _l("Dự đoán con số nào"),
        choices=[SelectChoice("", _l("Không có câu dự đoán")), *choices(labels.TARGETS)],
    )
    decimals = IntegerField(
        _l("Số chữ số thập phân"),
        [Optional(), NumberRange(0, MAX_DECIMALS, _l("từ 0 đến 5 chữ số."))],
    )
    stated = SelectField(_l("Số dự đoán được tính"), choices=choices(labels.STATED))
    prizes = TextAreaField(
        _l("Các giải, mỗi dòng một giải"),
        [Length(max=5000, message=_l("dài quá 5000 ký tự.")), check_prize_lines],
    )
    exclusive = SelectField(_l("Người đã có giải ở vòng trước"), choices=choices(labels.EXCLUSIVES))
    winners_all_correct = BooleanField(_l("Chỉ người đúng hết các câu mới có giải"))
    cap_percent = IntegerField(
        _l("Nhiều nhất bao nhiêu phần trăm người dự thi có giải"),
        [Optional(), NumberRange(1, 100, _l("từ 1 đến 100, hoặc để trống."))],
    )
    score = SelectField(_l("Người thi xem điểm"), choices=choices(labels.PUBLISH_TIMES, _SCORE_TIMES))
    key = SelectField(_l("Người thi xem đáp án"), choices=choices(labels.PUBLISH_TIMES, _KEY_TIMES))
    board = SelectField(_l("Bảng xếp hạng hiện"), choices=choices(labels.BOARD_TIMES))
    freeze_minutes = IntegerField(
        _l("Bảng đứng yên bao nhiêu phút trước khi vòng đóng"),
        [Optional(), NumberRange(0, MAX_FREEZE, _l("từ %(min)s đến %(max)s phút."))],
    )


class RemoveForm(BaseForm):
    """Removing a draft asks for a tick."""

    sure = BooleanField(_l("Bỏ hẳn vòng nháp này"))


def moment(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """A day and a time of day on the contest's clocks, in UTC."""
    return datetime.combine(day, clock_time, zone).astimezone(UTC)
