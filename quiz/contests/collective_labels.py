"""Collective rankings in full sentences: rules page, boards, reports and the organisers' pages read these."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.contests.definition import Category, CollectiveDefinition
from quiz.contests.definition_collective import Band, BoardKey
from quiz.contests.labels import FORMULAS
from quiz.scoring.collective import Basis, Component, Formula, Gate, Measure, Over
from quiz.scoring.unit_values import PEOPLE
from quiz.web.filters import number, percent

Lists = Mapping[int, str]
_NO_LISTS: Lists = MappingProxyType({})
_FIRST_POINTS = 3
MEASURES = {
    Measure.PARTICIPATION_RATE: _l("tỷ lệ dự thi"),
    Measure.PARTICIPANTS: _l("số người dự thi"),
    Measure.ATTEMPTS: _l("số lượt thi"),
    Measure.MEAN_SCORE: _l("số câu đúng trung bình mỗi người"),
    Measure.TOTAL_SCORE: _l("tổng số câu đúng"),
    Measure.ALL_CORRECT: _l("số người đúng tất cả các câu"),
    Measure.WINNERS: _l("số người đạt giải"),
    Measure.PRIZE_POINTS: _l("điểm của các giải cá nhân"),
    Measure.MERIT: _l("điểm thành tích do Ban Tổ chức ghi"),
}
BASES = {
    Basis.UNIT: _l("cả đơn vị"),
    Basis.HEADCOUNT: _l("chia cho tổng số người của đơn vị"),
    Basis.PARTICIPANTS: _l("chia cho số người dự thi"),
}
OVERS = {
    Over.EACH: _l("Mỗi vòng xếp hạng riêng."),
    Over.ALL: _l("Gộp các vòng: mỗi người tính một lần, lượt thi và số câu đúng cộng lại."),
    Over.MEAN: _l("Tính riêng từng vòng rồi lấy trung bình các vòng."),
}


def collective_in_words(rule: CollectiveDefinition, lists: Lists = _NO_LISTS) -> str:
    """Giải tập thể xã, phường: xếp theo số người dự thi."""
    return str(_("%(name)s: xếp theo %(formula)s", name=rule.name, formula=order_in_words(rule, lists)))


def order_in_words(rule: CollectiveDefinition, lists: Lists = _NO_LISTS) -> str:
    """What the value of a unit is, within a sentence; `lists` are names of combined lists by number."""
    words = _order_in_words(rule, lists)
    if rule.of_list is None:
        return words
    return str(_("%(what)s, tính trên bảng chung %(list)s", what=words, list=list_name(rule.of_list, lists)))


def _order_in_words(rule: CollectiveDefinition, lists: Lists) -> str:
    if rule.formula is not Formula.SUM:
        return str(FORMULAS[rule.formula])
    if len(rule.components) == 1:
        return component_in_words(rule.components[0], lists)
    parts = "; ".join(component_in_words(component, lists) for component in rule.components)
    return str(_("tổng của: %(parts)s", parts=parts))


def component_in_words(component: Component, lists: Lists = _NO_LISTS) -> str:
    """One term of a sum."""
    words = _measured(component)
    if component.of_list is not None:
        name = list_name(component.of_list, lists)
        words = str(_("%(what)s trên bảng chung %(list)s", what=words, list=name))
    if component.prizes:
        worth = ", ".join(f"{prize.name} {number(prize.points)}" for prize in component.prizes)
        words = str(_("%(what)s (mỗi giải: %(worth)s điểm)", what=words, worth=worth))
    if component.points:
        words = _list_words(words, component.points)
    if component.weight != 1:
        words = str(_("%(what)s, nhân %(weight)s", what=words, weight=_plain(component.weight)))
    return words


def _measured(component: Component) -> str:
    measure = component.measure
    if component.best is not None:
        best = number(component.best)
        if measure is Measure.TOTAL_SCORE:
            return str(_("tổng số câu đúng của %(n)s người cao nhất", n=best))
        return str(_("số câu đúng trung bình của %(n)s người cao nhất (thiếu người tính 0)", n=best))
    if measure is Measure.PARTICIPATION_RATE:
        return str(_("tỷ lệ dự thi tính thành điểm (mỗi phần trăm một điểm)"))
    if component.per is Basis.UNIT:
        return str(MEASURES[measure])
    if measure in PEOPLE:
        share = {
            Basis.HEADCOUNT: _("%(what)s tính theo phần trăm tổng số người", what=MEASURES[measure]),
            Basis.PARTICIPANTS: _("%(what)s tính theo phần trăm người dự thi", what=MEASURES[measure]),
        }
        return str(share[component.per])
    return f"{MEASURES[measure]} {BASES[component.per]}"


def _list_words(what: str, points: tuple[int, ...]) -> str:
    first = ", ".join(
        str(_("hạng %(place)s được %(points)s", place=place, points=number(worth)))
        for place, worth in enumerate(points[:_FIRST_POINTS], start=1)
    )
    if len(points) > _FIRST_POINTS:
        last = _("hạng %(place)s được %(points)s", place=len(points), points=number(points[-1]))
        first = f"{first}, … {last}"
    return str(_("điểm thứ hạng theo %(what)s (%(points)s, sau đó không có điểm)", what=what, points=first))


def list_name(number: int, lists: Lists) -> str:
    """A combined list within a sentence."""
    return f"“{lists[number]}”" if number in lists else str(_("số %(number)s", number=number))


def collective_sentences(
    rule: CollectiveDefinition, categories: Sequence[Category] = (), lists: Lists = _NO_LISTS
) -> list[str]:
    """The whole rule, a sentence each: what is compared, with whom, past which gates, what breaks ties.

    `categories` are the contest's and `lists` its combined lists, by whose names people know them.
    """
    names = {category.code: category.name for category in categories}
    return [
        str(_("Xếp theo %(order)s.", order=_order_in_words(rule, lists))),
        *_who(rule),
        *_when(rule, lists),
        *_merit(rule),
        *(gate_in_words(gate, names.get(gate.category, gate.category)) for gate in rule.gates),
        _ties(rule),
        *_mistakes(rule),
    ]


def _who(rule: CollectiveDefinition) -> Iterator[str]:
    if rule.level:
        yield str(_("Các đơn vị được xếp: %(level)s.", level=rule.level))
    else:
        yield str(_("Các đơn vị được xếp: đơn vị không có cơ sở trực thuộc."))
    yield str(_("Người của cơ sở trực thuộc tính cho đơn vị cấp trên, không xếp cùng bảng với cấp trên."))
    if rule.divisions:
        yield str(_("Mỗi khối có bảng riêng."))
    if rule.bands:
        edges = sorted(rule.bands)
        bands = [Band(low, high) for low, high in zip((0, *edges), (*edges, None), strict=True)]
        yield str(_("Mỗi cỡ đơn vị có bảng riêng: %(bands)s.", bands="; ".join(map(band_name, bands))))


def _when(rule: CollectiveDefinition, lists: Lists) -> Iterator[str]:
    if rule.of_list is not None:
        yield str(
            _(
                "Tính theo bảng chung %(list)s: mỗi người một lần, với số lượt và số câu đúng ghi ở bảng ấy.",
                list=list_name(rule.of_list, lists),
            )
        )
    elif rule.rounds:
        numbers = ", ".join(str(one) for one in rule.rounds)
        yield f"{_('Tính các vòng %(numbers)s.', numbers=numbers)} {OVERS[rule.over]}"
    else:
        yield str(OVERS[rule.over])
    if rule.lists:
        yield str(_("Ai dự thi ít vòng hơn số vòng bảng chung đòi hỏi thì không tính cho đơn vị ở bảng ấy."))
        if rule.needs_winners:
            yield str(_("Giải của bảng chung tính khi mọi vòng của bảng đã chốt kết quả."))


def _merit(rule: CollectiveDefinition) -> Iterator[str]:
    if rule.needs_merit and rule.merit_list:
        words = _("Điểm thành tích lấy ở danh sách “%(list)s” do Ban Tổ chức ghi.", list=rule.merit_list)
        yield str(words)


def gate_in_words(gate: Gate, category: str = "") -> str:
    """Đơn vị dưới 50 người phải có tỷ lệ dự thi từ 30%."""
    who = (
        _("Đơn vị dưới %(n)s người", n=number(gate.headcount_below))
        if gate.headcount_below is not None
        else _("Đơn vị")
    )
    if gate.winners is not None:
        return str(_("%(who)s phải có ít nhất %(n)s người đạt giải.", who=who, n=number(gate.winners)))
    if gate.rate is None:
        return str(
            _("%(who)s phải có ít nhất %(n)s người dự thi.", who=who, n=number(gate.participants or 0))
        )
    rate = _share(gate.rate)
    if gate.category:
        words = _(
            "%(who)s phải có ít nhất %(rate)s người thuộc đối tượng “%(category)s” dự thi.",
            who=who,
            rate=rate,
            category=category,
        )
        return str(words)
    return str(_("%(who)s phải đạt tỷ lệ dự thi ít nhất %(rate)s.", who=who, rate=rate))


def _ties(rule: CollectiveDefinition) -> str:
    if not rule.tie:
        return str(_("Bằng nhau thì cùng hạng."))
    order = ", ".join(str(MEASURES[measure]) for measure in rule.tie)
    return str(_("Bằng nhau thì xét lần lượt: %(order)s; vẫn bằng thì cùng hạng.", order=order))


def _mistakes(rule: CollectiveDefinition) -> Iterator[str]:
    uses_headcount = any(
        component.measure is Measure.PARTICIPATION_RATE or component.per is Basis.HEADCOUNT
        for component in rule.rule.components
    ) or any(gate.rate is not None for gate in rule.gates)
    if uses_headcount:
        yield str(_("Số người dự thi nhiều hơn tổng số người là sai số liệu: sửa xong mới xếp hạng."))


def band_name(band: Band) -> str:
    """từ 50 đến dưới 100 người."""
    if band.low is None:
        return str(_("chưa có tổng số người"))
    if band.below is None:
        return str(_("từ %(low)s người", low=number(band.low)))
    if not band.low:
        return str(_("dưới %(below)s người", below=number(band.below)))
    return str(_("từ %(low)s đến dưới %(below)s người", low=number(band.low), below=number(band.below)))


def board_name(key: BoardKey) -> str:
    """Khối sở, ban, ngành, từ 50 đến dưới 100 người; empty for the only board of a rule."""
    parts = []
    if key.division is not None:
        parts.append(key.division or str(_("chưa xếp khối")))
    if key.band is not None:
        parts.append(band_name(key.band))
    return ", ".join(parts)


def _share(rate: Decimal) -> str:
    """30% or 12,5%."""
    return percent(rate, 0 if rate * 100 == (rate * 100).to_integral_value() else 1)


def _plain(value: Decimal) -> str:
    """A number without zeros at its end, with a comma."""
    return format(value.normalize(), "f").replace(".", ",")
