"""/manage/banks/<slug>/statistics: how a bank's questions performed in all the rounds that have ended."""

from flask import render_template

from quiz.accounts.permissions import Permission
from quiz.analysis.bank_pages import bank_item_page, bank_page
from quiz.analysis.views import bp
from quiz.bank.browsing import matrix
from quiz.bank.queries import get_bank
from quiz.core import clock
from quiz.web.guards import needs


@bp.get("/banks/<slug>/statistics")
@needs(Permission.SEE_BANKS)
def bank(slug: str) -> str:
    """The bank's questions with their figures, sorted by any column."""
    found = get_bank(slug)
    page = bank_page(found, matrix(found.id).total, clock.now())
    return render_template("analysis/bank.html", page=page)


@bp.get("/banks/<slug>/statistics/<int:number>")
@needs(Permission.SEE_BANKS)
def bank_item(slug: str, number: int) -> str:
    """One question over all its rounds."""
    page = bank_item_page(get_bank(slug), number, clock.now())
    return render_template("analysis/item.html", page=page, correct=None)
