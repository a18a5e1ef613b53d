"""The rules page writes itself: settings change its words; its example is ranked by the contest's rule."""

from dataclasses import replace
from html import unescape

import pytest
from flask import Flask

from quiz.accounts.permissions import Role
from quiz.contests.definition import (
    Admission,
    AttemptRule,
    AwardRule,
    CollectiveDefinition,
    ListDefinition,
    Per,
    PredictionRule,
    Prize,
    PublishRule,
    PublishTime,
    parse_definition,
)
from quiz.contests.queries import get_contest
from quiz.contests.service import definition_of
from quiz.rulebook.book import rulebook
from quiz.rulebook.preview import sample_ranking
from quiz.scoring.collective import Formula
from quiz.scoring.prediction import Target
from quiz.scoring.prizes import Exclusive
from quiz.scoring.ranking import Criterion
from tests.support.citizen import open_contest
from tests.support.client import Client
from tests.support.staff import signed_in


@pytest.fixture
def slug(app: Flask) -> str:
    open_contest(app)
    return "dai-hoi"


def words(app: Flask, change=lambda definition: definition) -> str:
    """All sentences of the rules after a change of the definition."""
    with app.test_request_context():
        definition = change(definition_of(get_contest("dai-hoi")))
        lines = []
        for article in rulebook(definition, {}):
            for part in article.parts:
                lines += [part.title, *part.clauses, *part.steps, *part.after]
                lines += [cell for grid in part.grids for row in (grid.head, *grid.rows) for cell in row]
    return "\n".join(lines)


def of_rounds(**changes):
    return lambda whole: replace(whole, rounds=tuple(replace(one, **changes) for one in whole.rounds))


@pytest.mark.parametrize(
    "change,said",
    [
        (of_rounds(minutes=None), "làm đến khi vòng đóng"),
        (of_rounds(minutes=7), "làm trong 7 phút"),
        (of_rounds(attempts=AttemptRule(limit=3, per=Per.WEEK)), "nhiều nhất 3 lượt mỗi tuần"),
        (of_rounds(attempts=AttemptRule(limit=None)), "Không giới hạn số lượt thi"),
        (of_rounds(must_answer_all=True), "Phải trả lời đủ tất cả các câu"),
        (of_rounds(prediction=PredictionRule(Target.ATTEMPTS)), "Đếm lượt: mọi lượt đã nộp"),
        (
            of_rounds(prediction=PredictionRule(Target.PERCENT_ALL_CORRECT, 5)),
            "nhiều nhất 5 chữ số sau dấu phẩy",
        ),
        (of_rounds(ranking=(Criterion.ALL_CORRECT, Criterion.DURATION)), "Chỉ xếp hạng người trả lời đúng"),
        (of_rounds(prizes=(Prize("Nhất", 2, "1 triệu đồng"),)), "2 Nhất (1 triệu đồng)."),
        (
            of_rounds(prizes=(Prize("Nhất", 2),), awarding=AwardRule(exclusive=Exclusive.ONCE)),
            "nhiều nhất một giải trong cả cuộc thi",
        ),
        (
            of_rounds(prizes=(Prize("Nhất", 2),), awarding=AwardRule(cap_percent=50)),
            "Số giải không quá 50% số người dự thi",
        ),
        (of_rounds(publish=PublishRule(freeze_minutes=30)), "Trong 30 phút cuối, bảng đứng yên"),
        (of_rounds(publish=PublishRule(board=PublishTime.NEVER)), "Bảng xếp hạng: không hiện."),
        (of_rounds(admits=Admission(of_round=1, top=100)), "có hạng từ 1 đến 100 ở vòng 1"),
        (
            lambda one: replace(one, settings=replace(one.settings, complaints_days=9)),
            "trong 9 ngày kể từ khi công bố",
        ),
        (lambda one: replace(one, entry=replace(one.entry, min_age=14)), "từ 14 tuổi trở lên"),
        (lambda one: replace(one, entry=replace(one.entry, roster=True)), "có tên trong danh sách"),
        (lambda one: replace(one, entry=replace(one.entry, retention_months=7)), "tự xóa sau 7 tháng"),
        (
            lambda one: replace(one, settings=replace(one.settings, further_rules="Giải trao tại hội nghị.")),
            "Giải trao tại hội nghị.",
        ),
        (
            lambda one: replace(one, lists=(ListDefinition(1, "Chung cuộc", (1,), min_rounds=2),)),
            "ít nhất 2 vòng mới có hạng",
        ),
        (
            lambda one: replace(one, collective=(CollectiveDefinition("Giải xã", Formula.PARTICIPANTS),)),
            "Xếp theo số người dự thi.",
        ),
    ],
)
def test_a_setting_changes_the_words(app: Flask, slug: str, change, said: str) -> None:
    assert said not in words(app)
    assert said in words(app, change)


def test_rounds_that_say_the_same_are_told_once(app: Flask, slug: str) -> None:
    def two(whole):
        return replace(whole, rounds=(whole.rounds[0], replace(whole.rounds[0], number=2, name="Vòng hai")))

    def other(whole):
        first, second = two(whole).rounds
        return replace(whole, rounds=(first, replace(second, minutes=5)))

    assert words(app, two).count("câu trắc nghiệm, làm trong") == 1
    assert words(app, other).count("câu trắc nghiệm, làm trong") == 2


def test_the_example_tells_which_line_decided(app: Flask, slug: str) -> None:
    told = words(app, of_rounds(ranking=(Criterion.CORRECT_COUNT, Criterion.DURATION)))
    assert "A đứng trên B vì nhiều câu đúng hơn." in told
    assert "B đứng trên C vì làm bài nhanh hơn; các dòng xét trước bằng nhau." in told
    assert "C và D bằng nhau ở mọi dòng nên cùng hạng." in told


def test_the_page_shows_every_article_and_no_draft_round(client: Client, app: Flask, slug: str) -> None:
    page = unescape(client.get(f"/c/{slug}/rules").text)
    for title in ("Người dự thi", "Bài thi và cách làm bài", "Xếp hạng cá nhân", "Dữ liệu cá nhân"):
        assert f". {title}</h2>" in page


def test_made_up_people_stand_in_the_order_of_the_rule(app: Flask, slug: str) -> None:
    with app.test_request_context():
        one = definition_of(get_contest(slug)).rounds[0]
        by_time = replace(one, ranking=(Criterion.DURATION,), prizes=(Prize("Nhất", 1), Prize("Nhì", 2)))
        grid = sample_ranking(by_time, 3)
        place = grid.head.index("Thời gian làm bài")
        times = [row[place] for row in grid.rows]
        assert times == sorted(times)
        assert [row[-1] for row in grid.rows if row[0] == "1"] == ["Nhất"] * [
            row[0] for row in grid.rows
        ].count("1")
        assert grid == sample_ranking(by_time, 3)
        assert grid != sample_ranking(by_time, 4)


def test_organisers_read_the_draft_and_try_other_people(client: Client, app: Flask, slug: str) -> None:
    signed_in(client, Role.ORGANISER)
    first = client.get(f"/manage/c/{slug}/rules").text
    second = client.get(f"/manage/c/{slug}/rules?seed=2").text
    assert "Thử xếp hạng" in first
    assert first != second
    assert client.get(f"/manage/c/{slug}/rules?seed=-5").status_code == 200


def test_further_rules_come_and_go_with_the_definition(app: Flask, slug: str) -> None:
    text = 'slug = "x"\ntitle = "X"\nfurther_rules = """Một.\n\nHai."""\n'
    definition = parse_definition(f"[contest]\n{text}")
    assert definition.settings.further_rules == "Một.\n\nHai."
