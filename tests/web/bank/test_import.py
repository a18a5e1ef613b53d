"""A file of questions from choosing to saving, through the pages."""

import io
from datetime import timedelta

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from quiz.accounts.permissions import Role
from quiz.audit.models import AuditEvent
from quiz.bank.banks import create_bank
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.core import clock
from quiz.core.database import db
from quiz.core.settings import ROOT
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.question_files import csv_file, table, xlsx_file
from tests.support.staff import ACTOR, signed_in

HERE = "/manage/banks/lich-su/import"
MEGABYTE = 1024 * 1024
# Row 3 says the same as row 2.
_AGAIN = {f"{column}3": cell for column, cell in zip("BCDEFGHIJ", table()[1][1:], strict=True)}


@pytest.fixture(autouse=True)
def bank(app: Flask) -> None:
    """An empty bank."""
    with app.app_context():
        create_bank("lich-su", "Lịch sử", actor=ACTOR, now=NOW)


def send(client: Client, data: bytes, name: str = "questions.csv") -> TestResponse:
    """Send a file. The body is made here: the test client would leave a temporary file open."""
    file = FileStorage(io.BytesIO(data), filename=name)
    boundary, body = encode_multipart({"file": file})
    return client.post(HERE, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def rows(app: Flask) -> list[int]:
    with app.app_context():
        tables = (Bank, BankQuestion, QuestionRevision)
        return [db.session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def test_everything_is_shown_and_nothing_saved_before_the_click(client: Client, app: Flask) -> None:
    signed_in(client, Role.EDITOR)
    sent = send(client, csv_file())
    assert sent.status_code == 303
    page = client.get(sent.location).get_data(as_text=True)
    for words in ("Đại hội VI họp vào tháng nào?", "12/1986 (đáp án)", "cột đáp án", "dòng 2", "Nhập 3 câu"):
        assert words in page
    assert rows(app) == [1, 0, 0]
    saved = client.post(sent.location)
    assert (saved.status_code, saved.location) == (303, "/manage/banks/lich-su")
    assert rows(app) == [1, 3, 3]
    assert "Đã nhập 3 câu" in client.get(saved.location).get_data(as_text=True)
    with app.app_context():
        last = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert last is not None
        assert (last.action, last.actor_kind, last.detail["saved"]) == ("bank_imported", "staff", 3)


def test_the_demo_workbook(client: Client, app: Flask) -> None:
    signed_in(client)
    data = (ROOT / "demo" / "banks" / "lich-su-dai-hoi.xlsx").read_bytes()
    address = send(client, data, "lich-su-dai-hoi.xlsx").location
    first = client.get(address).get_data(as_text=True)
    assert "Nhập 64 câu" in first
    assert first.count('class="th-line"') == 40
    assert client.get(address + "?tab=hop-le&page=2").get_data(as_text=True).count('class="th-line"') == 24
    client.post(address)
    assert rows(app) == [1, 64, 64]


@pytest.mark.parametrize(
    "changes, where, what, mend",
    [
        ({"I3": ""}, "Dòng 3, cột “Đáp án”", "chưa có đáp án đúng", "Ghi đáp án đúng"),
        ({"I3": "E"}, "Dòng 3, cột “Đáp án”", "không khớp phương án nào", "Ghi chữ cái"),
        ({"F4": ""}, "Dòng 4, cột “B”", "phương án B để trống", "Điền phương án B"),
        (_AGAIN, "Dòng 3", "trùng hoàn toàn với câu 1", "Xóa một trong hai câu"),
    ],
    ids=["no key", "unknown letter", "empty choice", "repeated"],
)
def test_defects_are_told_with_place_message_and_mend(
    client: Client, app: Flask, changes: dict[str, str], where: str, what: str, mend: str
) -> None:
    signed_in(client)
    address = send(client, csv_file(table(**changes))).location
    page = client.get(address).get_data(as_text=True)
    assert all(words in page for words in (where, what, mend))
    assert "Nhập 2 câu hợp lệ" in page
    refused = client.post(address)
    assert refused.status_code == 303
    assert "tab=loi" in refused.location
    assert rows(app) == [1, 0, 0], "without saying so nobody gets half a file"
    client.post(address, data={"accept_partial": "y"})
    assert rows(app) == [1, 2, 2]


def test_a_wrong_column_name_refuses_the_file_at_once(client: Client, app: Flask) -> None:
    signed_in(client)
    refused = send(client, csv_file(table(I1="Đáp số chấm")))
    assert refused.status_code == 422
    text = refused.get_data(as_text=True)
    assert "Thiếu cột" in text
    assert "Đáp số chấm" in text
    assert rows(app) == [1, 0, 0]


@pytest.mark.parametrize(
    "data, name, words",
    [
        (b"", "questions.xlsx", "Tệp trống"),
        (b"%PDF-1.7", "questions.xlsx", "Đây là tệp PDF"),
        (csv_file(), "questions.docx", "nội dung là"),
        (b"MZ" + bytes(99), "run.exe", "Không nhận ra định dạng"),
        (bytes(20 * MEGABYTE + 1), "questions.csv", "vượt giới hạn 20 MB"),
    ],
    ids=["empty", "pdf", "csv as docx", "program", "20 MB and 1"],
)
def test_files_that_cannot_be_read(client: Client, app: Flask, data: bytes, name: str, words: str) -> None:
    signed_in(client)
    refused = send(client, data, name)
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)
    assert rows(app) == [1, 0, 0]


def test_fifty_megabytes_get_words_and_not_a_broken_page(client: Client, app: Flask) -> None:
    signed_in(client)
    refused = send(client, bytes(50 * MEGABYTE), "questions.xlsx")
    assert refused.status_code == 413
    assert "Tệp lớn khoảng 50 MB, vượt giới hạn 20 MB" in refused.get_data(as_text=True)
    assert rows(app) == [1, 0, 0]


def test_large_bodies_are_for_those_with_the_right_only(client: Client) -> None:
    assert send(client, bytes(MEGABYTE)).status_code == 413
    signed_in(client, Role.REVIEWER)
    assert send(client, bytes(MEGABYTE)).status_code == 413
    assert client.post("/login", data={"username": "x" * 100_000}).status_code == 413


@pytest.mark.parametrize("data", [{}, {"file": ""}])
def test_no_file_chosen(client: Client, data: dict[str, str]) -> None:
    signed_in(client)
    refused = client.post(HERE, data=data)
    assert refused.status_code == 422
    assert "chưa chọn tệp" in refused.get_data(as_text=True)


def test_what_the_bank_has_already_and_what_is_near(client: Client, app: Flask) -> None:
    signed_in(client)
    client.post(send(client, csv_file()).location)
    again = send(client, csv_file(table(D2="Đại hội VI của Đảng họp vào tháng nào vậy?"))).location
    known = client.get(again + "?tab=da-co").get_data(as_text=True)
    assert known.count("trong ngân hàng, nên không nhập lại") == 2
    near = client.get(again + "?tab=gan-trung").get_data(as_text=True)
    assert "Giống " in near
    assert " <mark>của Đảng</mark>" in near
    client.post(again)
    assert rows(app) == [1, 3, 3], "what is near waits until somebody decides"


def test_another_key_than_the_bank_has_is_an_error(client: Client, app: Flask) -> None:
    signed_in(client)
    client.post(send(client, csv_file()).location)
    address = send(client, xlsx_file(table(I2="B")), "questions.xlsx").location
    page = client.get(address).get_data(as_text=True)
    assert "với đáp án khác" in page
    assert client.post(address).status_code == 303
    assert rows(app) == [1, 3, 3]


def test_the_list_of_problems_as_a_workbook(client: Client) -> None:
    signed_in(client)
    address = send(client, csv_file(table(I3=""))).location
    reply = client.get(f"{address}/problems.xlsx")
    sheet = load_workbook(io.BytesIO(reply.get_data())).active
    assert sheet is not None
    assert sheet["A2"].value == "dòng 3, cột “Đáp án”"


def test_a_kept_file_is_its_senders_and_its_banks_alone(client: Client, app: Flask) -> None:
    signed_in(client)
    address = send(client, csv_file()).location
    with app.app_context():
        create_bank("khac", "Khác", actor=ACTOR, now=NOW)
    assert client.get(address.replace("lich-su", "khac")).status_code == 404
    other = app.test_client()
    assert isinstance(other, Client)
    signed_in(other, Role.EDITOR)
    assert other.get(address).status_code == 404
    assert other.post(address, data={"accept_partial": "y"}).status_code == 404
    for token in ("../../secret.key", "x", "x" * 32, "%2e%2e%2f" * 4):
        assert client.get(f"{HERE}/{token}").status_code == 404
    assert client.get(address).status_code == 200
    assert rows(app) == [2, 0, 0]


def test_a_kept_file_is_gone_after_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(client)
    address = send(client, csv_file()).location
    now = clock.now()
    for minutes in (20, 40, 59):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: now + timedelta(minutes=minutes))
        assert client.get(address).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=61))
    gone = client.get(address)
    assert gone.status_code == 404
    assert "quá một giờ" in gone.get_data(as_text=True)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "C:\\bank\\câu hỏi.csv", "a\u202egpj.csv", "<b>x</b>.csv"]
)
def test_names_of_files_are_only_shown(client: Client, name: str) -> None:
    signed_in(client)
    page = client.get(send(client, csv_file(), name).location).get_data(as_text=True)
    assert "etc/passwd" not in page
    assert "\u202e" not in page
    assert "<b>x</b>" not in page
