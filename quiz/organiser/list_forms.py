"""The form of a combined list; its ranking is a list of its own."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from quiz.contests import labels
from quiz.contests.definition import ListDefinition, PublishTime, RoundDefinition, Take
from quiz.contests.definition_lists import LIST_TIMES
from quiz.organiser.prize_lines import prize_lines, read_prize_lines
from quiz.scoring.ranking import Counts, Criterion
from quiz.web.forms import BaseForm, choices

_LEAST = _l("nhập số từ 1 trở lên.")


class ListForm(BaseForm):
    """What a list is called, which rounds it takes and how."""

    name = StringField(
        _l("Tên bảng chung"),
        [InputRequired(_l("chưa nhập tên bảng chung.")), Length(max=300, message=_l("dài quá 300 ký tự."))],
    )
    rounds = SelectMultipleField(
        _l("Các vòng của bảng"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    take = SelectField(_l("Cách lấy kết quả"), choices=choices(labels.TAKES))
    counts = SelectField(_l("Lượt được tính, khi chọn một lượt"), choices=choices(labels.COUNTS))
    min_rounds = IntegerField(
        _l("Phải dự thi ít nhất số vòng"), [InputRequired(_LEAST), NumberRange(1, 999, _LEAST)]
    )
    publish = SelectField(_l("Hiện bảng chung"), choices=choices(labels.PUBLISH_TIMES, LIST_TIMES))
    prizes = TextAreaField(
        _l("Giải của bảng chung, mỗi giải một dòng"), [Length(max=5000, message=_l("dài quá 5000 ký tự."))]
    )

    def validate_prizes(self, field: TextAreaField) -> None:
        """Every line is a prize."""
        if read_prize_lines(field.data or "") is None:
            raise ValidationError(_("viết như: Giải Nhất | 1 | 5.000.000 đồng."))


class RemoveListForm(BaseForm):
    """Removing a list asks for a tick."""

    sure = BooleanField(_l("Bỏ hẳn bảng chung này"))


def list_values(definition: ListDefinition) -> dict[str, object]:
    """What the form shows at first."""
    return {
        "name": definition.name,
        "rounds": list(definition.rounds),
        "take": definition.take.value,
        "counts": definition.counts.value,
        "min_rounds": definition.min_rounds,
        "publish": definition.publish.value,
        "prizes": prize_lines(definition.prizes),
    }


def list_form(rounds: Sequence[RoundDefinition], **values: Any) -> ListForm:
    """The form with the contest's rounds to tick; practice rounds are in no list."""
    form = ListForm(**values)
    form.rounds.choices = [SelectChoice(one.number, one.name) for one in rounds if not one.practice]
    return form


def list_from(base: ListDefinition, form: ListForm, ranking: tuple[Criterion, ...]) -> ListDefinition:
    """The list as it stands on the page; the number stays what it is."""
    ticked = tuple(form.rounds.data or ())
    return ListDefinition(
        number=base.number,
        name=form.name.data,
        rounds=base.rounds if set(ticked) == set(base.rounds) else ticked,
        take=Take(form.take.data),
        counts=Counts(form.counts.data),
        ranking=ranking,
        min_rounds=form.min_rounds.data,
        publish=PublishTime(form.publish.data),
        prizes=read_prize_lines(form.prizes.data or "") or (),
    )
