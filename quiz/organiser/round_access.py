"""When within its time a round is open and who may start it: fields of the page, from and to a definition."""

import re
from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from quiz.contests.definition import Admission, ContestDefinition, OpenHours, Weekday
from quiz.contests.hours import MIDNIGHT
from quiz.contests.labels import WEEKDAYS
from quiz.web.forms import choices

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")
_FROM = "00:00"
_NO_NUMBER = _l("nhập số từ 1 trở lên, hoặc để trống.")


def _is_clock(_form: object, field: Field) -> None:
    text = field.data or ""
    if text and text != MIDNIGHT and not _CLOCK.fullmatch(text):
        raise StopValidation(str(_("giờ và phút, ví dụ 08:00.")))


class AccessFields:
    """The fields; a form takes them in."""

    hours_days = SelectMultipleField(
        _l("Mở vào các ngày"),
        choices=choices(WEEKDAYS),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    hours_from = StringField(_l("Từ giờ"), [_is_clock])
    hours_to = StringField(_l("Đến giờ"), [_is_clock])
    admits_source = SelectField(_l("Ai được vào thi"))
    admits_top = IntegerField(_l("Hạng cuối cùng được vào"), [Optional(), NumberRange(1, None, _NO_NUMBER)])
    admits_correct = IntegerField(_l("Số câu đúng ít nhất"), [Optional(), NumberRange(1, None, _NO_NUMBER)])
    admits_all = BooleanField(_l("Phải đúng tất cả các câu"))


def access_values(windows: OpenHours | None, admits: Admission | None) -> dict[str, object]:
    """What the fields show at first."""
    hours, rule = windows or OpenHours(), admits or Admission()
    return {
        "hours_days": [day.value for day in hours.days],
        "hours_from": "" if hours.begins == _FROM else hours.begins,
        "hours_to": "" if hours.ends == MIDNIGHT else hours.ends,
        "admits_source": _source(rule),
        "admits_top": rule.top,
        "admits_correct": rule.min_correct,
        "admits_all": rule.all_correct,
    }


def sources(definition: ContestDefinition, number: int) -> Sequence[SelectChoice]:
    """Where people can qualify for a round: other rounds, and lists that do not take it in."""
    rounds = [
        SelectChoice(f"round:{one.number}", _("Người đủ điều kiện từ %(name)s", name=one.name))
        for one in definition.rounds
        if one.number != number and not one.practice
    ]
    lists = [
        SelectChoice(f"list:{one.number}", _("Người đủ điều kiện từ bảng chung “%(name)s”", name=one.name))
        for one in definition.lists
        if number not in one.rounds
    ]
    return [SelectChoice("", _("Mọi người đã đăng ký")), *rounds, *lists]


def hours_from(form: AccessFields, base: OpenHours | None, zone: str) -> OpenHours | None:
    """The hours as typed; all days around the clock are none, unless they were set like that."""
    ticked = form.hours_days.data or ()
    hours = OpenHours(
        days=tuple(day for day in Weekday if day.value in ticked),
        begins=_clock(form.hours_from.data, _FROM),
        ends=_clock(form.hours_to.data, MIDNIGHT),
        zone=zone,
    )
    return None if base is None and hours == OpenHours(zone=zone) else hours


def admission_from(form: AccessFields) -> Admission | None:
    """Who may start, as chosen."""
    kind, _colon, number = (form.admits_source.data or "").partition(":")
    if not number:
        return None
    return Admission(
        of_round=int(number) if kind == "round" else None,
        of_list=int(number) if kind == "list" else None,
        top=form.admits_top.data,
        min_correct=form.admits_correct.data,
        all_correct=form.admits_all.data,
    )


def _source(rule: Admission) -> str:
    if rule.of_round is not None:
        return f"round:{rule.of_round}"
    return "" if rule.of_list is None else f"list:{rule.of_list}"


def _clock(text: str | None, default: str) -> str:
    """8:00 as 08:00."""
    return (text or default).rjust(5, "0")
