"""/manage/banks: who gets in, the list, one bank, files out of it."""

import io

import pytest
from flask import Flask
from openpyxl import load_workbook

from question_bank.reading import read
from quiz.accounts.permissions import Permission, Role
from quiz.bank import queries, service
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.ladder import Step, climb, ladder
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR, signed_in

SEE, EDIT = Permission.SEE_BANKS, Permission.EDIT_BANKS
HERE, NOWHERE = "/manage/banks/lich-su", "/manage/banks/nothing"
TOKEN = "x" * 32


@pytest.fixture(autouse=True)
def bank(app: Flask) -> None:
    """A bank of three questions."""
    with app.app_context():
        found = read(csv_file(), "questions.csv")
        service.import_questions(found, "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW)


@ladder(
    Step("GET", "/manage/banks", SEE),
    Step("POST", "/manage/banks", Permission.MANAGE_BANKS, works=422),
    Step("GET", "/manage/banks/sample.xlsx", SEE),
    Step("GET", HERE, SEE, unknown=NOWHERE),
    Step("GET", f"{HERE}/export.xlsx", SEE, unknown=f"{HERE}/export.pdf"),
    Step("GET", f"{HERE}/export.csv", SEE, unknown=f"{NOWHERE}/export.csv"),
    Step("GET", f"{HERE}/import", EDIT, unknown=f"{NOWHERE}/import"),
    Step("POST", f"{HERE}/import", EDIT, works=422, unknown=f"{NOWHERE}/import"),
    Step("GET", f"{HERE}/import/{TOKEN}", EDIT, works=404),
    Step("POST", f"{HERE}/import/{TOKEN}", EDIT, works=404),
    Step("GET", f"{HERE}/import/{TOKEN}/problems.xlsx", EDIT, works=404),
    Step("GET", f"{HERE}/questions/1", SEE, unknown=f"{HERE}/questions/99"),
    Step("POST", f"{HERE}/questions/1", EDIT, unknown=f"{HERE}/questions/99"),
    Step("GET", f"{HERE}/questions/new", EDIT, unknown=f"{NOWHERE}/questions/new"),
    Step("POST", f"{HERE}/questions/new", EDIT, unknown=f"{HERE}/questions/new?copy=99"),
    Step("POST", f"{HERE}/questions/checks", EDIT, unknown=f"{NOWHERE}/questions/checks"),
    Step("POST", f"{HERE}/questions/1/steps", SEE, works=422, unknown=f"{HERE}/questions/0/steps"),
    Step("GET", f"{HERE}/questions/1/history", SEE, unknown=f"{HERE}/questions/1/history?a=7"),
    Step("GET", f"{HERE}/questions/1/trial", SEE, unknown=f"{HERE}/questions/99/trial"),
    Step("GET", f"{HERE}/questions/1/translations/en", SEE, unknown=f"{HERE}/questions/1/translations/xx"),
    Step(
        "POST",
        f"{HERE}/questions/1/translations/en",
        EDIT,
        works=409,
        unknown=f"{HERE}/questions/1/translations/xx",
    ),
)
def test_access(client: Client, step: Step) -> None:
    climb(client, step)


def test_the_list_and_a_new_bank(client: Client, app: Flask) -> None:
    signed_in(client)
    assert "Lịch sử" in client.get("/manage/banks").get_data(as_text=True)
    made = client.post("/manage/banks", data={"title": "Luật Đất đai", "slug": "luat-dat-dai"})
    assert (made.status_code, made.location) == (303, "/manage/banks/luat-dat-dai/import")
    with app.app_context():
        assert queries.get_bank("luat-dat-dai").title == "Luật Đất đai"
    taken = client.post("/manage/banks", data={"title": "Khác", "slug": "lich-su"})
    assert taken.status_code == 422
    assert "Đã có ngân hàng mang mã" in taken.get_data(as_text=True)


@pytest.mark.parametrize("data", [{}, {"title": "T", "slug": "Lịch"}, {"title": "x" * 301, "slug": "a"}])
def test_banks_that_cannot_be_called_so(client: Client, data: dict[str, str]) -> None:
    signed_in(client)
    assert client.post("/manage/banks", data=data).status_code == 422


@pytest.mark.parametrize(
    "query, seen, hidden",
    [
        ("", ["Đại hội VI họp", "Đường lối", "Đại hội VII họp"], []),
        ("?q=duong+loi", ["Đường lối"], ["Đại hội VI họp vào", "Đại hội VII họp"]),
        ("?topic=Đại+hội+VII", ["Đại hội VII họp"], ["Đường lối của"]),
        ("?level=Thông+hiểu", ["Đường lối của"], ["Đại hội VII họp"]),
        ("?state=retired", ["Không thấy câu hỏi nào"], ["Đường lối của"]),
        ("?q=zzz", ["Không thấy câu hỏi nào"], ["Đường lối của"]),
        ("?state=nonsense&page=-3", ["Đường lối của"], []),
        ("?q=%3Cscript%3E&topic=%22%3E&page=" + "9" * 40, ["Không thấy câu hỏi nào"], ["<script>"]),
    ],
)
def test_searching(client: Client, query: str, seen: list[str], hidden: list[str]) -> None:
    signed_in(client, Role.REVIEWER)
    text = client.get(HERE + query).get_data(as_text=True)
    assert all(words in text for words in seen)
    assert not any(words in text for words in hidden)
    assert "Nhập từ tệp" not in text, "who may only look sees no button for changing"


def test_exported_files_can_be_read_again(client: Client) -> None:
    signed_in(client, Role.AUDITOR)
    for extension in ("xlsx", "csv", "json"):
        reply = client.get(f"{HERE}/export.{extension}")
        assert f"filename=lich-su.{extension}" in reply.headers["Content-Disposition"]
        found = read(reply.get_data(), f"lich-su.{extension}")
        assert [question.correct for question in found.questions] == [(0,), (0,), (0,)]


def test_the_sample_offers_the_topics_of_the_bank(client: Client) -> None:
    signed_in(client)
    for address in ("/manage/banks/sample.xlsx", "/manage/banks/sample.xlsx?bank=lich-su"):
        book = load_workbook(io.BytesIO(client.get(address).get_data()))
        assert "Câu hỏi" in [cell.value for cell in book.worksheets[0][1]]
