"""Banks, questions and their revisions. A revision never changes: attempts point at revisions."""

from typing import NoReturn

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, id_pk, line, moment, short, structure
from quiz.core.database import text as prose
from quiz.core.ids import new_id


class Bank(Model):
    """A collection of questions. `version` is a new key at every change, so that caches know.

    It is unique and not a counter: after a restored backup the same count would stand for other questions.
    `own_approval`: people may approve what they wrote themselves.
    """

    __tablename__ = "banks"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[short]
    title: Mapped[line]
    version: Mapped[int] = mapped_column(BigInteger, default=new_id)
    own_approval: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<Bank {self.slug}>"


class BankQuestion(Model):
    """A question's identity; its newest wording is in its current revision.

    `state` is that of the newest wording. Papers are drawn from `approved_revision_id`: a question whose new
    wording waits for review goes on with the old one, until it is retired.
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
    approved_revision_id: Mapped[bigint | None]
    created_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<BankQuestion {self.bank_id}/{self.number}>"


class QuestionRevision(Model):
    """The wording of a question at one time. `correct` holds 0-based positions in `choices`.

    `choices`, `images`, `tags`, `citation` and `translations` have the shapes of `quiz.bank.values`;
    `passage` is the citation's "slug/mark", apart so that a passage can be asked for its questions.
    """

    __tablename__ = "question_revisions"
    __table_args__ = (
        UniqueConstraint("question_id", "number"),
        Index("ix_question_revisions_passage", "passage"),
    )

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
    images: Mapped[structure | None]
    tags: Mapped[structure | None]
    citation: Mapped[structure | None]
    passage: Mapped[line | None]
    translations: Mapped[structure | None]
    search_key: Mapped[prose]
    created_at: Mapped[moment]
    created_by: Mapped[bigint | None]

    def __repr__(self) -> str:
        return f"<QuestionRevision {self.question_id}.{self.number}>"


class Topic(Model):
    """A topic of a bank, below another or at the top.

    Questions name their topic; `former_names` are names that older matrices may still use.
    """

    __tablename__ = "bank_topics"
    __table_args__ = (UniqueConstraint("bank_id", "name_key"),)

    id: Mapped[id_pk]
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    parent_id: Mapped[bigint | None] = mapped_column(ForeignKey("bank_topics.id"))
    name: Mapped[line]
    name_key: Mapped[line]
    former_names: Mapped[structure]
    position: Mapped[int]

    def __repr__(self) -> str:
        return f"<Topic {self.bank_id}/{self.name}>"


class Picture(Model):
    """A picture of a bank's questions, kept once; `digest` is the hex SHA-256 of its bytes."""

    __tablename__ = "bank_pictures"
    __table_args__ = (UniqueConstraint("bank_id", "digest"), Index("ix_bank_pictures_digest", "digest"))

    id: Mapped[id_pk]
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    digest: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[short]
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<Picture {self.bank_id}/{self.digest[:8]}>"


class QuestionNote(Model):
    """Something that happened to a question or was said of it: `kind` is one of `quiz.bank.states.Note`."""

    __tablename__ = "question_notes"
    __table_args__ = (Index("ix_question_notes_question_id", "question_id", "id"),)

    id: Mapped[id_pk]
    question_id: Mapped[bigint] = mapped_column(ForeignKey("questions.id"))
    revision_id: Mapped[bigint]
    kind: Mapped[short]
    text: Mapped[prose | None]
    staff_id: Mapped[bigint | None]
    created_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<QuestionNote {self.question_id} {self.kind}>"


class QuestionUsage(Model):
    """How often a question stood on the papers of a round, and how often it was answered right.

    Written off the request path by `quiz.analysis`, which knows contests; here they are names and numbers.
    """

    __tablename__ = "question_usage"

    question_id: Mapped[bigint] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    contest_id: Mapped[int] = mapped_column(primary_key=True)
    round_number: Mapped[int] = mapped_column(primary_key=True)
    contest_slug: Mapped[short]
    round_name: Mapped[line]
    drawn: Mapped[int]
    right_count: Mapped[int]
    counted_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<QuestionUsage {self.question_id} {self.contest_slug}/{self.round_number}>"


@event.listens_for(QuestionRevision, "before_update")
@event.listens_for(QuestionRevision, "before_delete")
def _refuse_change(_mapper: object, _connection: object, revision: QuestionRevision) -> NoReturn:
    """Papers point at revisions: a change would rewrite what people were asked."""
    raise RuntimeError(f"{revision!r} never changes; make a new revision")
