"""Documents and their passages."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, id_pk, line, moment, short, structure
from quiz.core.database import text as prose


class Document(Model):
    """A text that people study. `edition` counts the texts loaded, `digest` is of the last file.

    `number`, `issuer` and `dated` are its particulars as they stand on the paper, in the organiser's words.
    """

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("slug"), CheckConstraint("edition >= 1", name="known_edition"))

    id: Mapped[id_pk]
    slug: Mapped[short]
    title: Mapped[line]
    issuer: Mapped[line]
    number: Mapped[line]
    dated: Mapped[line]
    link: Mapped[prose]
    edition: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[moment]
    updated_at: Mapped[moment]

    def __repr__(self) -> str:
        return f"<Document {self.slug}>"


class Passage(Model):
    """A stretch of a document that can be cited. Its `mark` is given once and never to another passage.

    `headings` are those above it, the outermost first. What a newer edition leaves out is not `is_current`:
    it is no longer listed, and still found by questions that cite it.
    """

    __tablename__ = "passages"
    __table_args__ = (
        UniqueConstraint("document_id", "mark"),
        Index("ix_passages_document_id_position", "document_id", "position"),
        CheckConstraint("mark >= 1", name="marks_count_from_one"),
    )

    id: Mapped[id_pk]
    document_id: Mapped[bigint] = mapped_column(ForeignKey("documents.id"))
    mark: Mapped[int]
    position: Mapped[int]
    headings: Mapped[structure]
    text: Mapped[prose]
    search_key: Mapped[prose]
    is_current: Mapped[bool]

    def __repr__(self) -> str:
        return f"<Passage {self.document_id}/{self.mark}>"
