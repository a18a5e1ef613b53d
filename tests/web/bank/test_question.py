"""The page of one question: reading, a new wording, retiring."""

from typing import Any

import pytest
from flask import Flask

from question_bank.reading import read
from quiz.accounts.permissions import Role
from quiz.bank import browsing, queries, service
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR, signed_in

HERE = "/manage/banks/lich-su/questions/1"


@pytest.fixture(autouse=True)
def form(app: Flask) -> dict[str, str]:
    """A bank of three questions, and the form of the first as the page sends it."""
    with app.app_context():
        service.import_questions(
            read(csv_file(), "q.csv"), "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW
        )
        row, revision = browsing.get_question(queries.get_bank("lich-su").id, 1)
        value = queries.as_question(row, revision)
        filled = {f"choices-{place}-text": choice.text for place, choice in enumerate(value.choices)}
        return filled | {
            "text": value.text,
            "key": "0",
            "do": "submit",
            "choices-4-text": "",
            "choices-5-text": "",
            "kind": "single",
            "topic": value.topic or "",
            "level": value.level or "",
            "source": value.source or "",
            "explanation": "",
            "seen_revision": str(revision.id),
        }


def revisions(app: Flask) -> list[tuple[str, list[int]]]:
    with app.app_context():
        row, _revision = browsing.get_question(queries.get_bank("lich-su").id, 1)
        return [(one.text, one.correct) for one in browsing.list_revisions(row.id)]


def test_the_page_shows_question_key_and_history(client: Client) -> None:
    signed_in(client)
    text = client.get(HERE).get_data(as_text=True)
    for words in (
        "Đại hội VI họp vào tháng nào?",
        "12/1986",
        "bản 1",
        "Có 1 đáp án đúng",
        "Chưa có giải thích",
    ):
        assert words in text


def test_who_may_only_look_gets_no_form(client: Client) -> None:
    signed_in(client, Role.REVIEWER)
    text = client.get(HERE).get_data(as_text=True)
    assert "12/1986 (đáp án)" in text
    assert 'id="sua"' not in text
    assert "Ngừng dùng" not in text


def test_another_wording_becomes_the_second_revision(
    client: Client, app: Flask, form: dict[str, str]
) -> None:
    signed_in(client, Role.EDITOR)
    saved = client.post(
        HERE, data=form | {"text": "Đại hội VI họp khi nào?", "choices-4-text": "Tháng 3/1982"}
    )
    assert (saved.status_code, saved.location) == (303, HERE)
    assert revisions(app) == [("Đại hội VI họp khi nào?", [0]), ("Đại hội VI họp vào tháng nào?", [0])]
    page = client.get(HERE).get_data(as_text=True)
    assert "Đã lưu bản 2" in page
    assert "Tháng 3/1982" in page


def test_nothing_changed_nothing_saved(client: Client, app: Flask, form: dict[str, str]) -> None:
    signed_in(client)
    client.post(HERE, data=form)
    assert len(revisions(app)) == 1
    assert "Không có gì thay đổi" in client.get(HERE).get_data(as_text=True)


@pytest.mark.parametrize(
    "changes, words, status",
    [
        ({"text": " "}, "Chưa có nội dung câu hỏi", 422),
        ({"key": ""}, "Chưa chọn đáp án đúng", 422),
        ({"key": ["0", "1"]}, "chỉ được chọn một phương án đúng", 422),
        ({"choices-0-text": " "}, "Có phương án để trống", 422),
        ({"choices-1-text": "12/1986"}, "Hai phương án giống nhau", 422),
        (
            {"choices-1-text": "", "choices-2-text": "", "choices-3-text": ""},
            "Cần ít nhất hai phương án",
            422,
        ),
        ({"topic_other": "x" * 301}, "dài quá 300", 422),
        ({"level_other": "x" * 41}, "dài quá 40", 422),
        ({"kind": "essay"}, "sua", 422),
        ({"seen_revision": "1", "text": "Khác?"}, "Có người vừa sửa câu này", 409),
        ({"seen_revision": "x", "text": "Khác?"}, "Có người vừa sửa câu này", 409),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    client: Client, app: Flask, form: dict[str, str], changes: dict[str, Any], words: str, status: int
) -> None:
    signed_in(client)
    sent = {name: value for name, value in (form | {"explanation": "Đã gõ dở"} | changes).items() if value}
    refused = client.post(HERE, data=sent)
    assert refused.status_code == status
    text = refused.get_data(as_text=True)
    assert words in text
    assert "Đã gõ dở" in text
    assert len(revisions(app)) == 1


def test_a_twin_is_refused_with_its_number(client: Client, app: Flask, form: dict[str, str]) -> None:
    signed_in(client)
    with app.app_context():
        _row, revision = browsing.get_question(queries.get_bank("lich-su").id, 2)
        seen = str(revision.id)
    refused = client.post(HERE.replace("/1", "/2"), data=form | {"seen_revision": seen})
    assert refused.status_code == 409
    assert "Câu 1 trong ngân hàng đã giống hệt" in refused.get_data(as_text=True)


def test_columns_that_the_form_does_not_have_cannot_be_set(
    client: Client, app: Flask, form: dict[str, str]
) -> None:
    signed_in(client)
    more = {
        "state": "approved",
        "number": "77",
        "bank_id": "9",
        "id": "1",
        "created_by": "1",
        "fingerprint": "0",
    }
    client.post(HERE, data=form | more | {"text": "Câu mới?"})
    with app.app_context():
        row, revision = browsing.get_question(queries.get_bank("lich-su").id, 1)
        assert (row.state, row.number, revision.number) == ("in_review", 1, 2)
        assert row.fingerprint != "0"


def test_retiring_and_restoring(client: Client) -> None:
    signed_in(client)
    assert client.get(f"{HERE}/steps").status_code == 405
    assert client.post(f"{HERE}/steps", data={"step": "retire"}).status_code == 303
    assert "Ngừng dùng</span>" in client.get(HERE).get_data(as_text=True)
    assert "Đại hội VI họp" in client.get("/manage/banks/lich-su?state=retired").get_data(as_text=True)
    client.post(f"{HERE}/steps", data={"step": "restore"})
    assert "được dùng lại" in client.get(HERE).get_data(as_text=True)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "=1+1"]
)
def test_what_is_typed_is_shown_as_text(client: Client, form: dict[str, str], text: str) -> None:
    signed_in(client)
    sent = {"text": text, "choices-1-text": f"a {text}", "source": text, "explanation": text, "topic": text}
    assert client.post(HERE, data=form | sent).status_code == 303
    for page in (HERE, "/manage/banks/lich-su"):
        shown = client.get(page).get_data(as_text=True)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert ">49<" not in shown
