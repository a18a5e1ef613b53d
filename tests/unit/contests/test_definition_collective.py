"""[[collective]] in full: sums, gates of other kinds, boards, rounds; what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest

from quiz.contests.collective_labels import collective_sentences
from quiz.contests.definition import CollectiveDefinition, parse_definition, write_definition
from quiz.scoring.collective import Basis, Component, Formula, Gate, Measure, Over, PrizePoints
from tests.support.definitions import COLLECTIVE as FULL
from tests.support.definitions import refused


def test_everything_that_may_be_said() -> None:
    (rule,) = parse_definition(FULL).collective
    assert rule.formula is Formula.SUM
    assert rule.components == (
        Component(Measure.PARTICIPATION_RATE),
        Component(Measure.PRIZE_POINTS, prizes=(PrizePoints("Nhất", 10), PrizePoints("Nhì", 8))),
        Component(Measure.ATTEMPTS, Decimal("0.5"), Basis.HEADCOUNT, (10, 9, 9, 1)),
        Component(Measure.MEAN_SCORE, best=5),
    )
    assert rule.gates == (
        Gate(50, Decimal("0.30")),
        Gate(None, Decimal("1.0"), "can-bo"),
        Gate(None, winners=1),
    )
    assert (rule.tie, rule.bands, rule.divisions, rule.rounds, rule.over) == (
        (Measure.PARTICIPANTS, Measure.ALL_CORRECT),
        (50, 100),
        True,
        (1,),
        Over.MEAN,
    )
    assert (rule.needs_winners, rule.most_best, rule.categories) == (True, 5, ("can-bo",))
    assert parse_definition(write_definition(parse_definition(FULL))) == parse_definition(FULL)


def test_a_rule_names_its_own_list_of_merit() -> None:
    text = FULL.replace('over = "mean"', 'merit_list = "Tuyên truyền"')
    text = text.replace('{ measure = "participation_rate" }', '{ measure = "merit" }')
    definition = parse_definition(text)
    (rule,) = definition.collective
    assert (rule.merit_list, rule.needs_merit) == ("Tuyên truyền", True)
    assert CollectiveDefinition.from_dict(rule.as_dict()) == rule
    assert parse_definition(write_definition(definition)) == definition
    said = "Điểm thành tích lấy ở danh sách “Tuyên truyền” do Ban Tổ chức ghi."
    assert said in collective_sentences(rule)
    assert said not in collective_sentences(replace(rule, merit_list=""))


@pytest.mark.parametrize(
    "old,new,key,said",
    [
        ("components = [", 'formula = "participants"\ncomponents = [', "collective[1].formula", "Giữ một"),
        ('"mean_score"', '"mean_scores"', "collective[1].components[4].measure", "Có phải “mean_score”?"),
        ("best = 5", "best = 0", "collective[1].components[4].best", "Nhận từ 1"),
        ('{ measure = "participation_rate" }', '{ measure = "participants", best = 3 }',
         "collective[1].components[1].best", "người cao nhất"),
        ('{ measure = "participation_rate" }', '{ measure = "mean_score", per = "headcount" }',
         "collective[1].components[1].per", "Bỏ “per”"),
        ("[10, 9, 9, 1]", "[1, 9]", "collective[1].components[3].points", "giảm dần"),
        ("[10, 9, 9, 1]", '["mười"]', "collective[1].components[3].points[1]", "points = [10, 9, 8]"),
        ("weight = 0.5", "weight = 0", "collective[1].components[3].weight", "lớn hơn 0"),
        ('{ name = "Nhì", points = 8 }', '{ name = "Ba", points = 8 }',
         "collective[1].components[2].prizes[2].name", "Không vòng nào có giải “Ba”"),
        ('"prize_points", prizes = [{ name = "Nhất", points = 10 }, { name = "Nhì", points = 8 }]',
         '"prize_points"', "collective[1].components[2].prizes", "bảng điểm từng giải"),
        ('category = "can-bo" }', 'category = "hoc-sinh" }', "collective[1].gates[2].category",
         "Không có đối tượng “hoc-sinh”"),
        ("{ winners = 1 }", '{ winners = 1, category = "can-bo" }', "collective[1].gates[3].category",
         "chỉ đi với “rate”"),
        ("{ winners = 1 }", "{ winners = 1, rate = 0.5 }", "collective[1].gates[3].winners", "Tách"),
        ("{ winners = 1 }", "{ winners = 1 }, { winners = 2 }", "collective[1].gates[4]", "cùng cỡ"),
        ("{ winners = 1 }", "{ }", "collective[1].gates[3].rate", "Thiếu “rate”"),
        ("bands = [50, 100]", "bands = [50, 50]", "collective[1].bands[2]", "mỗi số một lần"),
        ("rounds = [1]", "rounds = [2]", "collective[1].rounds[1]", "Không có vòng 2"),
        ('over = "mean"', 'over = "max"', "collective[1].over", "each, all, mean"),
        ('"all_correct"]', '"participants"]', "collective[1].tie[2]", "hai lần"),
        ("best = 5", "best = 5, list = 3", "collective[1].components[4].list", "Không có bảng chung số 3"),
        ('over = "mean"', 'merit_list = "A"', "collective[1].merit_list", "Bỏ “merit_list”"),
        ('over = "mean"', "list = 1", "collective[1].list", "Không có bảng chung số 1"),
    ],
)  # fmt: skip
def test_refusals_name_the_place_and_what_to_do(old: str, new: str, key: str, said: str) -> None:
    assert old in FULL
    problems = refused(FULL.replace(old, new))
    found = [f"{message} {mend}" for _, where, message, mend in problems if where == key]
    assert len(found) == 1, problems
    assert said in found[0]


def test_points_of_prizes_decide_between_equals_only_where_the_rule_says_what_they_are() -> None:
    with_points = FULL.replace('tie = ["participants", "all_correct"]', 'tie = ["prize_points"]')
    assert parse_definition(with_points).collective[0].tie == (Measure.PRIZE_POINTS,)
    without = with_points.replace(
        '"prize_points", prizes = [{ name = "Nhất", points = 10 }, { name = "Nhì", points = 8 }]', '"merit"'
    )
    assert [where for _, where, _, _ in refused(without)] == ["collective[1].tie"]


ON_A_LIST = """
[[lists]]
number = 1
name = "Tháng 11"
rounds = [1]
prizes = [{ name = "Nhất tháng", count = 1 }]

