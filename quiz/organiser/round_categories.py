"""What a round says of categories of entrants: rows of the round's page, from and to a definition."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from quiz.contests.definition import Category, CategoryRule, DefinitionProblem, RoundDefinition
from quiz.organiser.prize_lines import check_prize_lines, prize_lines, read_prize_lines
from quiz.web.forms import BaseForm

MAX_PRIZES = 1000
_PLACE = re.compile(r"rounds\[([0-9]+)\]\.categories\[([0-9]+)\](?:\.([a-z]+))?")


class CategoryRow(Form):
    """One category: the bank of its papers, its share of the common prizes, prizes of its own."""

    class Meta(BaseForm.Meta):
        """The form around it has the token."""

        csrf = False

    code = HiddenField(_l("Đối tượng dự thi"))
    bank = SelectField(_l("Ngân hàng câu hỏi"), default="")
    most = IntegerField(
        _l("Số giải chung nhiều nhất"),
        [Optional(), NumberRange(1, MAX_PRIZES, _l("số giải từ 1 đến 1000, hoặc để trống."))],
    )
    prizes = TextAreaField(
        _l("Giải riêng, mỗi dòng một giải"),
        [Length(max=5000, message=_l("dài quá 5000 ký tự.")), check_prize_lines],
    )


class CategoryFields:
    """The rows; a form takes them in."""

    categories = FieldList(FormField(CategoryRow))


def category_values(
    rules: Sequence[CategoryRule], categories: Sequence[Category]
) -> list[Mapping[str, object]]:
    """A row for each category of the contest, and for those that only the round still has."""
    known = {rule.code: rule for rule in rules}
    codes = dict.fromkeys((*(one.code for one in categories), *known))
    return [_row_values(known.get(code, CategoryRule(code))) for code in codes]


def name_rows(rows: FieldList, names: Mapping[str, str], banks: Mapping[str, str]) -> None:
    """Say in each row's labels whose it is, and offer the banks."""
    for row in rows:
        fields = row.form
        name = names.get(fields.code.data) or fields.code.data or ""
        offered = [SelectChoice(slug, title) for slug, title in banks.items()]
        if fields.bank.data and fields.bank.data not in banks:
            offered.append(SelectChoice(fields.bank.data, fields.bank.data))
        fields.bank.choices = [SelectChoice("", _("như cả vòng")), *offered]
        fields.code.label.text = name
        fields.bank.label.text = _("Ngân hàng câu hỏi của “%(name)s”", name=name)
        fields.most.label.text = _("Số giải chung nhiều nhất về “%(name)s”", name=name)
        fields.prizes.label.text = _("Giải riêng của “%(name)s”, mỗi dòng một giải", name=name)


def categories_from(rows: FieldList, base: Sequence[CategoryRule]) -> tuple[CategoryRule, ...]:
    """The rules as typed, in the order that they had, new ones behind; a row that says nothing is none."""
    old = {rule.code: rule for rule in base}
    typed = {row.form.code.data: _rule(row.form) for row in rows if row.form.code.data}
    codes = dict.fromkeys((*old, *typed))
    rules = [typed.get(code, old.get(code)) for code in codes]
    return tuple(rule for rule in rules if rule and (rule != CategoryRule(rule.code) or rule in base))


def place_in_row(
    problem: DefinitionProblem, words: str, rows: FieldList, rounds: Sequence[RoundDefinition], number: int
) -> bool:
    """Give a problem of the round's categories to the field of its row; False if it belongs to none."""
    match = _PLACE.match(problem.key)
    if match is None or rounds[int(match[1]) - 1].number != number:
        return False
    code = rounds[int(match[1]) - 1].categories[int(match[2]) - 1].code
    for row in rows:
        if row.form.code.data == code:
            field = row.form[match[3] if match[3] in ("bank", "most") else "prizes"]
            field.errors = [words]
            return True
    return False


def _row_values(rule: CategoryRule) -> Mapping[str, object]:
    return {
        "code": rule.code,
        "bank": rule.bank or "",
        "most": rule.most,
        "prizes": prize_lines(rule.prizes),
    }


def _rule(row: Any) -> CategoryRule:
    return CategoryRule(
        row.code.data, row.bank.data or None, read_prize_lines(row.prizes.data or "") or (), row.most.data
    )
