"""The editor without a script: rows, passages, pictures; adding, copying; and that nothing gets lost."""

import io
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from question_bank.reading import read
from question_bank.values import Citation, Question, Translation
from quiz.accounts.permissions import Role
from quiz.bank import browsing, queries, service
from quiz.bank.errors import QuestionConflict
from tests.support.client import Client
from tests.support.documents import make_document
from tests.support.factories import NOW
from tests.support.pictures import png
from tests.support.plain_forms import Form, form_to, send_as
from tests.support.question_files import csv_file
from tests.support.question_strategies import MAYBE, TEXTS, questions
from tests.support.staff import ACTOR, signed_in

BANK = "/manage/banks/lich-su"
HERE = f"{BANK}/questions/1"


@pytest.fixture(autouse=True)
def bank(app: Flask) -> None:
    """A bank of three questions."""
    with app.app_context():
        service.import_questions(
            read(csv_file(), "q.csv"), "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW
        )


def press(client: Client, page: TestResponse, address: str, do: str, **typed: Any) -> TestResponse:
    """Send the page's form as it stands, with what was typed, by the button `do`."""
    form: Form = form_to(page, address)
    return client.post(address, data=send_as(form.filled({}), typed | {"do": do}))


def texts(page: TestResponse) -> list[str]:
    fields = form_to(page, HERE).fields
    return [value for name, value in fields if name.startswith("choices-") and name.endswith("-text")]


def question(app: Flask, number: int) -> Question:
    with app.app_context():
        return queries.as_question(*browsing.get_question(queries.get_bank("lich-su").id, number))


def test_rows_by_buttons(client: Client, app: Flask) -> None:
    signed_in(client, Role.EDITOR)
    page = client.get(HERE)
    assert texts(page) == ["12/1986", "12/1976", "6/1991", "9/1960"]
    page = press(client, page, HERE, "down:0", text="Đang gõ dở")
    assert texts(page) == ["12/1976", "12/1986", "6/1991", "9/1960"]
    page = press(client, page, HERE, "remove:3")
    page = press(client, page, HERE, "add")
    assert len(texts(page)) == 5
    assert "Đang gõ dở" in page.get_data(as_text=True)
    assert question(app, 1).text == "Đại hội VI họp vào tháng nào?"
    saved = press(client, page, HERE, "save", **{"choices-3-text": "3/1982"})
    assert saved.status_code == 303
    made = question(app, 1)
    assert [one.text for one in made.choices] == ["12/1976", "12/1986", "6/1991", "3/1982"]
    assert made.correct == (1,)


def test_a_passage_is_found_and_cited(client: Client, app: Flask) -> None:
    with app.app_context():
        make_document("lich-su", "Đại hội VI họp từ ngày 15 đến ngày 18/12/1986 tại Hà Nội.")
    signed_in(client, Role.EDITOR)
    page = press(client, client.get(HERE), HERE, "find", passage_words="dai hoi vi hop", source="")
    assert 'value="cite:lich-su/1"' in page.get_data(as_text=True)
    page = press(client, page, HERE, "cite:lich-su/1")
    press(client, page, HERE, "submit")
    made = question(app, 1)
    assert made.citation is not None
    assert made.citation.passage == "lich-su/1"
    assert made.source
    new = client.get(f"{BANK}/questions/new?passage=lich-su/1").get_data(as_text=True)
    assert "15 đến ngày 18/12/1986" in new


def test_a_picture_needs_words_and_stays_until_it_is_left_out(client: Client, app: Flask) -> None:
    signed_in(client, Role.EDITOR)
    sent = {"picture": (io.BytesIO(png()), "cau.png")}
    refused = press(client, client.get(HERE), HERE, "picture", **sent)
    assert refused.status_code == 422
    assert "chưa mô tả hình" in refused.get_data(as_text=True)
    wrong = {"picture": (io.BytesIO(b"<svg></svg>"), "cau.svg"), "picture_alt": "Cầu treo"}
    assert press(client, client.get(HERE), HERE, "picture", **wrong).status_code == 422
    sent = {"picture": (io.BytesIO(png()), "cau.png"), "picture_alt": "Cầu treo", "picture_slot": "1"}
    page = press(client, client.get(HERE), HERE, "picture", **sent)
    assert "/pictures/" in page.get_data(as_text=True)
    press(client, page, HERE, "save")
    assert [(one.alt, one.choice) for one in question(app, 1).images] == [("Cầu treo", 1)]
    press(client, client.get(HERE), HERE, "save", **{"pictures-0-gone": "y"})
    assert question(app, 1).images == ()


