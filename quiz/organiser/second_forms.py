"""Forms of acts that two people do: the decision, a reason, the switch of the rule."""

from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import TextInput

from quiz.contests.definition import ResultDecision
from quiz.organiser.help_forms import REASON
from quiz.web.forms import BaseForm, choices

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")
_SHORT = Length(max=100, message=_TOO_LONG)


class DecisionForm(BaseForm):
    """The document by which results are recognised: all three parts, or none where that is allowed."""

    decision_number = StringField(_l("Số quyết định"), [_SHORT])
    decision_date = DateField(
        _l("Ngày quyết định"), [Optional()], format=["%d/%m/%Y", "%Y-%m-%d"], widget=TextInput()
    )
    decision_signer = StringField(_l("Người ký"), [_SHORT])

    def validate(self, extra_validators: Any = None, *, is_required: bool = True) -> bool:
        """The parts belong together."""
        is_valid = super().validate(extra_validators)
        parts = (self.decision_number, self.decision_date, self.decision_signer)
        if is_required or any(part.data or part.errors for part in parts):
            for part in parts:
                if not part.data and not part.errors:
                    part.errors = [_("chưa nhập.")]
        return is_valid and not any(part.errors for part in parts)

    def decision(self) -> ResultDecision | None:
        """What was typed, None for nothing."""
        number, date, signer = self.decision_number.data, self.decision_date.data, self.decision_signer.data
        return ResultDecision(number, date, signer) if number and date and signer else None


class ReasonForm(BaseForm):
    """Why a request is declined."""

    reason = StringField(_l("Lý do"), REASON)


class Rule(StrEnum):
    """The rule of two people."""

    ON = "on"
    OFF = "off"


RULES = {Rule.ON: _l("Cần hai người"), Rule.OFF: _l("Một người làm được một mình")}


class RuleForm(BaseForm):
    """The rule of two people, on or off, and why."""

    rule = RadioField(
        _l("Sửa đáp án khi vòng đã mở, công bố kết quả"),
        [InputRequired(_l("chưa chọn."))],
        choices=choices(RULES),
    )
    reason = StringField(_l("Lý do"), REASON)
