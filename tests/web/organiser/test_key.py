"""Correcting a key from the organisers' pages: preview, then apply."""

from datetime import timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission
from quiz.attempts import queries, service
from quiz.attempts.sheets import Sheet
from quiz.bank.queries import revisions
from quiz.core import clock
from tests.support.client import Client
from tests.support.factories import KEYRING, make_bank, make_contest, make_entry, round_definition
from tests.support.ladder import Step, climb
from tests.support.staff import make_staff, sign_in_as, signed_in

WORDS = {"reason": "Tài liệu gốc ghi khác", "notice": "Câu 1 nhận thêm đáp án."}


@pytest.fixture
def played(app: Flask) -> tuple[str, int, int]:
    """A handed-in attempt: (its code, a revision on it, the choice that was ticked there and is wrong)."""
    now = clock.now()
    with app.app_context():
        make_bank(questions=6)
        times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
        contest = make_contest("dang-mo", round_definition(**times))
        entry = make_entry(contest, 1)
        attempt = service.start(contest, entry.id, 1, now=now, keyring=KEYRING)
        revision, order = attempt.paper[0]
        wrong = (revisions([revision])[revision].correct[0] + 1) % 4
        sheet = Sheet(1, {1: (order.index(wrong) + 1,)}, (), "5")
        service.submit(attempt.code, sheet, entry_id=entry.id, now=now, keyring=KEYRING)
        return attempt.code, revision, wrong


@pytest.mark.parametrize("method,works", [("GET", 200), ("POST", 422)])
def test_only_who_may_publish(client: Client, played: tuple[str, int, int], method: str, works: int):
    _code, revision, _wrong = played
    path = f"/manage/c/dang-mo/rounds/1/key/{revision}"
    climb(client, Step(method, path, Permission.PUBLISH, "/manage/c/dang-mo/rounds/1/key/5", works))


def test_a_preview_changes_nothing_and_applying_does(client: Client, played: tuple[str, int, int]):
    code, revision, wrong = played
    signed_in(client)
    path = f"/manage/c/dang-mo/rounds/1/key/{revision}"
    form = WORDS | {"way": "accept", "picked": str(wrong)}
    page = client.post(path, data=form | {"step": "preview"})
    assert page.status_code == 200
    assert "Bài được thêm một câu đúng" in page.text
    with client.application.app_context():
        assert queries.get_attempt(code).correct_count == 0
    asked = client.post(path, data=form | {"step": "apply"})
    assert asked.status_code == 303
    with client.application.app_context():
        assert queries.get_attempt(code).correct_count == 0
        sign_in_as(client, make_staff("nguoi-thu-hai"))
    assert "Bài được thêm một câu đúng" in client.get(asked.location).text
    assert client.post(f"{asked.location}/approve").status_code == 303
    with client.application.app_context():
        assert queries.get_attempt(code).correct_count == 1
    assert "Câu 1 nhận thêm đáp án." in client.get(path).text
    public = client.get("/c/dang-mo").text
    assert "Câu 1 nhận thêm đáp án." in public


def test_what_is_missing_is_said(client: Client, played: tuple[str, int, int]):
    _code, revision, _wrong = played
    signed_in(client)
    path = f"/manage/c/dang-mo/rounds/1/key/{revision}"
    nothing = client.post(path, data=WORDS | {"way": "replace", "step": "apply"})
    assert nothing.status_code == 422
    assert "Đánh dấu ít nhất một phương án" in nothing.text
    silent = client.post(path, data={"way": "void", "step": "apply", "reason": "x"})
    assert silent.status_code == 422
    assert "cần có thông báo" in silent.text
