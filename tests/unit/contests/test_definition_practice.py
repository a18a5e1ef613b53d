"""Practice rounds and categories of entrants in the rounds of a definition."""

import pytest

from quiz.contests.definition import AwardRule, RoundDefinition, parse_definition, write_definition
from quiz.scoring.prizes import Exclusive
from tests.support.definitions import SMALL, refused

PRACTICE = SMALL.replace("number = 1\n", "number = 1\npractice = true\n")


def test_it_is_read_and_written() -> None:
    definition = parse_definition(PRACTICE)
    assert definition.rounds[0].practice
    assert "practice = true" in write_definition(definition)
    assert parse_definition(write_definition(definition)) == definition
    assert "practice" not in write_definition(parse_definition(SMALL))


@pytest.mark.parametrize(
    "line,key,said",
    [
        ('prizes = [{ name = "Nhất" }]', "rounds[1].prizes", "có giải"),
        ('prediction = { target = "participants" }', "rounds[1].prediction", "có câu dự đoán"),
        ('attempts = { limit = 3, per = "week" }', "rounds[1].attempts.per", "không chung với vòng khác"),
    ],
)
def test_nothing_is_won_in_it(line: str, key: str, said: str) -> None:
    found = refused(f"{PRACTICE}{line}\n")
    assert any(one[1] == key and said in one[2] for one in found)


KINDS = """[entry]
fields = { category = "required" }
categories = [{ code = "hoc-sinh", name = "Học sinh" }, { code = "can-bo", name = "Cán bộ" }]

"""
OWN = """categories = [
  { code = "hoc-sinh", bank = "thcs", prizes = [{ name = "Nhất", count = 2 }] },
  { code = "can-bo", prizes = [{ name = "Nhất", amount = "500.000 đồng" }] },
]
awarding = { exclusive = "once", all_correct = true, cap_percent = 50 }
"""
CATEGORIES = SMALL.replace("[[rounds]]", f"{KINDS}[[rounds]]") + OWN


def test_categories_have_banks_and_prizes_of_their_own() -> None:
    definition = parse_definition(CATEGORIES)
    (round_,) = definition.rounds
    assert [paper.bank for paper in round_.papers] == ["lich-su", "thcs"]
    assert round_.paper_for("hoc-sinh").bank == "thcs"
    assert round_.paper_for("can-bo") == round_.paper_for(None) == round_.paper
    assert round_.categories[0].prizes[0].count == 2
    assert round_.categories[1].prizes[0].amount == "500.000 đồng"
    assert round_.awarding == AwardRule(Exclusive.ONCE, all_correct=True, cap_percent=50)
    rules = round_.prize_rules
    assert [rules.list_of(code) for code in ("can-bo", "khac", None)] == ["can-bo", "", ""]
    assert parse_definition(write_definition(definition)) == definition
    assert RoundDefinition.from_dict(round_.as_dict()) == round_


@pytest.mark.parametrize(
    "old,new,key,said",
    [
        (
            '{ code = "can-bo", prizes',
            '{ code = "quan-nhan", prizes',
            "categories[2].code",
            "Không có đối tượng",
        ),
        ('{ code = "can-bo", prizes', '{ code = "hoc-sinh", prizes', "categories[2]", "có hai lần"),
        ('code = "can-bo", prizes', 'code = "can-bo", most = 3, prizes', "categories[2].most", "giải riêng"),
        ("cap_percent = 50", "cap_percent = 0", "awarding.cap_percent", "là 0"),
        ('category = "required"', 'category = "optional"', "categories[1].bank", "không bắt buộc"),
        ("matrix = [{ count = 10 }]", "fixed = [1, 2]", "categories[1].bank", "cần ma trận"),
    ],
)
def test_categories_that_do_not_agree(old: str, new: str, key: str, said: str) -> None:
    found = refused(CATEGORIES.replace(old, new))
    assert any(one[1] == f"rounds[1].{key}" and said in one[2] for one in found)
