"""Banks, questions and their revisions. A revision never changes: attempts point at revisions."""

from typing import NoReturn

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, id_pk, line, moment, short, structure
from quiz.core.database import text as prose
from quiz.core.ids import new_id


class Bank(Model):
    """A collection of questions. `version` is a new key at every change, so that caches know.

    It is unique and not a counter: after a restored backup the same count would stand for other questions.
    """

    __tablename__ = "banks"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[short]
    title: Mapped[line]
    version: Mapped[int] = mapped_column(BigInteger, default=new_id)
    created_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<Bank {self.slug}>"


class BankQuestion(Model):
    """A question's identity; its wording is in its current revision.

    Near-duplicates share `kin`, found when they come in: a start must not compare ten thousand questions.
    """

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("bank_id", "fingerprint"),
        UniqueConstraint("bank_id", "number"),
        Index("ix_questions_bank_id_wording_key", "bank_id", "wording_key"),
        CheckConstraint("state IN ('draft', 'in_review', 'approved', 'retired')", name="known_state"),
    )

    id: Mapped[id_pk]
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    number: Mapped[int]
    state: Mapped[short]
    fingerprint: Mapped[str] = mapped_column(String(64))
    wording_key: Mapped[str] = mapped_column(String(64))
    kin: Mapped[bigint | None]
    current_revision_id: Mapped[bigint]
    created_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<BankQuestion {self.bank_id}/{self.number}>"


class QuestionRevision(Model):
    """The wording of a question at one time. `correct` holds 0-based positions in `choices`."""

    __tablename__ = "question_revisions"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[id_pk]
    question_id: Mapped[bigint] = mapped_column(ForeignKey("questions.id"))
    number: Mapped[int]
    kind: Mapped[short]
    text: Mapped[prose]
    choices: Mapped[structure]
    correct: Mapped[structure]
    topic: Mapped[line | None]
    level: Mapped[short | None]
    source: Mapped[prose | None]
    explanation: Mapped[prose | None]
    search_key: Mapped[prose]
    created_at: Mapped[moment]
    created_by: Mapped[bigint | None]

    def __repr__(self) -> str:
        return f"<QuestionRevision {self.question_id}.{self.number}>"


@event.listens_for(QuestionRevision, "before_update")
@event.listens_for(QuestionRevision, "before_delete")
def _refuse_change(_mapper: object, _connection: object, revision: QuestionRevision) -> NoReturn:
    """Papers point at revisions: a change would rewrite what people were asked."""
    raise RuntimeError(f"{revision!r} never changes; make a new revision")
