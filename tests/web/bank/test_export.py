"""A bank as a file: what each format loses is said before."""

import pytest
from flask import Flask

from question_bank.reading import read
from question_bank.values import Citation, Question, Translation
from question_bank.writers import FEATURES
from question_bank.writers import json as lossless
from quiz.accounts.permissions import Permission, Role
from quiz.bank import service
from quiz.bank.labels import LOST_PARTS
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.ladder import Step, climb
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR, signed_in

HERE = "/manage/banks/lich-su/export"


@pytest.fixture(autouse=True)
def bank(app: Flask) -> None:
    """Three questions, one of them with everything that only our own format knows."""
    questions = list(read(csv_file(), "q.csv").questions)
    rich = Question(
        **{name: getattr(questions[0], name) for name in Question.__slots__}
        | {
            "tags": ("cương lĩnh",),
            "citation": Citation(where="trang 5"),
            "translations": (Translation("en", "When?", ("a", "b", "c", "d")),),
        }
    )
    report = read(lossless.write([rich, *questions[1:]]), "q.json")
    with app.app_context():
        service.import_questions(report, "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW)


def test_losses_are_listed_with_their_counts(client: Client) -> None:
    signed_in(client, Role.AUDITOR)
    page = client.get(HERE).get_data(as_text=True)
    aiken = page.split('id="f-aiken"')[1].split("</section>")[0]
    assert "nguồn trích dẫn: 3 câu" in aiken
    gift = page.split('id="f-gift"')[1].split("</section>")[0]
    assert "bản dịch: 1 câu" in gift
    own = page.split('id="f-json"')[1].split("</section>")[0]
    assert "Giữ đủ mọi thứ" in own
    assert client.get("/manage/banks/lich-su").get_data(as_text=True).count(f'href="{HERE}"') == 1


def test_everything_that_can_be_lost_has_words() -> None:
    assert LOST_PARTS.keys() == FEATURES.keys()


@pytest.mark.parametrize("name, extension", [("docx-paper", "docx"), ("json", "json"), ("aiken", "txt")])
def test_every_format_of_the_page_can_be_had(client: Client, name: str, extension: str) -> None:
    signed_in(client)
    assert f"{HERE}.{name}" in client.get(HERE).get_data(as_text=True)
    reply = client.get(f"{HERE}.{name}")
    assert reply.status_code == 200
    assert f"lich-su.{extension}" in reply.headers["Content-Disposition"]


def test_who_may_see_it(client: Client) -> None:
    climb(client, Step("GET", HERE, Permission.SEE_BANKS, unknown="/manage/banks/khong-co/export"))
