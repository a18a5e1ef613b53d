"""The tree of topics and the settings of a bank: who may, what is told, what stays."""

import html
from dataclasses import replace

import pytest
from flask import Flask

from question_bank.reading import read
from quiz.accounts.permissions import Permission, Role
from quiz.bank import browsing, queries, service
from quiz.bank.topic_queries import list_topics
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.ladder import Step, climb, ladder
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR, signed_in

HERE = "/manage/banks/lich-su"
NOWHERE = "/manage/banks/khong-co"
MANAGE = Permission.MANAGE_BANKS
VI, VII = "Đại hội VI", "Đại hội VII"


@pytest.fixture(autouse=True)
def _bank(app: Flask) -> None:
    """A bank of three questions."""
    with app.app_context():
        found = read(csv_file(), "questions.csv")
        service.import_questions(found, "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW)


def outline(app: Flask) -> list[str]:
    with app.app_context():
        lines, _unnamed = list_topics(queries.get_bank("lich-su").id)
        return ["–" * line.branch.depth + line.branch.topic.name for line in lines]


def told(client: Client, address: str) -> str:
    return html.unescape(client.get(address).get_data(as_text=True))


@ladder(
    Step("GET", f"{HERE}/topics", Permission.SEE_BANKS, unknown=f"{NOWHERE}/topics"),
    Step("POST", f"{HERE}/topics", MANAGE, works=422, unknown=f"{NOWHERE}/topics"),
    Step("GET", f"{HERE}/settings", MANAGE, unknown=f"{NOWHERE}/settings"),
    Step("POST", f"{HERE}/settings", MANAGE, works=422, unknown=f"{NOWHERE}/settings"),
)
def test_access(client: Client, step: Step) -> None:
    climb(client, step)


def test_changing_the_tree(client: Client, app: Flask) -> None:
    signed_in(client)

    def change(**data: str) -> str:
        assert client.post(f"{HERE}/topics", data=data).status_code == 303
        return told(client, f"{HERE}/topics")

    assert "Đã thêm chủ đề “Đổi mới”." in change(do="add", name="Đổi mới")
    assert "Đã chuyển" in change(do="move", topic=VI, other="Đổi mới")
    assert outline(app) == ["Đổi mới", f"–{VI}", VII]
    page = change(do="rename", topic=VI, name="Đại hội 1986")
    assert "2 bản câu hỏi đổi theo." in page
    assert f"tên cũ: {VI}" in page
    change(do="up", topic=VII)
    assert outline(app) == [VII, "Đổi mới", "–Đại hội 1986"]
    assert "Đã gộp" in change(do="merge", topic="Đại hội 1986", other=VII)
    change(do="delete", topic="Đổi mới")
    assert outline(app) == [VII]
    assert client.get(f"/manage/banks/lich-su?topic={VI}").get_data(as_text=True).count("th-line") == 3


def test_what_cannot_be_is_told_and_changes_nothing(client: Client, app: Flask) -> None:
    signed_in(client)
    reply = client.post(f"{HERE}/topics", data={"do": "rename", "topic": VI, "name": VII})
    assert reply.status_code == 422
    assert "Đã có chủ đề “Đại hội VII”" in html.unescape(reply.get_data(as_text=True))
    reply = client.post(f"{HERE}/topics", data={"do": "delete", "topic": VI})
    assert "chưa xóa được" in html.unescape(reply.get_data(as_text=True))
    assert outline(app) == [VI, VII]


def test_whoever_only_sees_gets_no_buttons(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    page = client.get(f"{HERE}/topics").get_data(as_text=True)
    assert VI in page
    assert 'name="do"' not in page
    assert "/settings" not in client.get(HERE).get_data(as_text=True)


def test_settings(client: Client, app: Flask) -> None:
    signed_in(client)
    assert 'value="Lịch sử"' in client.get(f"{HERE}/settings").get_data(as_text=True)
    reply = client.post(f"{HERE}/settings", data={"title": "Sử Đảng", "own_approval": "y"})
    assert reply.status_code == 303
    with app.app_context():
        bank = queries.get_bank("lich-su")
        assert (bank.title, bank.own_approval) == ("Sử Đảng", True)
    client.post(f"{HERE}/settings", data={"title": "Sử Đảng"})
    with app.app_context():
        assert queries.get_bank("lich-su").own_approval is False
    assert client.post(f"{HERE}/settings", data={"title": " "}).status_code == 422


@pytest.mark.parametrize(
    "query, count",
    [
        ("", 3),
        ("state=approved", 3),
        ("state=in_review", 0),
        ("source=none", 0),
        ("near=y", 0),
        ("tag=khong", 0),
        ("level=Nhận biết", 2),
        ("q=hoi vii", 1),
        ("state=nonsense&near=no", 3),
    ],
)
def test_filters_of_the_bank(client: Client, query: str, count: int) -> None:
    signed_in(client)
    assert client.get(f"{HERE}?{query}").get_data(as_text=True).count("th-line") == count


def test_the_bank_says_what_waits_and_what_was_sent_back(client: Client, app: Flask) -> None:
    with app.app_context():
        bank = queries.get_bank("lich-su")
        for number, submit in ((1, True), (2, False)):
            row, revision = browsing.get_question(bank.id, number)
            value = replace(queries.as_question(row, revision), text=f"Câu viết lại {number}?")
            service.revise(row.id, value, seen_revision=revision.id, submit=submit, actor=ACTOR, now=NOW)
    signed_in(client)
    page = told(client, HERE)
    for words in ("1 câu của ngân hàng này chờ duyệt", "1 câu đang soạn hoặc bị trả lại", "bản cũ đang dùng"):
        assert words in page
    assert "Chờ duyệt (1)" in page
