"""[[collective]] as TOML: reading, writing, and what must agree with the rest of the definition. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from quiz.contests.definition_collective import CollectiveDefinition
from quiz.contests.definition_entry import EntryPolicy
from quiz.contests.definition_lines import Path
from quiz.contests.definition_parsing import MAX_COUNT, MAX_ROUNDS, read_prizes
from quiz.contests.definition_problems import listed
from quiz.contests.definition_reading import Table
from quiz.contests.definition_rounds import Prize, RoundDefinition
from quiz.contests.definition_writing import Value, section, written_prizes
from quiz.scoring.collective import Basis, Component, Formula, Gate, Measure, Over, PrizePoints
from quiz.scoring.unit_values import DIVISIBLE

Finding = tuple[Path, str, str]
MAX_PEOPLE, MAX_WEIGHT, MAX_POINTS, MAX_LIST = 10_000_000, Decimal(1_000_000), 100_000, 200
_TIE = (Measure.PARTICIPANTS,)
_OWN_FORMULAS = tuple(formula for formula in Formula if formula is not Formula.SUM)


def read_collective(table: Table) -> CollectiveDefinition:
    """One of [[collective]]."""
    components = tuple(
        _read_component(inner)
        for inner in table.tables("components", example='components = [{ measure = "participants" }]')
    )
    if components and table.has("formula"):
        table.problem("formula", "Có cả “formula” và “components”.", "Giữ một.")
    default = Formula.SUM if components else None
    definition = CollectiveDefinition(
        name=table.text("name", example="Giải tập thể"),
        formula=table.choice("formula", default, _OWN_FORMULAS),
        level=table.text("level"),
        gates=tuple(
            _read_gate(gate)
            for gate in table.tables("gates", example="gates = [{ headcount_below = 50, rate = 0.30 }]")
        ),
        prizes=read_prizes(table),
        components=components,
        tie=table.choices("tie", _TIE, tuple(Measure)),
        bands=table.integers("bands", 1, MAX_PEOPLE, example="bands = [50, 100]"),
        divisions=table.flag("divisions", default=False),
        rounds=table.integers("rounds", 1, MAX_ROUNDS, example="rounds = [1, 2, 3]"),
        over=table.choice("over", Over.EACH, tuple(Over)),
    )
    table.done()
    return definition


def _read_component(table: Table) -> Component:
    component = Component(
        measure=table.choice("measure", None, tuple(Measure)),
        weight=table.number("weight", Decimal(0), MAX_WEIGHT, example="1.0")
        if table.has("weight")
        else Decimal(1),
        per=table.choice("per", Basis.UNIT, tuple(Basis)),
        points=table.integers("points", 0, MAX_POINTS, example="points = [10, 9, 8]", repeated=True),
        prizes=tuple(
            _read_prize_points(inner)
            for inner in table.tables("prizes", example='prizes = [{ name = "Nhất", points = 10 }]')
        ),
        best=table.optional_integer("best", 1, MAX_LIST),
    )
    table.done()
    return component


def _read_prize_points(table: Table) -> PrizePoints:
    worth = PrizePoints(table.text("name", example="Nhất"), table.integer("points", 0, MAX_POINTS))
    table.done()
    return worth


def _read_gate(table: Table) -> Gate:
    keys = [key for key in ("rate", "winners", "participants") if table.has(key)]
    needs_rate = not keys or "rate" in keys
    gate = Gate(
        headcount_below=table.optional_integer("headcount_below", 1, MAX_PEOPLE),
        rate=table.number("rate", Decimal(0), Decimal(1), example="0.30") if needs_rate else None,
        category=table.slug("category"),
        winners=table.optional_integer("winners", 1, MAX_COUNT),
        participants=table.optional_integer("participants", 1, MAX_PEOPLE),
    )
    if len(keys) > 1:
        table.problem(keys[1], "Một ngưỡng có hai điều kiện.", "Tách thành hai dòng trong gates.")
    if gate.category and gate.rate is None:
        table.problem("category", "“category” chỉ đi với “rate”.", "Bỏ “category”, hoặc thêm rate.")
    if not needs_rate:
        table.raw("rate", None)
    table.done()
    return gate


def write_collective(definition: CollectiveDefinition) -> str:
    """One of [[collective]]"""
    is_sum = definition.formula is Formula.SUM
    pairs: dict[str, Value | None] = {
        "name": definition.name,
        "formula": None if is_sum else definition.formula,
        "components": [_component(component) for component in definition.components] or None,
        "level": definition.level,
        "gates": [_given(_gate(gate)) for gate in definition.gates] or None,
        "tie": definition.tie if definition.tie != _TIE else None,
        "bands": definition.bands or None,
        "divisions": definition.divisions or None,
        "rounds": definition.rounds or None,
        "over": definition.over if definition.over is not Over.EACH else None,
        "prizes": written_prizes(definition.prizes),
    }
    return section("[[collective]]", pairs)


def _component(component: Component) -> Value:
    return _given(
        {
            "measure": component.measure,
            "weight": component.weight if component.weight != 1 else None,
            "per": component.per if component.per is not Basis.UNIT else None,
            "points": component.points or None,
            "prizes": [{"name": prize.name, "points": prize.points} for prize in component.prizes] or None,
            "best": component.best,
        }
    )


def _gate(gate: Gate) -> Mapping[str, Value | None]:
    return {
        "headcount_below": gate.headcount_below,
        "rate": gate.rate,
        "category": gate.category or None,
        "winners": gate.winners,
        "participants": gate.participants,
    }


def _given(pairs: Mapping[str, Value | None]) -> Mapping[str, Value]:
    return {key: value for key, value in pairs.items() if value is not None}


def check_collective(
    definitions: tuple[CollectiveDefinition, ...],
    entry: EntryPolicy,
    rounds: tuple[RoundDefinition, ...],
    *,
    has_tree: bool,
) -> Iterator[Finding]:
    """All collective rankings."""
    if definitions and not has_tree:
        yield ("collective", 0), "Giải tập thể cần cây đơn vị.", "Thêm contest.tree."
    elif definitions and not entry.asks("unit"):
        yield ("collective", 0), "Giải tập thể cần hỏi đơn vị.", 'Đặt entry.fields.unit = "required".'
    for index in _repeated([definition.name for definition in definitions]):
        yield ("collective", index, "name"), "Hai giải tập thể cùng tên.", "Đặt tên khác nhau."
    for index, definition in enumerate(definitions):
        path: Path = ("collective", index)
        yield from _check_gates(definition, entry, path)
        yield from _check_rounds(definition, rounds, path)
        if Measure.PRIZE_POINTS in definition.tie and not any(one.prizes for one in definition.components):
            yield (
                (*path, "tie"),
                "Xét điểm giải khi bằng nhau nhưng chưa nói mỗi giải mấy điểm.",
                "Thêm thành phần prize_points, hoặc bỏ khỏi tie.",
            )
        for prize in _repeated([prize.name for prize in definition.prizes]):
            name = definition.prizes[prize].name
            yield (*path, "prizes", prize), f"Giải “{name}” có hai lần.", "Gộp lại, dùng count."
        for place, component in enumerate(definition.components):
            yield from _check_component(component, rounds, (*path, "components", place))


def _check_gates(definition: CollectiveDefinition, entry: EntryPolicy, path: Path) -> Iterator[Finding]:
    for index in _repeated([(gate.kind, gate.headcount_below) for gate in definition.gates]):
        yield (*path, "gates", index), "Hai ngưỡng cùng cỡ đơn vị.", "Mỗi “headcount_below” một lần."
    known = {category.code for category in entry.categories}
    for index, gate in enumerate(definition.gates):
        if gate.category and gate.category not in known:
            yield (
                (*path, "gates", index, "category"),
                f"Không có đối tượng “{gate.category}”.",
                "Thêm vào entry.categories, hoặc sửa mã.",
            )


def _check_rounds(
    definition: CollectiveDefinition, rounds: tuple[RoundDefinition, ...], path: Path
) -> Iterator[Finding]:
    counting = {round_.number for round_ in rounds if not round_.practice}
    for index, number in enumerate(definition.rounds):
        if number not in counting:
            yield (
                (*path, "rounds", index),
                f"Không có vòng {number} tính kết quả.",
                f"Các vòng: {listed(tuple(str(number) for number in sorted(counting)))}.",
            )


def _check_component(
    component: Component, rounds: tuple[RoundDefinition, ...], path: Path
) -> Iterator[Finding]:
    """One component against itself, and its prizes against those of the rounds."""
    measure = component.measure
    if component.per is not Basis.UNIT and measure not in DIVISIBLE:
        yield (*path, "per"), f"“{measure}” không chia được nữa.", "Bỏ “per”."
    if component.best is not None and measure not in (Measure.MEAN_SCORE, Measure.TOTAL_SCORE):
        yield (
            (*path, "best"),
            f"“{measure}” không tính theo người cao nhất.",
            f"Chỉ dùng với {Measure.MEAN_SCORE}, {Measure.TOTAL_SCORE}.",
        )
    if any(more < less for more, less in zip(component.points, component.points[1:], strict=False)):
        yield (*path, "points"), "Điểm thứ hạng tăng ở hạng sau.", "Viết từ hạng 1, giảm dần: [10, 9, 8]."
    if (measure is Measure.PRIZE_POINTS) != bool(component.prizes):
        yield (
            (*path, "prizes"),
            "Điểm giải cần bảng điểm từng giải, và chỉ điểm giải mới cần.",
            'Viết: { measure = "prize_points", prizes = [{ name = "Nhất", points = 10 }] }.',
        )
    for index in _repeated([prize.name.casefold() for prize in component.prizes]):
        name = component.prizes[index].name
        yield (*path, "prizes", index), f"Giải “{name}” có hai lần.", "Xóa một chỗ."
    known = {prize.name.casefold() for round_ in rounds for prize in _all_prizes(round_)}
    for index, worth in enumerate(component.prizes):
        if worth.name.casefold() not in known:
            yield (
                (*path, "prizes", index, "name"),
                f"Không vòng nào có giải “{worth.name}”.",
                "Viết đúng tên giải trong prizes của vòng thi.",
            )


def _all_prizes(round_: RoundDefinition) -> Sequence[Prize]:
    return (*round_.prizes, *(prize for category in round_.categories for prize in category.prizes))


def _repeated(keys: Sequence[object]) -> list[int]:
    """Indexes of the keys that came before."""
    return [index for index, key in enumerate(keys) if key in keys[:index]]
