"""Who sees and decides requests for another unit."""

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest
from tests.support.ladder import Step, climb, ladder

PAGE = "/manage/c/cuoc-thi/unit-requests"


@pytest.fixture(autouse=True)
def contest(app: Flask) -> None:
    with app.app_context():
        make_bank()
        make_contest()


@ladder(
    Step("GET", PAGE, Permission.SEE_CONTESTS, unknown="/manage/c/khong-co/unit-requests"),
    Step("POST", PAGE, Permission.JUDGE_ENTRIES, "/manage/c/khong-co/unit-requests", 422),
)
def test_who_may_decide(client: Client, step: Step):
    climb(client, step)
