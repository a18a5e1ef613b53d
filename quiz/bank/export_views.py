"""/manage/banks/<slug>/export: choosing a format, after seeing what it cannot carry."""

from flask import render_template

from question_bank.writers import WRITERS
from quiz.accounts.permissions import Permission
from quiz.bank import queries
from quiz.bank.admin import bank_or_404, bp
from quiz.bank.labels import FORMATS, LOST_PARTS
from quiz.web.guards import needs


@bp.get("/<slug>/export")
@needs(Permission.SEE_BANKS)
def choose_export(slug: str) -> str:
    """The formats, each with what would be lost of this bank's questions and how many it concerns."""
    bank = bank_or_404(slug)
    questions = queries.list_exported(bank.id, pictures=False)
    return render_template(
        "bank/export.html",
        bank=bank,
        count=len(questions),
        writers=[(writer, writer.losses(questions)) for writer in WRITERS],
        parts=LOST_PARTS,
        formats=FORMATS,
    )
