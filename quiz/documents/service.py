"""Loading documents: a newer text of the same document keeps the marks of what it still says."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from question_bank.folding import fold
from question_bank.passages.editions import EditionPlan, Fate, KnownPassage, plan_edition
from question_bank.passages.reading import read_document
from question_bank.passages.values import DocumentReading
from question_bank.passages.values import Passage as PassageValue
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.documents import queries
from quiz.documents.errors import DocumentChanged, DocumentInvalid
from quiz.documents.models import Document, Passage

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_MOST = 300
# As the audit log calls what happened to passages.
_FIGURES = {Fate.NEW: "added", Fate.CHANGED: "changed", Fate.SAME: "unchanged", Fate.GONE: "removed"}


@dataclass(frozen=True, slots=True)
class Particulars:
    """How a document is called and where it comes from, in the organiser's words; empty ones stay out."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    dated: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Loading:
    """What a file says and would change. `edition` is the one that it would replace, 0 if there is none."""

    reading: DocumentReading
    plan: EditionPlan
    title: str
    edition: int
    is_saved: bool

    @property
    def is_new(self) -> bool:
        """Whether there is no such document yet."""
        return self.edition == 0


def preview_document(data: bytes, name: str, slug: str, title: str = "") -> Loading:
    """What `load_document` would do; nothing is saved. Raises DocumentInvalid for an impossible slug."""
    _check_slug(slug)
    reading = read_document(data, name)
    document = queries.find_document(slug)
    plan = plan_edition(_known(document), reading.passages)
    edition = document.edition if document else 0
    return Loading(reading, plan, _title(title, document, reading, slug), edition, is_saved=False)


def load_document(
    data: bytes,
    name: str,
    slug: str,
    particulars: Particulars | None = None,
    *,
    seen_edition: int | None = None,
    actor: Actor,
    now: datetime,
) -> Loading:
    """Make the document, or load a newer edition of it: everything or, when the file is refused, nothing.

    Passages whose text is the same or nearly so keep their marks; those that are gone stay readable where
    they are cited. What `particulars` leaves empty stays as it is. `seen_edition` is the edition that the
    person compared with. Raises DocumentInvalid, DocumentChanged.
    """
    _check_slug(slug)
    given = particulars or Particulars()
    _check_link(given.link)
    reading = read_document(data, name)
    try:
        with transaction() as session:
            document = session.scalar(select(Document).where(Document.slug == slug).with_for_update())
            edition = document.edition if document else 0
            if seen_edition is not None and seen_edition != edition:
                raise DocumentChanged("document_changed")
            plan = plan_edition(_known(document), reading.passages)
            title = _title(given.title, document, reading, slug)
            if reading.refused:
                return Loading(reading, plan, title, edition, is_saved=False)
            wanted = Particulars(title, *_rest(given, document))
            if document is None:
                document = Document(id=new_id(), slug=slug, edition=0, created_at=now)
                session.add(document)
            if edition == 0 or not plan.changes_nothing or _particulars_of(document) != wanted:
                document.digest = hashlib.sha256(data).hexdigest()
                _save(session, document, wanted, plan, actor=actor, now=now)
    except IntegrityError as error:
        raise DocumentChanged("document_changed") from error
    return Loading(reading, plan, title, edition, is_saved=True)


def change_particulars(slug: str, particulars: Particulars, *, actor: Actor, now: datetime) -> Document:
    """Set how the document is called and where it comes from. Raises NotFound, DocumentInvalid (no title)."""
    if not particulars.title:
        raise DocumentInvalid("document_title")
    _check_link(particulars.link)
    with transaction() as session:
        queries.get_document(slug)
        document = session.scalars(select(Document).where(Document.slug == slug).with_for_update()).one()
        before = _particulars_of(document)
        if before != particulars:
            _set(document, particulars, now)
            record(Action.DOCUMENT_EDITED, f"document {slug}", actor=actor, now=now)
    return document


def _save(
    session: Session,
    document: Document,
    wanted: Particulars,
    plan: EditionPlan,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    _set(document, wanted, now)
    document.edition += 0 if plan.changes_nothing else 1
    session.flush()
    _save_passages(session, document.id, plan)
    record(
        Action.DOCUMENT_LOADED,
        f"document {document.slug}",
        actor=actor,
        now=now,
        edition=document.edition,
        **{name: len(plan.of(fate)) for fate, name in _FIGURES.items()},
    )


def _save_passages(session: Session, document_id: int, plan: EditionPlan) -> None:
    rows = {row.mark: row for row in queries.known_passages(document_id)}
    position = 0
    for planned in plan.passages:
        if planned.after is None:
            rows[planned.mark].is_current = False
            continue
        row = rows.get(planned.mark)
        if row is None:
            row = Passage(id=new_id(), document_id=document_id, mark=planned.mark)
            session.add(row)
        row.position = position
        row.headings = list(planned.after.headings)
        row.text = planned.after.text
        row.search_key = fold(" ".join((*planned.after.headings, planned.after.text)))
        row.is_current = True
        position += 1


def _known(document: Document | None) -> Sequence[KnownPassage]:
    rows = queries.known_passages(document.id) if document else []
    return [
        KnownPassage(PassageValue(row.mark, tuple(row.headings), row.text), row.is_current) for row in rows
    ]


def _set(document: Document, particulars: Particulars, now: datetime) -> None:
    document.title = particulars.title[:_MOST]
    document.issuer = particulars.issuer[:_MOST]
    document.number = particulars.number[:_MOST]
    document.dated = particulars.dated[:_MOST]
    document.link = particulars.link
    document.updated_at = now


def _particulars_of(document: Document) -> Particulars:
    return Particulars(document.title, document.issuer, document.number, document.dated, document.link)


def _rest(given: Particulars, document: Document | None) -> tuple[str, str, str, str]:
    """Issuer, number, day and link: those given, else those there are."""
    old = _particulars_of(document) if document else Particulars()
    return (
        given.issuer or old.issuer,
        given.number or old.number,
        given.dated or old.dated,
        given.link or old.link,
    )


def _title(given: str, document: Document | None, reading: DocumentReading, slug: str) -> str:
    """The title given, else the document's, else the one that the file begins with."""
    return (given or (document.title if document else "") or reading.title or slug)[:_MOST]


def _check_slug(slug: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise DocumentInvalid("document_slug", slug=slug)


def _check_link(link: str) -> None:
    """Pages lead there: nothing but an address of the web."""
    if link and not link.startswith(("https://", "http://")):
        raise DocumentInvalid("document_link")
