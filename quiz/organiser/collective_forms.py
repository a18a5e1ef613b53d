"""A collective ranking as a form: every row of it is a component or a gate; empty rows say nothing."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quiz.collective.fact_reading import parse_points, parse_whole
from quiz.contests.collective_labels import BASES, MEASURES, OVERS
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.labels import FORMULAS
from quiz.organiser.prize_lines import prize_lines, read_prize_lines
from quiz.scoring.collective import Basis, Component, Formula, Gate, Measure, Over, PrizePoints
from quiz.web.forms import BaseForm, choices

COMPONENTS, GATES, TIES = 5, 4, 3  # rows that are there at first
_NONE = SelectChoice("", _l("không"))
_LIST = re.compile(r"[\s,;]+")
_PRIZE = re.compile(r"(.+?)[\s:=]+([0-9]{1,6})")
_KINDS = (
    SelectChoice("", _l("không")),
    SelectChoice("rate", _l("tỷ lệ dự thi (phần trăm)")),
    SelectChoice("winners", _l("số người đạt giải")),
    SelectChoice("participants", _l("số người dự thi")),
)


class _Row(Form):
    """A row of a list within the form."""

    class Meta(BaseForm.Meta):
        """The form around it has the token."""

        csrf = False


class ComponentRow(_Row):
    """One term of a sum."""

    measure = SelectField(_l("Đại lượng"), choices=[_NONE, *choices(MEASURES)], default="")
    per = SelectField(_l("Chia cho"), choices=choices(BASES), default=Basis.UNIT.value)
    weight = StringField(_l("Hệ số"), [Length(max=20)], default="1")
    points = StringField(_l("Điểm theo thứ hạng"), [Length(max=300)])
    prizes = StringField(_l("Điểm mỗi giải"), [Length(max=300)])
    best = StringField(_l("Chỉ tính mấy người cao nhất"), [Length(max=5)])
    of_list = SelectField(_l("Tính trên"), default="")


class GateRow(_Row):
    """What a unit must have reached."""

    kind = SelectField(_l("Điều kiện"), choices=_KINDS, default="")
    least = StringField(_l("Ít nhất"), [Length(max=20)])
    below = StringField(_l("Cho đơn vị dưới (người)"), [Length(max=20)])
    category = StringField(_l("Đối tượng (mã)"), [Length(max=40)])


class CollectiveForm(BaseForm):
    """One collective ranking."""

    name = StringField(_l("Tên giải"), [InputRequired(_l("chưa đặt tên.")), Length(max=300)])
    level = StringField(_l("Loại đơn vị được xếp"), [Length(max=300)])
    formula = SelectField(_l("Xếp theo"), choices=choices(FORMULAS))
    components = FieldList(FormField(ComponentRow), min_entries=COMPONENTS)
    gates = FieldList(FormField(GateRow), min_entries=GATES)
    ties = FieldList(
        SelectField(_l("Bằng nhau thì xét"), choices=[_NONE, *choices(MEASURES)], default=""),
        min_entries=TIES,
        max_entries=len(Measure),
    )
    divisions = BooleanField(_l("Mỗi khối một bảng riêng"))
    bands = StringField(_l("Bảng riêng theo cỡ đơn vị"), [Length(max=200)])
    over = SelectField(_l("Tính các vòng"), choices=choices(OVERS))
    rounds = StringField(_l("Chỉ các vòng"), [Length(max=200)])
    of_list = SelectField(_l("Tính trên"), default="")
    merit_list = StringField(_l("Danh sách điểm thành tích riêng"), [Length(max=300)])
    prizes = TextAreaField(
        _l("Giải, mỗi giải một dòng"), [Length(max=5000, message=_l("dài quá 5000 ký tự."))]
    )

    def offer_lists(self, names: Mapping[int, str]) -> None:
        """Let the whole ranking or a component be counted on one of the contest's combined lists.

        To be called before anything else: it also adds an empty row where a file filled all of them.
        """
        if self.components[-1].form.measure.data:
            self.components.append_entry()
        if self.gates[-1].form.kind.data:
            self.gates.append_entry()
        if self.ties[-1].data and len(self.ties) < len(Measure):
            self.ties.append_entry()
        lists = [
            SelectChoice(str(number), _("bảng chung: %(name)s", name=name)) for number, name in names.items()
        ]
        self.of_list.choices = [SelectChoice("", _("các vòng thi")), *lists]
        for row in self.components:
            row.form.of_list.choices = [SelectChoice("", _("như cả giải")), *lists]

    def rule(self) -> CollectiveDefinition | None:
        """The ranking as typed; None, with errors at the fields, if something of it is no number."""
        is_valid = self.validate()
        formula = Formula(self.formula.data or Formula.PARTICIPANTS)
        rule = CollectiveDefinition(
            name=self.name.data or "",
            formula=formula,
            level=self.level.data or "",
            gates=tuple(gate for row in self.gates if (gate := _gate(row.form)) is not None),
            components=self._components() if formula is Formula.SUM else (),
            tie=tuple(dict.fromkeys(Measure(field.data) for field in self.ties if field.data)),
            bands=_numbers(self.bands),
            divisions=bool(self.divisions.data),
            rounds=_numbers(self.rounds),
            over=Over(self.over.data or Over.EACH),
            of_list=int(self.of_list.data) if self.of_list.data else None,
            merit_list=" ".join((self.merit_list.data or "").split()),
            prizes=read_prize_lines(self.prizes.data or "") or (),
        )
        if read_prize_lines(self.prizes.data or "") is None:
            self.prizes.errors = [_("viết như: Giải Nhất | 1 | 5.000.000 đồng.")]
        if formula is Formula.SUM and not rule.components:
            self.formula.errors = [_("chưa có thành phần nào bên dưới.")]
        has_errors = any(row.form.errors for row in (*self.components, *self.gates)) or self.errors
        return None if not is_valid or has_errors else rule

    def _components(self) -> tuple[Component, ...]:
        return tuple(found for row in self.components if (found := _component(row.form)) is not None)


def rule_values(rule: CollectiveDefinition) -> dict[str, object]:
    """What the form shows of a ranking."""
    return {
        "name": rule.name,
        "level": rule.level,
        "formula": rule.formula.value,
        "components": [_component_values(one) for one in rule.components],
        "gates": [_gate_values(gate) for gate in rule.gates],
        "ties": [measure.value for measure in rule.tie],
        "divisions": rule.divisions,
        "bands": ", ".join(str(edge) for edge in rule.bands),
        "over": rule.over.value,
        "rounds": ", ".join(str(number) for number in rule.rounds),
        "of_list": "" if rule.of_list is None else str(rule.of_list),
        "merit_list": rule.merit_list,
        "prizes": prize_lines(rule.prizes),
    }


def _component_values(component: Component) -> Mapping[str, object]:
    return {
        "measure": component.measure.value,
        "per": component.per.value,
        "weight": _text(component.weight),
        "points": ", ".join(str(one) for one in component.points),
        "prizes": "; ".join(f"{prize.name} {prize.points}" for prize in component.prizes),
        "best": "" if component.best is None else str(component.best),
        "of_list": "" if component.of_list is None else str(component.of_list),
    }


def _gate_values(gate: Gate) -> Mapping[str, object]:
    kind = "rate" if gate.rate is not None else gate.kind
    least = gate.rate * 100 if gate.rate is not None else gate.winners or gate.participants or 0
    return {
        "kind": kind,
        "least": _text(Decimal(least)),
        "below": "" if gate.headcount_below is None else str(gate.headcount_below),
        "category": gate.category,
    }


def _component(row: Any) -> Component | None:
    if not row.measure.data:
        return None
    weight = parse_points(row.weight.data or "1")
    if not weight:
        row.weight.errors = [_("viết số lớn hơn 0, ví dụ 1 hoặc 0,5.")]
    best = parse_whole(row.best.data) if row.best.data else None
    if row.best.data and not best:
        row.best.errors = [_("viết số nguyên từ 1.")]
    return Component(
        measure=Measure(row.measure.data),
        weight=weight or Decimal(1),
        per=Basis(row.per.data),
        points=_numbers(row.points),
        prizes=_prizes(row.prizes),
        best=best or None,
        of_list=int(row.of_list.data) if row.of_list.data else None,
    )


def _gate(row: Any) -> Gate | None:
    if not row.kind.data:
        return None
    below = parse_whole(row.below.data) if row.below.data else None
    if row.below.data and not below:
        row.below.errors = [_("viết số người, ví dụ 50.")]
    least = parse_points(row.least.data or "")
    if row.kind.data == "rate":
        if not least or least > 100:
            row.least.errors = [_("viết phần trăm từ 1 đến 100.")]
            return None
        return Gate(below or None, least / 100, row.category.data or "")
    number = parse_whole(row.least.data or "")
    if not number:
        row.least.errors = [_("viết số nguyên từ 1.")]
        return None
    is_winners = row.kind.data == "winners"
    return Gate(
        below or None, winners=number if is_winners else None, participants=None if is_winners else number
    )


def _numbers(field: Any) -> tuple[int, ...]:
    """Whole numbers apart by commas or spaces."""
    words = [word for word in _LIST.split(field.data or "") if word]
    found = [parse_whole(word) for word in words]
    if any(number is None for number in found):
        field.errors = [_("chỉ viết các số nguyên, cách nhau bằng dấu phẩy.")]
    return tuple(number for number in found if number is not None)


def _prizes(field: Any) -> tuple[PrizePoints, ...]:
    """ "Nhất 10; Nhì 8": each prize and its points."""
    parts: Sequence[str] = [part.strip() for part in (field.data or "").split(";") if part.strip()]
    found = [(part, _PRIZE.fullmatch(part)) for part in parts]
    if any(match is None for _part, match in found):
        field.errors = [_("viết như: Nhất 10; Nhì 8; Ba 6.")]
    return tuple(PrizePoints(match[1], int(match[2])) for _part, match in found if match)


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f").replace(".", ",")
