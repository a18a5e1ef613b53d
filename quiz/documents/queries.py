"""Reading documents and passages. Nothing here writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select, tuple_

from question_bank.folding import fold
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.core.names import title_key
from quiz.documents.models import Document, Passage
from quiz.documents.values import PassageView, parse_address

# Of all that have the words, those with the whole phrase come first; the others fill the list.
_LOOKED_THROUGH = 200
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document and how many passages its edition has."""

    document: Document
    passages: int


def find_document(slug: str) -> Document | None:
    """The document with this slug, or None."""
    return db.session.scalar(select(Document).where(Document.slug == slug))


def get_document(slug: str) -> Document:
    """The document with this slug. Raises NotFound."""
    document = find_document(slug)
    if document is None:
        raise NotFound("document")
    return document


def list_documents(slugs: Sequence[str] | None = None) -> list[DocumentSummary]:
    """All documents by title; or those with these slugs, in the order given, unknown ones left out."""
    listed = (
        select(Document, func.count(Passage.id))
        .outerjoin(Passage, (Passage.document_id == Document.id) & Passage.is_current)
        .group_by(Document.id)
    )
    if slugs is None:
        every = [DocumentSummary(document, count) for document, count in db.session.execute(listed)]
        return sorted(every, key=lambda one: (title_key(one.document.title), one.document.id))
    rows = db.session.execute(listed.where(Document.slug.in_(slugs)))
    found = {document.slug: DocumentSummary(document, count) for document, count in rows}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


def list_passages(document: Document) -> list[PassageView]:
    """The passages of the document's edition, in its order."""
    rows = select(Passage, Document.slug, Document.title).join(Document)
    wanted = rows.where(Passage.document_id == document.id, Passage.is_current)
    return _views(wanted.order_by(Passage.position))


def find_passage(address: str) -> PassageView | None:
    """The passage at "slug/mark", also one that the newest edition left out; None if there is none."""
    return find_passages([address]).get(address)


def get_passage(address: str) -> PassageView:
    """The passage at "slug/mark", also one that the newest edition left out. Raises NotFound."""
    passage = find_passage(address)
    if passage is None:
        raise NotFound("passage")
    return passage


def find_passages(addresses: Iterable[str]) -> Mapping[str, PassageView]:
    """The passages at these addresses, by address; what is no address or leads nowhere is left out."""
    pairs = {pair for address in addresses if (pair := parse_address(address)) is not None}
    if not pairs:
        return {}
    rows = select(Passage, Document.slug, Document.title).join(Document)
    wanted = rows.where(tuple_(Document.slug, Passage.mark).in_(sorted(pairs)))
    return {view.address: view for view in _views(wanted)}


def search_passages(text: str, document_slug: str | None = None, limit: int = 20) -> list[PassageView]:
    """Passages with all the words of `text`, without regard to case and diacritics, in any document or one.

    Those with the words as one phrase come first, then in the order of titles and places. "Đoạn 7" or a
    number finds by mark too. An empty text finds the first passages.
    """
    key = fold(text)
    words = key.split()[:_MOST_WORDS]
    rows = select(Passage, Document.slug, Document.title).join(Document).where(Passage.is_current)
    if document_slug is not None:
        rows = rows.where(Document.slug == document_slug)
    having = [Passage.search_key.contains(word, autoescape=True) for word in words]
    mark = _asked_mark(words)
    rows = rows.where(*having) if mark is None else rows.where(or_(Passage.mark == mark, and_(*having)))
    most = max(limit, _LOOKED_THROUGH)
    found = _views(rows.order_by(Document.title, Document.id, Passage.position).limit(most))
    return sorted(found, key=lambda view: _rank(view, key, mark))[:limit]


def known_passages(document_id: int) -> list[Passage]:
    """Every passage that the document ever had, by mark, as a newer edition compares them."""
    return list(
        db.session.scalars(select(Passage).where(Passage.document_id == document_id).order_by(Passage.mark))
    )


def _views(rows: Select[Passage, str, str]) -> list[PassageView]:
    return [
        PassageView(
            document_slug=slug,
            document_title=title,
            mark=passage.mark,
            headings=tuple(passage.headings),
            text=passage.text,
            is_current=passage.is_current,
            position=passage.position,
        )
        for passage, slug, title in db.session.execute(rows)
    ]


def _asked_mark(words: Sequence[str]) -> int | None:
    """The number that alone, or behind "đoạn", stands for a passage."""
    wanted = [word for word in words if word != "doan"]
    if len(wanted) == 1 and wanted[0].isdecimal() and len(wanted[0]) < 6 and wanted[0].isascii():
        return int(wanted[0])
    return None


def _rank(view: PassageView, key: str, mark: int | None) -> int:
    if mark is not None and view.mark == mark:
        return 0
    return 1 if key in fold(" ".join((*view.headings, view.text))) else 2
