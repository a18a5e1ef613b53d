"""The form of a notice."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import TextInput

from quiz.contests.models import Notice
from quiz.contests.notice_service import NoticeText
from quiz.contests.notices import MOST_WORDS, Level
from quiz.web.forms import BaseForm, choices

LEVELS = {Level.INFO: _l("Thông tin"), Level.WARNING: _l("Lưu ý")}
_DAY, _TIME = "%d/%m/%Y", "%H:%M"


class NoticeForm(BaseForm):
    """Words, weight, from when and until when; without a time of day a day counts from its beginning."""

    words = TextAreaField(
        _l("Nội dung"),
        [
            InputRequired(_l("chưa có nội dung.")),
            Length(max=MOST_WORDS, message=_l("dài quá; nhiều nhất %(max)d ký tự.")),
        ],
    )
    level = SelectField(_l("Mức"), choices=choices(LEVELS))
    from_day = DateField(_l("Hiện từ ngày"), [Optional()], format=_DAY, widget=TextInput())
    from_time = TimeField(_l("Từ giờ"), [Optional()], format=_TIME, widget=TextInput())
    until_day = DateField(_l("Đến ngày"), [Optional()], format=_DAY, widget=TextInput())
    until_time = TimeField(_l("Đến giờ"), [Optional()], format=_TIME, widget=TextInput())

    def text(self, zone: ZoneInfo, now: datetime) -> NoticeText | None:
        """The notice, or None with an error at the field that is half filled in."""
        for day, time in ((self.from_day, self.from_time), (self.until_day, self.until_time)):
            if time.data is not None and day.data is None:
                day.errors = [_("chưa có ngày cho giờ này.")]
                return None
        return NoticeText(
            self.words.data or "",
            Level(self.level.data),
            _moment(self.from_day.data, self.from_time.data, zone) or now,
            _moment(self.until_day.data, self.until_time.data, zone),
        )


def _moment(day: Any, time: Any, zone: ZoneInfo) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day, time or datetime.min.time(), zone)


def notice_values(notice: Notice, zone: ZoneInfo) -> dict[str, Any]:
    """What the form shows of a notice."""
    start, end = notice.from_at.astimezone(zone), notice.until_at and notice.until_at.astimezone(zone)
    return {
        "words": notice.words,
        "level": notice.level,
        "from_day": start.date(),
        "from_time": start.time(),
        "until_day": end.date() if end else None,
        "until_time": end.time() if end else None,
    }
