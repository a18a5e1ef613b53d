"""A bank whose questions have pictures and English wordings, after the fact: revisions never change."""

from flask import Flask
from sqlalchemy import select, update

from question_bank.values import Image
from quiz.bank import pictures
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.bank.queries import get_bank
from quiz.bank.values import stored_pictures
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.core.ids import new_id
from tests.support import pictures as made
from tests.support.factories import NOW


def enrich(app: Flask, slug: str = "bank", *, canary: str = "", skip: int = 0, width: int = 600) -> None:
    """Give every question a picture, every choice too, and all but the first `skip` an English wording.

    `canary` stands in the names of the files, the translated explanations and the citations: nobody may see
    it early.
    """
    with app.app_context(), transaction() as session:
        bank_id = get_bank(slug).id
        rows = select(QuestionRevision).join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        for number, row in enumerate(session.scalars(rows.where(BankQuestion.bank_id == bank_id)).all()):
            images = [Image(f"dap-an-{canary}.png", "image/png", made.png(width, 60), "một dải màu")]
            images += [
                Image(f"dung-{canary}{place in row.correct}.png", "image/png", _coloured(place), "", place)
                for place in range(len(row.choices))
            ]
            refs = pictures.store(session, bank_id, images, now=NOW)
            english = {
                "text": f"Question {number} of the bank?",
                "choices": [f"Option {number}.{place}" for place in range(len(row.choices))],
                "explanation": f"Because {canary}{number}",
            }
            session.execute(
                update(QuestionRevision)
                .where(QuestionRevision.id == row.id)
                .values(
                    images=stored_pictures(refs),
                    translations={"en": english} if number >= skip else None,
                    citation=_citation(canary, number) if canary else None,
                    passage=f"{canary}/{number + 1}" if canary else None,
                )
            )
        session.execute(update(Bank).values(version=new_id()))
    forget_all()


def _citation(canary: str, number: int) -> dict[str, str]:
    return {
        "where": f"Điều {canary}",
        "link": f"https://vi.du/{canary}",
        "quote": f"Trích {canary}{number}",
        "passage": f"{canary}/{number + 1}",
    }


def _coloured(place: int) -> bytes:
    return made.png(80, 50, (40 * place, 90, 160))
