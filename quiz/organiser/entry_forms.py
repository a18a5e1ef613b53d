"""The form of a contest's entry policy: what is asked, who may enter, what makes one person one entry."""

import re
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from question_bank.folding import fold
from quiz.contests.definition import Birth, Category, EntryPolicy, Presence, Unique
from quiz.contests.definition_entry import FORM_FIELDS, Way
from quiz.contests.definition_entry_form import MAX_AGE, MAX_CATEGORY
from quiz.organiser.labels import BIRTHS, PRESENCES, UNIQUE_NAMES, WAY_NAMES
from quiz.web.forms import BaseForm, choices

ASKED = tuple(name for name in FORM_FIELDS if name != "name")
MAX_PROSE, MAX_CODE = 20_000, 40
_PRESENCES = choices(PRESENCES)
_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")
_AGE = [Optional(), NumberRange(1, MAX_AGE, _l("tuổi là số từ 1 đến 120, hoặc để trống."))]
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class EntryPolicyForm(BaseForm):
    """The rules of entering in words; one field for each of the definition's own."""

    birth_date = SelectField(_l("Ngày sinh"), choices=_PRESENCES)
    gender = SelectField(_l("Giới tính"), choices=_PRESENCES)
    phone = SelectField(_l("Số điện thoại"), choices=_PRESENCES)
    email = SelectField(_l("Thư điện tử (email)"), choices=_PRESENCES)
    national_id = SelectField(_l("Số căn cước"), choices=_PRESENCES)
    unit = SelectField(_l("Đơn vị"), choices=_PRESENCES)
    workplace = SelectField(_l("Nơi làm việc, học tập"), choices=_PRESENCES)
    address = SelectField(_l("Địa chỉ"), choices=_PRESENCES)
    category = SelectField(_l("Đối tượng dự thi"), choices=_PRESENCES)
    birth = SelectField(_l("Hỏi ngày sinh thế nào"), choices=choices(BIRTHS))
    categories = TextAreaField(_l("Các đối tượng dự thi"), [Length(max=MAX_PROSE, message=_TOO_LONG)])
    unique = RadioField(_l("Nhận ra một người bằng gì"), choices=choices(UNIQUE_NAMES))
    ways = SelectMultipleField(
        _l("Cách vào dự thi"),
        choices=choices(WAY_NAMES),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    min_age = IntegerField(_l("Từ bao nhiêu tuổi"), _AGE)
    max_age = IntegerField(_l("Đến bao nhiêu tuổi"), _AGE)
    age_on = DateField(
        _l("Tuổi tính đến ngày"), [Optional()], format=["%d/%m/%Y", "%Y-%m-%d"], widget=TextInput()
    )
    allow_under_16 = BooleanField(_l("Người dưới 16 tuổi được dự thi"))
    roster = BooleanField(_l("Chỉ người trong danh sách được dự thi"))
    units = TextAreaField(_l("Chỉ những đơn vị này"), [Length(max=MAX_PROSE, message=_TOO_LONG)])
    consent = TextAreaField(_l("Lời xin đồng ý xử lý dữ liệu"), [Length(max=MAX_PROSE, message=_TOO_LONG)])
    consent_version = StringField(_l("Bản số"), [Length(max=MAX_CODE, message=_TOO_LONG)])
    retention_months = IntegerField(
        _l("Giữ dữ liệu bao nhiêu tháng"),
        [InputRequired(_l("chưa nhập số tháng.")), NumberRange(1, 120, _l("số tháng từ 1 đến 120."))],
    )

    def check(self, policy: EntryPolicy) -> bool:
        """Validate what no single field shows: the consent's text and its version change together."""
        is_valid = self.validate()
        if not self.ways.data and not self.ways.errors:
            self.ways.errors = [_("chọn ít nhất một cách.")]
        text = (self.consent.data or "").replace("\r\n", "\n")
        if text != policy.consent and self.consent_version.data == policy.consent_version:
            self.consent_version.errors = [_("lời xin đồng ý đã đổi nên cần số bản mới.")]
        for line in _lines(self.categories.data):
            code, name = _category(line)
            if not _SLUG.fullmatch(code) or len(code) > MAX_CODE or len(name) > MAX_CATEGORY:
                self.categories.errors = [
                    _("“%(line)s” chưa đúng: viết mã (chữ thường không dấu, gạch nối): tên.", line=line)
                ]
        return is_valid and not any(field.errors for field in self)


def policy_values(policy: EntryPolicy) -> dict[str, object]:
    """What the form shows at first."""
    return {
        **{name: policy.presence(name).value for name in ASKED},
        "birth": policy.birth.value,
        "categories": "\n".join(f"{one.code}: {one.name}" for one in policy.categories),
        "unique": policy.unique.value,
        "ways": [way.value for way in policy.ways],
        "min_age": policy.min_age,
        "max_age": policy.max_age,
        "age_on": policy.age_on,
        "allow_under_16": policy.allow_under_16,
        "roster": policy.roster,
        "units": "\n".join(policy.units),
        "consent": policy.consent,
        "consent_version": policy.consent_version,
        "retention_months": policy.retention_months,
    }


def with_policy_values(policy: EntryPolicy, form: EntryPolicyForm) -> EntryPolicy:
    """The policy with what was typed; what the form does not show stays."""
    presences: dict[str, Any] = {name: Presence(form[name].data) for name in ASKED}
    return replace(
        policy,
        fields=replace(policy.fields, **presences),
        birth=Birth(form.birth.data),
        categories=tuple(Category(*_category(line)) for line in _lines(form.categories.data)),
        unique=Unique(form.unique.data),
        ways=tuple(way for way in Way if way.value in (form.ways.data or ())),
        min_age=form.min_age.data,
        max_age=form.max_age.data,
        age_on=form.age_on.data,
        allow_under_16=bool(form.allow_under_16.data),
        roster=bool(form.roster.data),
        units=tuple(dict.fromkeys(_lines(form.units.data))),
        consent=(form.consent.data or "").replace("\r\n", "\n"),
        consent_version=form.consent_version.data or policy.consent_version,
        retention_months=form.retention_months.data or policy.retention_months,
    )


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _category(line: str) -> tuple[str, str]:
    """Code and name of a line "code: name"; of a name alone the code is made."""
    code, colon, name = (part.strip() for part in line.partition(":"))
    if colon and name:
        return code, name
    return fold(code).replace(" ", "-")[:MAX_CODE].strip("-"), code
