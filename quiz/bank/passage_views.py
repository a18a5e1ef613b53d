"""/manage/documents/<slug>/coverage: which passages of a document have questions, and which have none."""

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, current_app, render_template, request, url_for
from flask_login import current_user

from quiz.accounts.permissions import Permission
from quiz.bank import browsing
from quiz.bank.labels import STATES
from quiz.bank.models import Bank
from quiz.bank.passage_coverage import DocumentCoverage, coverage_of
from quiz.documents.models import Document
from quiz.documents.queries import get_document
from quiz.web.guards import needs

bp = Blueprint("passages", __name__, url_prefix="/manage/documents")

_NEW_QUESTION = "bank.new_question"


@bp.get("/<slug>/coverage")
@needs(Permission.SEE_BANKS)
def coverage(slug: str) -> str:
    """Passages with their questions; with ?only=none those that have none on papers."""
    document = document_or_404(slug)
    found = coverage_of(document)
    banks = [row.bank for row in browsing.list_banks()]
    bank = _bank_for_new(banks, found, request.args.get("bank", ""))
    return render_template(
        "bank/coverage.html",
        document=document,
        coverage=found,
        only_none=request.args.get("only") == "none",
        states={state.value: str(words) for state, words in STATES.items()},
        banks=banks,
        bank=bank,
        write_url=lambda address: _write_url(bank, address),
    )


def document_or_404(slug: str) -> Document:
    """The document. Raises NotFound."""
    return get_document(slug)


def _bank_for_new(banks: Sequence[Bank], found: DocumentCoverage, asked: str) -> Bank | None:
    """The bank asked for, else the one whose questions cite the document most, else the first."""
    citing = Counter(one.bank_slug for passage in found.passages for one in passage.questions)
    usual = max(banks, key=lambda bank: citing[bank.slug], default=None)
    return next((bank for bank in banks if bank.slug == asked), usual)


def _write_url(bank: Bank | None, address: str) -> str | None:
    """Where a question about the passage is written, for those who may."""
    may = current_user.can(Permission.EDIT_BANKS) and _NEW_QUESTION in current_app.view_functions
    return url_for(_NEW_QUESTION, slug=bank.slug, passage=address) if bank and may else None
