"""The page that makes a contest after another one."""

import pytest

from quiz.accounts.permissions import Role
from quiz.contests.queries import find_contest
from tests.support.factories import make_bank, make_contest
from tests.support.staff import signed_in

PAGE = "/manage/c/cuoc-thi/clone"


@pytest.fixture(autouse=True)
def _contest(app):
    with app.app_context():
        make_bank()
        make_contest()


def test_from_the_form_to_putting_the_draft_together(app, client):
    signed_in(client)
    assert "Không lấy" in client.get(PAGE).text
    reply = client.post(PAGE, data={"title": "Năm sau", "slug": "nam-sau", "opens_on": "21/11/2027"})
    assert reply.status_code == 303
    page = client.get(reply.location).text
    assert "10:00 21/11/2027" in page  # the day that was asked for, at the hour of the former contest
    assert "Đang soạn" in page


def test_what_is_wrong_stands_at_its_field_and_nothing_is_made(app, client):
    signed_in(client)
    reply = client.post(PAGE, data={"title": "", "slug": "Năm Sau", "opens_on": "31/02/2027"})
    assert reply.status_code == 422
    assert "gạch nối, ví dụ dai-hoi-2027" in reply.text
    taken = client.post(PAGE, data={"title": "Khác", "slug": "cuoc-thi"})
    assert taken.status_code == 409
    assert "đã dùng cho một cuộc thi khác" in taken.text
    with app.app_context():
        assert find_contest("nam-sau") is None


def test_only_who_may_edit(client):
    signed_in(client, Role.AUDITOR)
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE).status_code == 403


def test_the_command_does_the_same(app):
    runner = app.test_cli_runner()
    made = runner.invoke(args=["contest", "clone", "cuoc-thi", "nam-sau", "Năm sau", "--opens", "2027-11-21"])
    assert made.exit_code == 0, made.output
    assert "nam-sau" in made.output
    again = runner.invoke(args=["contest", "clone", "cuoc-thi", "nam-sau", "Năm sau"])
    assert again.exit_code != 0
