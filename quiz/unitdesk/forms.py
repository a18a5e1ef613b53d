"""What a unit's account sends."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import TextInput

from quiz.collective.fact_reading import parse_whole
from quiz.web.forms import BaseForm

DAY_FORMATS = ["%d/%m/%Y", "%Y-%m-%d"]


class ProposeForm(BaseForm):
    """A unit says how many people it has."""

    people = StringField(_l("Tổng số người"), [InputRequired(_l("chưa điền số người.")), Length(max=20)])
    as_of = DateField(
        _l("Tính đến ngày"),
        [InputRequired(_l("chưa có ngày của số liệu."))],
        format=DAY_FORMATS,
        widget=TextInput(),
    )
    note = StringField(_l("Căn cứ, ghi chú"), [Length(max=300)])

    def number(self) -> int | None:
        """The number typed; None, with errors at the fields, if anything is wrong."""
        is_valid = self.validate()
        number = parse_whole(self.people.data or "")
        if number is None and not self.people.errors:
            self.people.errors = [_l("viết số nguyên, ví dụ 641.")]
        return number if is_valid else None