[[collective]]
name = "Giải tháng"
list = 1
components = [
  { measure = "participants", points = [10, 9, 8] },
  { measure = "prize_points", prizes = [{ name = "Nhất tháng", points = 10 }] },
]
"""


def test_a_rule_of_a_combined_list() -> None:
    definition = parse_definition(FULL + ON_A_LIST)
    rule = definition.collective[1]
    assert (rule.of_list, rule.component_lists, rule.lists) == (1, (), (1,))
    assert parse_definition(write_definition(definition)) == definition
    # a component may look at a list while the others look at rounds
    mixed = FULL.replace("best = 5", "best = 5, list = 1") + ON_A_LIST
    assert parse_definition(mixed).collective[0].lists == (1,)
    assert parse_definition(write_definition(parse_definition(mixed))) == parse_definition(mixed)


@pytest.mark.parametrize(
    "old,new,key,said",
    [
        ("list = 1\n", "list = 1\nrounds = [1]\n", "collective[2].rounds", "Giữ một"),
        ("list = 1\n", 'list = 1\nover = "all"\n', "collective[2].over", "Bỏ “over”"),
        ('{ name = "Nhất tháng", points', '{ name = "Nhì", points',
         "collective[2].components[2].prizes[1].name", "Bảng chung không có giải “Nhì”"),
        ("list = 1\n", "",
         "collective[2].components[2].prizes[1].name", "Không vòng nào có giải “Nhất tháng”"),
    ],
)  # fmt: skip
def test_refusals_of_rules_on_lists(old: str, new: str, key: str, said: str) -> None:
    problems = refused(FULL + ON_A_LIST.replace(old, new))
    assert [(where, said in f"{message} {mend}") for _, where, message, mend in problems] == [(key, True)]
