"""Forms of the pages with facts about units."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import TextInput

from quiz.collective.fact_reading import MAX_REASON, parse_points, parse_whole
from quiz.collective.values import CONTEST_LIST, EVERYBODY, UnitFact
from quiz.web.files import FileChosen
from quiz.web.forms import BaseForm

DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]
_NOT_WHOLE = _l("viết số nguyên, ví dụ 641.")
_DAY = _l("chưa có ngày của số liệu.")


class FactsFileForm(BaseForm):
    """A file with facts about units."""

    file = FileField(_l("Tệp số liệu đơn vị"), [FileChosen()])
    as_of = DateField(
        _l("Ngày của tổng số người"), [InputRequired(_DAY)], format=DAY_FORMATS, widget=TextInput()
    )
    target_round = SelectField(_l("Chỉ tiêu cho"), coerce=int)
    merit_list = SelectField(_l("Điểm thành tích vào danh sách"), default=CONTEST_LIST)


class SaveFactsForm(BaseForm):
    """Saving what was shown."""


class UnitFactForm(BaseForm):
    """Facts about one unit."""

    people = StringField(_l("Tổng số người"), [Length(max=20)])
    as_of = DateField(_l("Ngày của tổng số người"), [Optional()], format=DAY_FORMATS, widget=TextInput())
    target_round = SelectField(_l("Chỉ tiêu cho"), coerce=int)
    people_target = StringField(_l("Chỉ tiêu người dự thi"), [Length(max=20)])
    attempts_target = StringField(_l("Chỉ tiêu lượt thi"), [Length(max=20)])
    merit_list = SelectField(_l("Điểm thành tích vào danh sách"), default=CONTEST_LIST)
    merit = StringField(_l("Điểm thành tích"), [Length(max=20)])
    reason = TextAreaField(_l("Lý do ghi điểm thành tích"), [Length(max=MAX_REASON)])

    def fact(self, code: str) -> UnitFact | None:
        """What was typed; None, with errors at the fields, if something of it is wrong."""
        is_valid = self.validate()
        numbers: dict[str, int] = {}
        for field in (self.people, self.people_target, self.attempts_target):
            number = parse_whole(field.data or "")
            if number is not None:
                numbers[field.name] = number
            elif field.data:
                field.errors = [_NOT_WHOLE]
        points = parse_points(self.merit.data) if self.merit.data else None
        if self.merit.data and points is None:
            self.merit.errors = [_l("viết số, ví dụ 8 hoặc 8,5.")]
        elif points is not None and not self.reason.data:
            self.reason.errors = [_l("chưa ghi lý do.")]
        headcounts = {EVERYBODY: numbers[self.people.name]} if self.people.name in numbers else {}
        if headcounts and not self.as_of.data and not self.as_of.errors:
            self.as_of.errors = [_DAY]
        if not is_valid or self.errors:
            return None
        return UnitFact(
            code,
            headcounts,
            numbers.get(self.people_target.name),
            numbers.get(self.attempts_target.name),
            points,
            self.reason.data or "",
        )


class DecideForm(BaseForm):
    """Taking a proposed headcount, or not."""

    decision = RadioField(
        _l("Quyết định"),
        choices=[SelectChoice("approve", _l("Duyệt")), SelectChoice("refuse", _l("Không duyệt"))],
    )
