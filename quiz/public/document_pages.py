"""What the pages of a contest's documents show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.contests.pages import contact_of
from quiz.contests.study import may_study
from quiz.core.errors import NotFound
from quiz.documents import queries
from quiz.documents.contents import HeadingLine, ShownPassage, shown_passages, table_of_contents
from quiz.documents.models import Document
from quiz.documents.values import PassageView
from quiz.web.paging import Pages, pages
from quiz.web.site import Contact

# A law of 200 articles comes in four pages of some 15 KB each.
PER_PAGE = 60
_MOST_FOUND = 3000  # as many as a document can have


@dataclass(frozen=True, slots=True)
class StudyPlace:
    """The contest whose documents are read. `is_open`: they may be read now; else `opens_again` says when."""

    slug: str
    short_title: str
    contact: Contact
    is_open: bool
    opens_again: datetime | None


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document in the list."""

    document: Document
    passages: int
    url: str


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A heading in the table of contents and where it leads."""

    heading: HeadingLine
    url: str


@dataclass(frozen=True, slots=True)
class StudyPage:
    """A document, or the part of it that is shown."""

    place: StudyPlace
    document: Document
    total: int
    q: str
    found: int
    passages: tuple[ShownPassage, ...]
    contents: tuple[ContentsLine, ...]
    pages: Pages
    is_whole: bool


@dataclass(frozen=True, slots=True)
class PassagePage:
    """One passage, as questions lead to it. Neighbours are None at the ends, and for a former passage."""

    place: StudyPlace
    document: Document
    passage: PassageView
    url: str | None
    before: PassageView | None
    after: PassageView | None


def study_place(contest: Contest, now: datetime) -> StudyPlace:
    """The contest, if it has documents. Raises NotFound."""
    if not contest.settings.documents:
        raise NotFound("documents")
    rounds = contests.list_public_rounds(contest)
    phases = [round_.window.phase(now) for round_ in rounds]
    study = contest.settings.study
    running = [
        round_.closes_at
        for round_, phase in zip(rounds, phases, strict=True)
        if not may_study(study, [phase])
    ]
    return StudyPlace(
        slug=contest.slug,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        is_open=may_study(study, phases),
        opens_again=max(running, default=None),
    )


def listed_documents(contest: Contest) -> tuple[ListedDocument, ...]:
    """The contest's documents in the organiser's order."""
    return tuple(
        ListedDocument(
            row.document,
            row.passages,
            url_for("public.document", slug=contest.slug, document=row.document.slug),
        )
        for row in queries.list_documents(contest.settings.documents)
    )


def document_of(contest: Contest, slug: str) -> Document:
    """One of the contest's documents. Raises NotFound."""
    if slug not in contest.settings.documents:
        raise NotFound("document")
    return queries.get_document(slug)


def study_page(place: StudyPlace, document: Document, q: str, page: int) -> StudyPage:
    """The document, or the passages that have the words looked for."""
    listed = queries.list_passages(document)
    found = queries.search_passages(q, document.slug, limit=_MOST_FOUND) if q else listed
    found = sorted(found, key=lambda one: one.position)
    count = max(1, -(-len(found) // PER_PAGE))
    number = min(page, count)
    part = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return StudyPage(
        place=place,
        document=document,
        total=len(listed),
        q=q,
        found=len(found),
        passages=shown_passages(part, q),
        contents=_contents(place, document, listed),
        pages=pages(number, count, slug=place.slug, document=document.slug, q=q),
        is_whole=not q and count == 1,
    )


def passage_page(place: StudyPlace, document: Document, mark: int) -> PassagePage:
    """One passage, also one that the newest edition left out. Raises NotFound."""
    passage = queries.get_passage(f"{document.slug}/{mark}")
    if not passage.is_current:
        return PassagePage(place, document, passage, None, None, None)
    listed = queries.list_passages(document)
    index = next(index for index, one in enumerate(listed) if one.mark == mark)
    return PassagePage(
        place,
        document,
        passage,
        url=_place_url(place, document, index, mark),
        before=listed[index - 1] if index else None,
        after=listed[index + 1] if index + 1 < len(listed) else None,
    )


def _contents(
    place: StudyPlace, document: Document, listed: Sequence[PassageView]
) -> tuple[ContentsLine, ...]:
    index_of = {passage.mark: index for index, passage in enumerate(listed)}
    return tuple(
        ContentsLine(line, _place_url(place, document, index_of[line.mark], line.mark))
        for line in table_of_contents(listed)
    )


def _place_url(place: StudyPlace, document: Document, index: int, mark: int) -> str:
    """Where a passage stands in the whole document."""
    page = index // PER_PAGE + 1
    return url_for(
        "public.document",
        slug=place.slug,
        document=document.slug,
        page=page if page > 1 else None,
        _anchor=f"doan-{mark}",
    )
