"""From the questions of a reviewed paper to the passages that they cite. Only where the key may be shown."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from flask import url_for

from question_bank.values import Citation
from quiz.attempts.pages import ShownCitation
from quiz.bank.values import RevisionView
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.contests.study import may_study
from quiz.documents.queries import find_passages
from quiz.documents.values import PassageView


def citations_of(
    contest: Contest, views: Iterable[RevisionView], now: datetime
) -> Mapping[int, ShownCitation]:
    """What to show of each revision's citation, by its id.

    The passage is linked when its document is one of the contest's and may be read now.
    """
    cited = {view.id: view.citation for view in views if view.citation is not None}
    passages = find_passages(citation.passage for citation in cited.values() if citation.passage)
    phases = [round_.window.phase(now) for round_ in contests.list_public_rounds(contest)]
    is_open = may_study(contest.settings.study, phases)
    return {
        revision_id: _shown(contest, citation, passages.get(citation.passage or ""), is_open=is_open)
        for revision_id, citation in cited.items()
    }


def _shown(
    contest: Contest, citation: Citation, passage: PassageView | None, *, is_open: bool
) -> ShownCitation:
    is_readable = is_open and passage is not None and passage.document_slug in contest.settings.documents
    return ShownCitation(
        quote=citation.quote,
        where=citation.where,
        link=citation.link if (citation.link or "").startswith(("https://", "http://")) else None,
        document=passage.document_title if passage else None,
        mark=passage.mark if passage else None,
        passage_url=_url(contest, passage) if is_readable and passage else None,
    )


def _url(contest: Contest, passage: PassageView) -> str:
    return url_for("public.passage", slug=contest.slug, document=passage.document_slug, mark=passage.mark)
