"""A file with pictures in the preview of its import, and what is stored of it."""

import io

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from question_bank.values import Image, Question
from question_bank.writers import find_writer
from quiz.accounts.permissions import Role
from quiz.bank.banks import create_bank
from quiz.bank.queries import get_bank, list_exported
from tests.support import pictures as made
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.questions import make_question
from tests.support.staff import ACTOR, signed_in

HERE = "/manage/banks/lich-su/import"


@pytest.fixture(autouse=True)
def bank(app: Flask) -> None:
    """An empty bank."""
    with app.app_context():
        create_bank("lich-su", "Lịch sử", actor=ACTOR, now=NOW)


def preview(client: Client, *questions: Question, tab: str) -> tuple[str, str]:
    """The address of the preview, and one of its tabs."""
    writer = find_writer("moodle")
    assert writer is not None
    signed_in(client, Role.EDITOR)
    file = FileStorage(io.BytesIO(writer.write(questions)), filename="cau-hoi.xml")
    boundary, body = encode_multipart({"file": file})
    sent = client.post(HERE, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return sent.location, client.get(f"{sent.location}?tab={tab}").get_data(as_text=True)


def question(data: bytes, alt: str, number: str = "1") -> Question:
    images = (Image("a.png", "image/png", data, alt), Image("b.png", "image/png", made.png(8, 8), "ô đỏ", 1))
    return make_question(f"Hình {number} vẽ gì?", number=number, images=images)


def test_pictures_are_shown_before_anything_is_stored(client: Client, app: Flask) -> None:
    address, page = preview(client, question(made.telling_png(), "bản đồ"), tab="hop-le")
    assert 'alt="bản đồ"' in page
    assert 'alt="ô đỏ"' in page
    assert client.post(address).status_code == 303
    with app.app_context():
        [stored] = list_exported(get_bank("lich-su").id)
        assert [(one.data, one.alt, one.choice) for one in stored.images] == [
            (made.png(), "bản đồ", None),
            (made.png(8, 8), "ô đỏ", 1),
        ]


def test_no_description_is_said_and_none_is_made_up(client: Client) -> None:
    _address, page = preview(client, question(made.png(), ""), tab="loi")
    assert "chưa có mô tả bằng chữ" in page
    assert "Mô tả hình (văn bản thay thế) trong vài chữ" in page
    assert "text-danger" not in page


def test_what_cannot_be_kept_is_an_error_and_the_rest_can_be_taken(client: Client, app: Flask) -> None:
    address, page = preview(
        client, question(made.MOVING_GIF, "hình"), question(made.png(), "đúng", "2"), tab="loi"
    )
    assert "là hình động" in page
    assert "Lưu một khung hình ở dạng PNG" in page
    assert "Nhập 1 câu hợp lệ" in page
    client.post(address, data={"accept_partial": "y"})
    with app.app_context():
        assert [one.text for one in list_exported(get_bank("lich-su").id)] == ["Hình 2 vẽ gì?"]


def test_twins_in_words_show_the_pictures_that_differ(client: Client) -> None:
    words = ("Con số trong hình là bao nhiêu, theo số liệu năm 2025?", ("13", "158", "525", "1.008"))
    one = make_question(*words, images=(Image("a.png", "image/png", made.png(), "biểu đồ một"),))
    two = make_question(
        *words, number="2", images=(Image("a.png", "image/png", made.png(9, 9), "biểu đồ hai"),)
    )
    _address, page = preview(client, one, two, tab="gan-trung")
    assert page.count('<img src="data:image/png;base64,') == 2
    assert "Mô tả hình: biểu đồ một" in page
    assert "Mô tả hình: biểu đồ hai" in page
