"""/manage/documents/<slug>/coverage: what is missing, and the way to writing it."""

from flask import Flask
from sqlalchemy import update

from quiz.accounts.permissions import Role
from quiz.bank.models import BankQuestion, QuestionRevision
from quiz.core.database import transaction
from tests.support.client import Client
from tests.support.documents import make_document
from tests.support.factories import make_bank
from tests.support.staff import signed_in

AT = "/manage/documents/lich-su/coverage"


def prepare(app: Flask) -> None:
    """Two passages with questions, one without; questions 1 and 2 cite them."""
    with app.app_context():
        make_document()
        make_bank()
        make_bank("khac", questions=0)
        with transaction() as session:
            for number in (1, 2):
                question = session.query(BankQuestion).filter_by(number=number).one()
                question.approved_revision_id = question.current_revision_id
                quote = "họp tại Ma Cao" if number == 1 else "không có lời này"
                session.execute(
                    update(QuestionRevision)
                    .where(QuestionRevision.id == question.current_revision_id)
                    .values(passage=f"lich-su/{number}", citation={"quote": quote})
                )


def test_passages_with_and_without_questions(app: Flask, client: Client) -> None:
    prepare(app)
    signed_in(client, Role.EDITOR)
    page = client.get(AT).get_data(as_text=True)
    assert "2 trên 3 đoạn có câu hỏi đã duyệt" in page
    assert 'href="/manage/banks/bank/questions/1"' in page
    assert page.count("lời trích không còn trong đoạn") == 1
    only = client.get(f"{AT}?only=none").get_data(as_text=True)
    assert "#doan-3" in only
    assert "#doan-1" not in only


def test_the_way_to_a_question_about_a_passage(app: Flask, client: Client) -> None:
    prepare(app)
    signed_in(client, Role.EDITOR)
    address = "/manage/banks/bank/questions/new?passage=lich-su/3"
    assert f'href="{address}"' in client.get(AT).get_data(as_text=True)
    assert "III. Đại hội lần thứ ba" in client.get(address).get_data(as_text=True)
    other = client.get(f"{AT}?bank=khac").get_data(as_text=True)
    assert 'href="/manage/banks/khac/questions/new?passage=lich-su/3"' in other


def test_who_only_looks_is_not_asked_to_write(app: Flask, client: Client) -> None:
    prepare(app)
    signed_in(client, Role.AUDITOR)
    assert "Soạn câu<" not in client.get(AT).get_data(as_text=True)
