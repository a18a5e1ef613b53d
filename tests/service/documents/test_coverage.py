"""Which passages have how many questions, by the banks' own rows."""

from flask import Flask
from sqlalchemy import update

from quiz.bank.models import BankQuestion, QuestionRevision
from quiz.bank.passage_coverage import DocumentCoverage, coverage_of
from quiz.core.database import db, transaction
from quiz.documents.queries import get_document
from tests.support.documents import TEXT, make_document
from tests.support.factories import make_bank


def cite(number: int, passage: str, quote: str = "", state: str = "approved", *, drawn: bool = True) -> None:
    """Let question `number` of the bank cite a passage."""
    with transaction() as session:
        question = session.query(BankQuestion).filter_by(number=number).one()
        revision_id = question.current_revision_id
        question.state = state
        question.approved_revision_id = revision_id if drawn else None
        values = {"passage": passage, "citation": {"passage": passage, "quote": quote}}
        session.execute(update(QuestionRevision).where(QuestionRevision.id == revision_id).values(**values))


def covered() -> DocumentCoverage:
    db.session.expire_all()
    return coverage_of(get_document("lich-su"))


def test_questions_are_counted_by_passage_and_state(app: Flask) -> None:
    make_document()
    make_document("lich-su-khac")
    make_bank()
    assert [one.drawn for one in covered().passages] == [0, 0, 0]
    cite(1, "lich-su/1", "họp tại MA CAO")
    cite(2, "lich-su/1", "họp ở Paris")
    cite(3, "lich-su/2", state="in_review", drawn=False)
    cite(4, "lich-su/2", state="retired")
    cite(5, "lich-su-khac/1")
    found = covered()
    counts = [(one.drawn, one.waiting, one.retired) for one in found.passages]
    assert counts == [(2, 0, 0), (0, 1, 1), (0, 0, 0)]
    assert [one.quotes_it for one in found.passages[0].questions] == [True, False]
    assert (found.covered, found.questions) == (1, 2)
    assert not found.former
    assert not found.lost


def test_questions_of_former_and_unknown_passages_are_told(app: Flask) -> None:
    make_document()
    make_bank()
    cite(1, "lich-su/3")
    cite(2, "lich-su/99")
    make_document(text=TEXT.replace("Đại hội họp tại Hà Nội vào tháng 9 năm 1960.", "Nội dung khác hẳn."))
    found = covered()
    assert [one.passage.mark for one in found.passages] == [1, 2, 4]
    assert [(one.passage.mark, one.drawn) for one in found.former] == [(3, 1)]
    assert [(address, question.number) for address, question in found.lost] == [("lich-su/99", 2)]