def test_adding_copying_and_one_more(client: Client, app: Flask) -> None:
    signed_in(client, Role.EDITOR)
    new = f"{BANK}/questions/new"
    page = client.get(new)
    assert press(client, page, new, "submit").status_code == 422
    typed = {
        "text": "Đại hội VIII họp năm nào?",
        "choices-0-text": "1996",
        "choices-1-text": "2001",
        "key": "0",
        "topic_other": "Đại hội VIII",
    }
    added = press(client, page, new, "next", **typed)
    assert added.location.startswith(f"{new}?topic=")
    assert "Đại hội VIII" in client.get(added.location).get_data(as_text=True)
    assert question(app, 4).topic == "Đại hội VIII"
    copy = f"{new}?copy=4"
    twin = press(client, client.get(copy), copy, "save")
    assert twin.status_code == 409
    assert "Câu 4 trong ngân hàng đã giống hệt" in twin.get_data(as_text=True)
    copied = press(client, twin, copy, "save", text="Đại hội IX họp năm nào?", key="1")
    assert copied.location == f"{BANK}/questions/5"


def test_after_a_conflict_what_was_typed_is_saved_on_top(client: Client, app: Flask) -> None:
    signed_in(client, Role.EDITOR)
    old = client.get(HERE)
    press(client, old, HERE, "submit", text="Đại hội VI khai mạc tháng nào?")
    refused = press(client, old, HERE, "submit", text="Đại hội VI bế mạc tháng nào?")
    assert refused.status_code == 409
    assert press(client, refused, HERE, "submit").status_code == 409
    newer = next(value for name, value in form_to(refused, HERE).offered if name == "seen_newer")
    assert press(client, refused, HERE, "submit", seen_newer=newer, link="x").status_code == 422
    assert press(client, refused, HERE, "submit", seen_newer=newer).status_code == 303
    assert question(app, 1).text == "Đại hội VI bế mạc tháng nào?"


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"link": "javascript:alert(1)"}, "phải bắt đầu bằng https://"),
        ({"choices-0-weight": "nửa"}, "phần điểm là số"),
        ({"passage": "../x"}, "đoạn văn bản không còn đúng"),
    ],
)
def test_what_is_no_value_is_refused(client: Client, changes: dict[str, str], words: str) -> None:
    signed_in(client, Role.EDITOR)
    refused = press(client, client.get(HERE), HERE, "submit", **changes)
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)


def test_checks_while_typing(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    typed = {
        "text": "Đại hội VI họp vào tháng mấy?",
        "choices-0-text": "12/1986",
        "choices-1-text": "12/1976",
        "choices-2-text": "6/1991",
        "choices-3-text": "9/1960",
        "key": "0",
        "kind": "single",
    }
    card = client.post(f"{BANK}/questions/checks", data=typed).get_data(as_text=True)
    assert "Gần trùng câu 1" in card
    assert "<html" not in card
    own = client.post(f"{BANK}/questions/checks?number=1", data=typed).get_data(as_text=True)
    assert "Gần trùng câu 1" not in own


LINE = TEXTS.filter(lambda text: "\n" not in text)


@st.composite
def whole_questions(draw: st.DrawFn) -> Question:
    """Questions with everything that a question may have but pictures."""
    made = draw(questions(with_everything=True))
    texts = st.tuples(*[TEXTS] * len(made.choices))
    translations = [Translation(tag, draw(TEXTS), draw(texts), draw(MAYBE)) for tag in ("en", "lo")]
    cited = Citation(draw(MAYBE), draw(st.sampled_from([None, "https://a.vn/b?c=1"])), draw(MAYBE))
    return replace(
        made,
        images=(),
        tags=tuple(draw(st.lists(LINE, max_size=3, unique=True))),
        citation=cited if cited != Citation() else None,
        translations=tuple(translations[: draw(st.integers(0, 2))]),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
@given(made=whole_questions())
def test_saving_an_untouched_form_loses_nothing(client: Client, app: Flask, made: Question) -> None:
    with app.app_context():
        try:
            row = service.add_question(
                queries.get_bank("lich-su").id, made, submit=False, actor=ACTOR, now=NOW
            )
        except QuestionConflict:
            assume(False)
        number = row.number
    with client.session_transaction() as session:
        is_known = "_user_id" in session
    if not is_known:
        signed_in(client, Role.EDITOR)
    before, address = question(app, number), f"{BANK}/questions/{number}"
    saved = press(client, client.get(address), address, "save")
    assert saved.status_code == 303, saved.get_data(as_text=True)
    assert question(app, number) == before
    with app.app_context():
        row, _revision = browsing.get_question(queries.get_bank("lich-su").id, number)
        assert len(browsing.list_revisions(row.id)) == 1
