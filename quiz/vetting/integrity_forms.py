"""Forms for setting a case aside, for annulling attempts and for taking that back."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from quiz.vetting.annul_filter import AnnulFilter
from quiz.vetting.objecting import MOST_LETTERS
from quiz.web.filters import ZONE
from quiz.web.forms import BaseForm

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")
_REASON = [DataRequired(_l("cần ghi lý do.")), Length(max=500, message=_TOO_LONG)]


class ReasonForm(BaseForm):
    """Why."""

    reason = StringField(_l("Lý do"), _REASON)


class ObjectionForm(BaseForm):
    """What an entrant says against an annulment, or organisers answer."""

    words = TextAreaField(
        _l("Ý kiến của bạn"),
        [DataRequired(_l("chưa viết gì.")), Length(max=MOST_LETTERS, message=_TOO_LONG)],
    )


class AnnulForm(BaseForm):
    """Which attempts, why, and what their entrants read."""

    people = SelectMultipleField(
        _l("Người trong trường hợp này"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    only_named = BooleanField(_l("Chỉ những bài nêu trong bằng chứng, không phải mọi bài của họ ở vòng này"))
    unit = SelectField(_l("Đơn vị"), choices=[])
    seconds = StringField(
        _l("Làm nhanh hơn, giây mỗi câu"),
        [Optional(), Regexp(r"^\d{1,3}([.,]\d)?$", message=_l("cần một số, ví dụ 2,5."))],
    )
    percent = IntegerField(
        _l("Đúng từ, phần trăm"), [Optional(), NumberRange(0, 100, _l("phần trăm từ %(min)s đến %(max)s."))]
    )
    since = DateTimeLocalField(_l("Nộp từ"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    until = DateTimeLocalField(_l("Nộp đến"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    reason = StringField(_l("Lý do"), _REASON)
    notice = TextAreaField(
        _l("Thông báo cho người dự thi"),
        [DataRequired(_l("cần có thông báo.")), Length(max=500, message=_TOO_LONG)],
    )

    def wanted(self, named: tuple[int, ...]) -> AnnulFilter:
        """The filter; `named` are the attempts that the case names."""
        picked = tuple(self.people.data or ())
        return AnnulFilter(
            people=picked,
            attempts=named if picked and self.only_named.data else (),
            unit=self.unit.data or None,
            seconds=self.seconds.data.replace(",", ".") if self.seconds.data else None,
            percent=self.percent.data,
            since=_moment(self.since.data),
            until=_moment(self.until.data),
        )


def _moment(given: datetime | None) -> datetime | None:
    return given.replace(tzinfo=ZONE) if given else None
