"""[[collective]] as TOML: reading, writing, and what must agree with the rest of the definition. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from quiz.contests.definition_collective import CollectiveDefinition
from quiz.contests.definition_entry import EntryPolicy
from quiz.contests.definition_lines import Path
from quiz.contests.definition_list_form import MAX_LISTS
from quiz.contests.definition_lists import ListDefinition
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
        of_list=table.optional_integer("list", 1, MAX_LISTS),
        merit_list=table.text("merit_list"),
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
        of_list=table.optional_integer("list", 1, MAX_LISTS),
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
        "list": definition.of_list,
        "merit_list": definition.merit_list or None,
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
            "list": component.of_list,
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
    lists: tuple[ListDefinition, ...],
    *,
    has_tree: bool,
) -> Iterator[Finding]:
    """All collective rankings."""
    of_lists = {one.number: _names(one.prizes) for one in lists}
    of_rounds = _names([prize for round_ in rounds for prize in round_.all_prizes])
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
        yield from _check_lists(definition, tuple(of_lists), path)
        if definition.merit_list and not definition.needs_merit:
            words = "Có danh sách điểm thành tích mà cách xếp không tính điểm thành tích."
            yield (*path, "merit_list"), words, "Bỏ “merit_list”, hoặc thêm điểm thành tích."
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
            here: Path = (*path, "components", place)
            number = component.of_list or definition.of_list
            known = of_rounds if number is None else of_lists.get(number, frozenset())
            yield from _check_component(component, here)
            yield from _check_prizes(component, known, here, is_list=number is not None)


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


def _check_lists(definition: CollectiveDefinition, known: Sequence[int], path: Path) -> Iterator[Finding]:
    """Whether the lists are there, and nothing asks for a list and for rounds at once."""
    places: list[tuple[Path, int | None]] = [((*path, "list"), definition.of_list)]
    for place, component in enumerate(definition.components):
        places.append(((*path, "components", place, "list"), component.of_list))
    for here, number in places:
        if number is not None and number not in known:
            numbers = listed(tuple(str(one) for one in known))
            mend = f"Các bảng chung: {numbers}." if known else "Thêm [[lists]], hoặc bỏ “list”."
            yield here, f"Không có bảng chung số {number}.", mend
    if definition.of_list is not None and definition.rounds:
        yield (*path, "rounds"), "Có cả “list” và “rounds”.", "Giữ một: bảng chung đã có các vòng của nó."
    if definition.of_list is not None and definition.over is not Over.EACH:
        yield (*path, "over"), "Xếp theo bảng chung thì không gộp vòng nữa.", "Bỏ “over”."


def _check_component(component: Component, path: Path) -> Iterator[Finding]:
    """One component against itself."""
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


def _check_prizes(
    component: Component, known: Collection[str], path: Path, *, is_list: bool
) -> Iterator[Finding]:
    """The prizes that bring points against those that there are."""
    for index in _repeated([prize.name.casefold() for prize in component.prizes]):
        name = component.prizes[index].name
        yield (*path, "prizes", index), f"Giải “{name}” có hai lần.", "Xóa một chỗ."
    for index, worth in enumerate(component.prizes):
        if worth.name.casefold() not in known:
            yield (
                (*path, "prizes", index, "name"),
                f"{'Bảng chung không' if is_list else 'Không vòng nào'} có giải “{worth.name}”.",
                f"Viết đúng tên giải trong prizes của {'bảng chung' if is_list else 'vòng thi'}.",
            )


def _names(prizes: Sequence[Prize]) -> frozenset[str]:
    return frozenset(prize.name.casefold() for prize in prizes)


def _repeated(keys: Sequence[object]) -> list[int]:
    """Indexes of the keys that came before."""
    return [index for index, key in enumerate(keys) if key in keys[:index]]
