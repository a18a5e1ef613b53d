"""A definition as a file: taken, or refused with words; nothing half done."""

from io import BytesIO

import pytest

from quiz.contests.queries import find_contest
from quiz.core.database import db
from tests.support.factories import make_bank
from tests.support.staff import signed_in

NEW = "/manage/contests/new"
GOOD = """
[contest]
slug = "moi"
title = "Cuộc thi mới"
organiser = "Ban Tổ chức"
hotline = "0212 000 0000"

[[rounds]]
number = 1
name = "Tuần 1"
opens_at = 2030-11-16T10:00:00
closes_at = 2030-11-23T09:00:00
minutes = 10
paper = { bank = "bank", matrix = [{ count = 5 }] }
"""


def _sent(data: bytes, name: str = "moi.toml") -> dict[str, object]:
    return {"file": (BytesIO(data), name)}


def _exists(app) -> bool:
    with app.app_context():
        db.session.rollback()
        return find_contest("moi") is not None


@pytest.fixture(autouse=True)
def _organiser(client):
    signed_in(client)


def test_a_file_makes_a_contest_of_drafts(app, client):
    with app.app_context():
        make_bank()
    reply = client.post(NEW, data=_sent("\ufeff".encode() + GOOD.encode()))
    assert reply.status_code == 303
    page = client.get(reply.location).text
    assert "Đã lập cuộc thi" in page
    assert "Đang soạn" in page


def test_a_definition_whose_bank_is_missing_is_refused(app, client):
    reply = client.post(NEW, data=_sent(GOOD.encode()))
    assert reply.status_code == 409
    assert "chưa có ngân hàng câu hỏi “bank”" in reply.text
    assert not _exists(app)


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "tệp trống"),
        (b"PK\x03\x04\xff\xfe\x00", "không phải văn bản UTF-8"),
        (b"a\0b", "không phải văn bản"),
        (GOOD.replace("minutes = 10", "minutes = -3").encode(), "Dòng 13"),
        (GOOD.replace("closes_at = 2030", "closes_at = 2029").encode(), "Dòng 12"),
        (b"[contest\n", "Dòng 1"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(data, words, app, client):
    with app.app_context():
        make_bank()
    reply = client.post(NEW, data=_sent(data))
    assert reply.status_code == 422
    assert words in reply.text
    assert not _exists(app)


def test_a_file_that_is_far_too_large_is_refused(app, client):
    # Only the length counts: the body itself is read away.
    reply = client.post(
        NEW,
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(50 * 1024 * 1024)},
    )
    assert reply.status_code == 413
    assert not _exists(app)
